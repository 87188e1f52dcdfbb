import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  at,
  type Cited,
  connectionOf,
  endOf,
  furthest,
  has,
  isFromSame,
  looksLike,
  names,
  near,
  numbersIn,
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

/** Both at one vantage, the nearest to the RST's sender that shows both. */
function sideBySide([one, other]: readonly Cited[], said: Said): [Sighting, Sighting] | null {
  const sender = vantageOf(senderOf(near(other, said), said));
  const vantages: Vantage[] = sender === 'client' ? ['client', 'server'] : ['server', 'client'];
  for (const vantage of vantages) {
    const [a, b] = [at(one, vantage), at(other, vantage)];
    if (a !== null && b !== null) return [a, b];
  }
  return null;
}

/** What makes a RST an answer (RFC 9293, 3.5.2). */
export function answers(trigger: Sighting, reset: Sighting): boolean {
  if (isFromSame(trigger, reset)) return false;
  if (!has(reset, ACK)) return has(trigger, ACK) && reset.seq === trigger.ack;
  return reset.ack === endOf(trigger) && (reset.seq === 0 || reset.seq === trigger.ack);
}

function withTrigger(
  ...conditions: ((trigger: Sighting, reset: Sighting, said: Said) => readonly [boolean, string])[]
): Predicate {
  return (said) => {
    if (said.cited.length !== 2) return 'cites not one packet and the RST';
    const both = sideBySide(said.cited, said);
    if (both === null) return 'the RST and what it answers were nowhere seen together';
    const [trigger, reset] = both;
    return first(
      [has(reset, RST), 'cites no RST'],
      [answers(trigger, reset), 'the RST has not the numbers of an answer'],
      ...conditions.map((condition) => condition(trigger, reset, said)),
    );
  };
}

/** At most one byte, nothing but ACK, one below what its sender had reached (RFC 9293, 3.8.4). */
function isProbe(packet: Sighting, said: Said): boolean {
  const before = packetsAt(packet.recording.vantage, said).filter(
    (one) => senderOf(one, said) === senderOf(packet, said) && one.frame < packet.frame && !has(one, RST),
  );
  const reached = furthest(before.map(endOf));
  const plain = (packet.flags & (SYN | FIN | RST)) === 0 && packet.length <= 1;
  return plain && reached !== null && ahead(packet.seq, reached) === -1;
}

/** What lies between where both were captured: near the RST's sender, if it was seen there. */
function between(trigger: Cited, reset: Cited, said: Said): number {
  const { recording } = near(reset, said);
  const there = at(trigger, recording.vantage);
  return there === null
    ? timeOf(reset, said) - timeOf(trigger, said)
    : timeAt(near(reset, said), said) - timeAt(there, said);
}

const answersSegment = withTrigger(
  (trigger, _, said) => [
    said.text.includes(`of the ${senderOf(trigger, said)}`),
    `answers the ${senderOf(trigger, said)}`,
  ],
  (trigger, _, said) => [
    !said.text.includes('bytes of data') || trigger.length === numbersIn(said.text)[0],
    `${trigger.length} bytes`,
  ],
  (trigger, _, said) => [said.text.includes('a SYN of') === has(trigger, SYN), 'a SYN or none'],
  (trigger, _, said) => [
    !said.text.includes('a keepalive probe') || isProbe(trigger, said),
    'no keepalive probe',
  ],
  (trigger, _, said) => [!said.text.includes('a segment') || trigger.length === 0, `${trigger.length} bytes`],
  (_, __, said) => {
    const [trigger, reset] = said.cited;
    const took = between(trigger, reset, said);
    return [names(said.text, took, slackOf(said)), `${took / 1e6} ms later`];
  },
);

const answersSyn = withTrigger((trigger) => [has(trigger, SYN) && !has(trigger, ACK), 'no SYN']);
const answersProbe = withTrigger((trigger, _, said) => [isProbe(trigger, said), 'no keepalive probe']);

/** Whether a RST of the finding answers a packet, at a vantage that shows both. */
function isAnswered({ client, server }: Cited, { resets }: Said): boolean {
  return [client, server].some(
    (trigger) =>
      trigger !== null &&
      resets.some((reset) => reset.recording === trigger.recording && answers(trigger, reset)),
  );
}

const triggerCrossed: Predicate = (said) => {
  const [cited] = said.cited;
  return first(
    [said.cited.length === 1 && isAnswered(cited, said), 'is not what the RST answers'],
    [at(cited, said.text.includes('server side') ? 'server' : 'client') !== null, 'was not seen there'],
  );
};

/** Whether a capture has a packet of the connection that could be this one, cut anew perhaps. */
export function wasSeenAt(vantage: Vantage, packet: Sighting, said: Said): boolean {
  const side = senderOf(packet, said);
  return packetsAt(vantage, said).some((one) => {
    if (senderOf(one, said) !== side || Math.abs(timeAt(one, said) - timeAt(packet, said)) > 3e9)
      return false;
    return looksLike(packet, one) && one.ack === packet.ack;
  });
}

const triggerNeverCrossed: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not just one packet';
  const packet = near(said.cited[0], said);
  const far: Vantage = vantageOf(senderOf(packet, said)) === 'client' ? 'server' : 'client';
  return first(
    [isAnswered(said.cited[0], said), 'is not what the RST answers'],
    [at(said.cited[0], far) === null, 'was seen at the other end'],
    [said.text.includes(`on the ${far} side`), `would have to arrive on the ${far} side`],
    [!wasSeenAt(far, packet, said), 'is in the other capture'],
  );
};

const answeredTooSoon = withTrigger((trigger, reset, said) => {
  const took = timeAt(reset, said) - timeAt(trigger, said);
  const seen = connectionOf(trigger);
  const syn = seen.find((one) => has(one, SYN) && !has(one, ACK));
  const synAck = seen.find((one) => has(one, SYN | ACK));
  const trip = syn === undefined || synAck === undefined ? 0 : timeAt(synAck, said) - timeAt(syn, said);
  const told = names(said.text, took) && names(said.text, trip);
  return [told && took < trip, `answered after ${took / 1e6} ms, the handshake took ${trip / 1e6} ms`];
});

/** The client had another address for the other end, or answered under another one. */
const untranslated: Predicate = (said) => {
  const { path } = said.finding;
  const seen = said.cited.map(({ client }) => client).filter((one) => one !== null);
  const backend = seen.find(({ src }) => src === path.backend?.ip);
  const reset = near(said.cited.at(-1) ?? { client: null, server: null }, said);
  return first(
    [has(reset, RST), 'cites no RST'],
    [
      new Set(said.cited.map((one) => near(one, said).frame)).size === said.cited.length,
      'cites a packet twice',
    ],
    [path.backend?.ip !== path.frontend?.ip, 'the backend has no address of its own'],
    [backend !== undefined || reset.dst === path.backend?.ip, "no packet with the backend's own address"],
  );
};

const oldConnection: Predicate = (said) => {
  if (said.cited.length !== 3) return 'cites not SYN, answer and RST';
  const [syn, answer, reset] = said.cited.map((one) => near(one, said));
  return first(
    [has(syn, SYN) && !has(syn, ACK), 'no SYN'],
    [has(answer, ACK) && !has(answer, SYN) && answer.ack !== endOf(syn), 'the SYN was answered'],
    [has(reset, RST) && reset.seq === answer.ack, 'the RST does not answer it'],
    [
      isFromSame(syn, reset) || senderOf(syn, said) === senderOf(reset, said),
      'the SYN is not of the sender of the RST',
    ],
  );
};

const finalAck: Predicate = (said) => {
  if (said.cited.length !== 3) return 'cites not SYN-ACK, acknowledgement and RST';
  const [synAck, ack, reset] = said.cited.map((one) => near(one, said));
  return first(
    [has(synAck, SYN | ACK), 'no SYN-ACK'],
    [!has(ack, SYN) && ack.ack === endOf(synAck), 'the SYN-ACK is not acknowledged'],
    [has(reset, RST) && reset.seq === ack.ack, 'the RST does not answer it'],
    [senderOf(synAck, said) === senderOf(reset, said), 'another one sent the SYN-ACK'],
  );
};

export const reply: Readonly<Record<string, Predicate>> = {
  'answers-segment': answersSegment,
  'answers-syn': answersSyn,
  'answers-probe': answersProbe,
  'trigger-crossed': triggerCrossed,
  'trigger-never-crossed': triggerNeverCrossed,
  'answered-too-soon': answeredTooSoon,
  'trigger-untranslated': untranslated,
  'answers-old-connection': oldConnection,
  'answers-final-ack': finalAck,
};
