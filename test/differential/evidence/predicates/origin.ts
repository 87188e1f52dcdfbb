import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  at,
  connectionOf,
  has,
  isFromSame,
  looksLike,
  names,
  near,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  timeOf,
  type Vantage,
  vantageOf,
} from '../said.js';

/** The one RST that a line is about. */
function resetOf(said: Said): Sighting {
  return near(said.cited[0] ?? { client: null, server: null }, said);
}

const isOneReset = ({ cited }: Said) =>
  cited.length === 1 && [cited[0].client, cited[0].server].every((one) => one === null || has(one, RST));

/** A RST that looks the same, seen at a vantage on this connection. */
function sameResetAt(vantage: Vantage, reset: Sighting, said: Said): boolean {
  const side = senderOf(reset, said);
  return packetsAt(vantage, said).some((one) => senderOf(one, said) === side && looksLike(one, reset));
}

function born(end: 'client' | 'backend'): Predicate {
  const own = vantageOf(end);
  const far: Vantage = own === 'client' ? 'server' : 'client';
  return (said) => {
    if (!isOneReset(said)) return 'cites not just one RST';
    const reset = resetOf(said);
    const [cited] = said.cited;
    const byIt: [boolean, string] = [senderOf(reset, said) === end, `the RST is not in the ${end}'s name`];
    if (said.text.startsWith('whether'))
      return first([at(cited, own) === null, 'the RST was seen at the vantage said not to show it']);
    if (said.text.endsWith('arrived at the other end'))
      return first(byIt, [cited.client !== null && cited.server !== null, 'the RST was not seen at both']);
    return first(
      byIt,
      [at(cited, own) !== null, 'the RST was not seen near its sender'],
      [
        !said.text.endsWith('did not get across') || !sameResetAt(far, reset, said),
        'the RST was seen at the other end',
      ],
    );
  };
}

const bornBetween: Predicate = (said) => {
  if (!isOneReset(said)) return 'cites not just one RST';
  const reset = resetOf(said);
  const sender = senderOf(reset, said);
  const own = vantageOf(sender);
  const { path } = said.finding;
  const fromBalancer = own === 'client' ? path.lbPeer : path.frontend;
  if (said.text.includes("from the load balancer's address"))
    return first([
      reset.src === fromBalancer?.ip && reset.sport === fromBalancer.port,
      "the RST has not the load balancer's address",
    ]);
  return first(
    [at(said.cited[0], own) === null, 'the RST was seen near its alleged sender'],
    [!sameResetAt(own, reset, said), `a RST like it is in the ${own} capture`],
  );
};

const MOMENTS = 50e6;

const bothEnds: Predicate = (said) => {
  const seen = said.cited.map((one) => ({ one, reset: near(one, said) }));
  const senders = new Set(seen.map(({ reset }) => senderOf(reset, said)));
  const times = seen.map(({ one }) => timeOf(one, said));
  return first(
    [seen.every(({ reset }) => has(reset, RST)), 'cites other packets than RSTs'],
    [senders.size === 2, 'the RSTs go one way'],
    [
      seen.every(({ one, reset }) => at(one, vantageOf(senderOf(reset, said))) === null),
      'a RST was seen near its alleged sender',
    ],
    [
      Math.min(...times) + MOMENTS + slackOf(said) >= Math.max(...times) || seen.length > 2,
      'the RSTs are apart',
    ],
  );
};

/** The connection's own SYN at one vantage; null for one seen from the middle on. */
function synOf(said: Said, vantage: Vantage): Sighting | null {
  return packetsAt(vantage, said).find((packet) => has(packet, SYN)) ?? null;
}

function synElsewhere(said: Said): boolean {
  const [reset] = said.resets;
  if (reset === undefined) return false;
  const { vantage } = reset.recording;
  const syn = synOf(said, vantage);
  if (syn === null) return false;
  return said.recordings.some(
    (recording) =>
      recording.vantage !== vantage && recording.packets.some((one) => has(one, SYN) && one.seq === syn.seq),
  );
}

const noPartner: Predicate = (said) =>
  first(
    [isOneReset(said), 'cites not just one RST'],
    [!synElsewhere(said), 'a SYN with the same number is in the other capture'],
  );

/** A connection that the box in between ends has its number in one capture only. */
const proxyLeg: Predicate = (said) => first([!synElsewhere(said), 'the same SYN is in both captures']);

const proxyLikely: Predicate = (said) => {
  const numbers = (vantage: Vantage) =>
    said.recordings
      .filter((recording) => recording.vantage === vantage)
      .flatMap(({ packets }) => packets.filter((packet) => has(packet, SYN)).map(({ seq }) => seq));
  const there = new Set(numbers('server'));
  const common = numbers('client').some((seq) => there.has(seq));
  const all = said.text.startsWith('the two captures have no connection in common');
  return first([all ? !common : !synElsewhere(said), 'a SYN with one number is in both captures']);
};

/** Version 2 with the command LOCAL. */
const LOCAL = '0d0a0d0a000d0a515549540a20';

/** A proxy speaks for itself with the command LOCAL, with UNKNOWN, or by announcing its own connection. */
function isOwn({ begins, src, sport }: Sighting): boolean {
  const [, family, source, , port] = Buffer.from(begins, 'hex').toString('latin1').split(/[ \r]/);
  return begins.startsWith(LOCAL) || family === 'UNKNOWN' || (source === src && Number(port) === sport);
}

const speaksForItself: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not the segment with the header';
  const header = near(said.cited[0], said);
  return first([isOwn(header), `its data begins with ${header.begins}`]);
};

/** In an end's name; the leg with the last request is another connection than the finding's own, and its SYN tells. */
function isOf(end: 'client' | 'backend', packet: Sighting, said: Said): boolean {
  if (!said.text.includes('the leg with the last request')) return senderOf(packet, said) === end;
  const syn = connectionOf(packet).find((one) => has(one, SYN) && !has(one, ACK));
  return syn !== undefined && isFromSame(syn, packet) === (end === 'client');
}

/** The other end of the proxy's other leg, whose reset came just before. */
function resetBefore(end: 'client' | 'backend'): Predicate {
  return (said) => {
    if (said.cited.length !== 2) return 'cites not two RSTs';
    const [beyond, own] = said.cited.map((one) => (one.client ?? one.server) as Sighting);
    const passed = timeAt(own, said) - timeAt(beyond, said);
    return first(
      [has(beyond, RST) && has(own, RST), 'cites other packets than RSTs'],
      [beyond.recording.vantage === vantageOf(end), `the ${end}'s leg is not cited`],
      [own.recording.vantage !== vantageOf(end), 'no RST of the other leg is cited'],
      [isOf(end, beyond, said), `the RST is not in the ${end}'s name`],
      [
        said.text.includes('common clock') || names(said.text, Math.max(0, Math.abs(passed)), slackOf(said)),
        `${passed / 1e6} ms lie between`,
      ],
    );
  };
}

/** An end's last word or close on either leg, right before the proxy's FIN or reset. */
const silenceBroken: Predicate = (said) => {
  if (said.cited.length !== 2) return 'cites not the word and the RST';
  const [word, reset] = said.cited.map((one) => (one.client ?? one.server) as Sighting);
  const passed = timeAt(reset, said) - timeAt(word, said);
  const who = word.recording.vantage === 'client' ? 'client' : 'backend';
  return first(
    [(has(reset, RST) || has(reset, FIN)) && !has(word, RST), 'cites not a word and a close'],
    [word.length > 1 || has(word, FIN), 'who is cited says nothing'],
    [senderOf(word, said) === who, 'the word is the proxy’s own'],
    [names(said.text, Math.max(0, passed), slackOf(said)), `${passed / 1e6} ms lie between`],
  );
};

export const origin: Readonly<Record<string, Predicate>> = {
  'silence-broken': silenceBroken,
  'born-client-side': born('client'),
  'born-server-side': born('backend'),
  'born-between': bornBetween,
  'both-ends': bothEnds,
  'no-partner': noPartner,
  'proxy-leg': proxyLeg,
  'proxy-likely': proxyLikely,
  'proxy-speaks-for-itself': speaksForItself,
  'client-reset-before': resetBefore('client'),
  'backend-reset-before': resetBefore('backend'),
};
