import { ACK, RST, SYN } from '../../../support/tshark-packets.js';
import { type Condition, first } from '../check.js';
import {
  ahead,
  connectionOf,
  durationsIn,
  endOf,
  furthest,
  has,
  isFromSame,
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
} from '../said.js';

/** The finding's first RST. */
export function resetOf(said: Said): Sighting {
  return [...said.resets].sort((a, b) => timeAt(a, said) - timeAt(b, said))[0];
}

/** A line about a crowd cites the RST that is one of it. */
export function citesReset({ cited, resets }: Said): Condition {
  const [{ client, server }] = cited;
  const isOwn = resets.some((one) =>
    [client, server].some((seen) => seen?.frame === one.frame && seen.recording === one.recording),
  );
  return [cited.length === 1 && isOwn, 'cites not just the RST'];
}

/** Connections other than the RST's own with a RST that passes. */
function othersReset(reset: Sighting, passes: (other: Sighting) => boolean): number {
  const own = new Set(connectionOf(reset).map(({ frame }) => frame));
  const others = reset.recording.packets
    .map((packet) => ({ ...packet, recording: reset.recording }))
    .filter((packet) => has(packet, RST) && !own.has(packet.frame) && passes(packet));
  return new Set(
    others.map(({ src, sport, dst, dport }) => [`${src} ${sport}`, `${dst} ${dport}`].sort().join()),
  ).size;
}

/** In nanoseconds. */
const AT_ONCE = 5e6;
const TOGETHER = 1e9;

const severalAtOnce: Predicate = (said) => {
  const reset = resetOf(said);
  const [count] = numbersIn(said.text);
  const alike = othersReset(
    reset,
    (other) =>
      other.src === reset.src &&
      Math.abs(timeAt(other, said) - timeAt(reset, said)) <= AT_ONCE + slackOf(said),
  );
  return first(
    citesReset(said),
    [alike >= count, `${alike} other connections of ${reset.src}`],
    [said.text.includes(senderOf(reset, said)), `the RST is the ${senderOf(reset, said)}'s`],
  );
};

/** Of the connections of the same host that were reset within a second, at least this share was so at once. */
const BURST_SHARE = 0.5;

const burst: Predicate = (said) => {
  const reset = resetOf(said);
  const [count] = numbersIn(said.text);
  const within = (time: number) =>
    othersReset(
      reset,
      (other) => other.src === reset.src && Math.abs(timeAt(other, said) - timeAt(reset, said)) <= time,
    );
  const [atOnce, around] = [within(AT_ONCE + slackOf(said)), within(TOGETHER)];
  return first(
    citesReset(said),
    [atOnce >= count && count >= 2, `${atOnce} other connections of ${reset.src}`],
    [count >= BURST_SHARE * around, `${around} within a second`],
  );
};

/** A RST that travelled toward the sender of this one, before. */
const earlierReset: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not just one packet';
  const earlier = near(said.cited[0], said);
  const reset = resetOf(said);
  return first(
    [has(earlier, RST), 'cites no RST'],
    [
      !said.resets.some((one) => one.frame === earlier.frame && one.recording === earlier.recording),
      'cites a RST of its own',
    ],
    [timeAt(earlier, said) <= timeAt(reset, said) + slackOf(said), 'came later'],
    [said.text.includes(`the ${senderOf(reset, said)}'s side`), `the RST is the ${senderOf(reset, said)}'s`],
  );
};

/** Something new after the RST: data, or an acknowledgement of what had not been acknowledged. */
function isNews(packet: Sighting, reset: Sighting): boolean {
  const before = connectionOf(packet).filter((one) => one.frame < reset.frame && !has(one, RST));
  const sent = furthest(before.filter((one) => isFromSame(one, packet)).map(endOf));
  const got = furthest(before.filter((one) => !isFromSame(one, packet)).map(endOf));
  const more = sent !== null && ahead(endOf(packet), sent) > 0;
  return more || (got !== null && has(packet, ACK) && ahead(packet.ack, got) > 0);
}

const wentOn: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not just one packet';
  const reset = resetOf(said);
  const later = near(said.cited[0], said);
  return first(
    [
      senderOf(later, said) === senderOf(reset, said) && !has(later, RST) && !has(later, SYN),
      "is not of the RST's sender",
    ],
    [timeAt(later, said) > timeAt(reset, said), 'came before the RST'],
  );
};

const ignored: Predicate = (said) => {
  if (said.cited.length !== 3) return 'cites not the RST and what both ends said later';
  const [reset, own, other] = said.cited.map((one) => near(one, said));
  return first(
    [has(reset, RST), 'cites no RST'],
    [senderOf(own, said) !== senderOf(other, said), 'both are of one side'],
    [
      senderOf(own, said) !== senderOf(reset, said) && said.text.includes(`the ${senderOf(own, said)}`),
      'names the other side',
    ],
    [[own, other].every((one) => timeAt(one, said) > timeAt(reset, said)), 'came before the RST'],
    [[own, other].every((one) => isNews(one, seenBeside(one, said))), 'says nothing new'],
  );
};

/** The RST at the vantage of another packet; where it was not seen there, what came last before it. */
function seenBeside(packet: Sighting, said: Said): Sighting {
  const [{ client, server }] = said.cited;
  const there = packet.recording.vantage === 'client' ? client : server;
  if (there !== null) return there;
  const reset = near(said.cited[0], said);
  const later = connectionOf(packet).find((one) => timeAt(one, said) > timeAt(reset, said));
  return later ?? packet;
}

const retried: Predicate = (said) => {
  const reset = resetOf(said);
  const client = senderOf(reset, said) === 'client' ? reset.src : reset.dst;
  const syns = reset.recording.packets
    .filter((packet) => has(packet, SYN) && !has(packet, ACK) && packet.src === client)
    .map((packet) => timeAt({ ...packet, recording: reset.recording }, said) - timeAt(reset, said));
  return first([
    syns.some((since) => since > 0 && names(said.text, since, slackOf(said))),
    'no SYN of the client then',
  ]);
};

/** A moment is met within this share of the interval. */
const INTERVAL_SHARE = 0.1;

/** The RST is one of many that the same host sent to the same service, or that service to the same host, this far apart. */
const fixedInterval: Predicate = (said) => {
  const reset = resetOf(said);
  const port = said.text.includes('is refused') ? 'sport' : 'dport';
  const others = reset.recording.packets
    .filter(
      (one) => has(one, RST) && one.src === reset.src && one.dst === reset.dst && one[port] === reset[port],
    )
    .map((packet) => timeAt({ ...packet, recording: reset.recording }, said) - timeAt(reset, said));
  const beats = durationsIn(said.text).map(({ value }) => {
    const met = [-2, -1, 1, 2].filter((step) =>
      others.some((since) => Math.abs(since - step * value) <= INTERVAL_SHARE * value),
    );
    return met.length;
  });
  return first(citesReset(said), [
    beats.some((met) => met >= 2),
    `RSTs ${others.map((since) => since / 1e9)} s before and after`,
  ]);
};

/** Nothing of the connection was captured at the vantage nearest to the RST's sender before it. */
const unseen: Predicate = (said) => {
  const reset = resetOf(said);
  const own = connectionOf(reset).filter(
    (packet) => packet.frame < reset.frame && !has(packet, RST) && isFromSame(packet, reset),
  );
  return first([said.cited.length === 1 && own.length === 0, `${own.length} packets came before`]);
};

/** Segments of which there are at least so many are not hardly anything. */
const HARDLY = 3;

/** The one capture that has the connection shows neither its beginning nor much of it. */
const barelySeen: Predicate = (said) => {
  const seen = (['client', 'server'] as const).map((vantage) => packetsAt(vantage, said));
  const own = seen.flat().filter((packet) => !has(packet, RST));
  const isHardly =
    own.length < HARDLY && !own.some((packet) => has(packet, SYN)) && seen.some(({ length }) => length === 0);
  return first([said.text.startsWith('hardly') === isHardly, `${own.length} segments were captured`]);
};

/** Neither vantage has anything of the connection but RSTs. */
const onlyResets: Predicate = (said) => {
  const own = (['client', 'server'] as const).flatMap((vantage) => packetsAt(vantage, said));
  return first([own.every((packet) => has(packet, RST)), 'more than RSTs was captured']);
};

/** One capture has something twice between other hosts: SYNs with one number, or the same first words. */
const bothSides: Predicate = ({ recordings }) => {
  const isTwice = (packets: readonly Sighting[], nameOf: (packet: Sighting) => string | number) => {
    const hosts = new Map<string | number, Set<string>>();
    for (const packet of packets)
      hosts.set(nameOf(packet), (hosts.get(nameOf(packet)) ?? new Set()).add(packet.src));
    return [...hosts.values()].some(({ size }) => size > 1);
  };
  const shows = recordings.some((recording) => {
    const packets = recording.packets.map((packet) => ({ ...packet, recording }));
    const syns = packets.filter((packet) => has(packet, SYN) && !has(packet, ACK));
    const words = packets.filter(({ begins }) => begins !== '');
    return isTwice(syns, ({ seq }) => seq) || isTwice(words, ({ begins }) => begins);
  });
  return first([shows, 'nothing is there twice']);
};

/** A SYN-ACK in the client's capture that the server's has not. */
const neverAnswered: Predicate = (said) => {
  if (said.cited.length !== 1) return 'cites not the SYN-ACK';
  const { client, server } = said.cited[0];
  const there = packetsAt('server', said).filter((packet) => has(packet, SYN | ACK));
  return first(
    [client !== null && has(client, SYN | ACK), 'no SYN-ACK at the client'],
    [server === null && there.length === 0, 'a SYN-ACK at the server'],
  );
};

export const around: Readonly<Record<string, Predicate>> = {
  'several-at-once': severalAtOnce,
  'reset-burst': burst,
  'at-fixed-interval': fixedInterval,
  'called-at-interval': fixedInterval,
  'history-unseen': unseen,
  'barely-seen': barelySeen,
  'only-resets-seen': onlyResets,
  'both-sides-captured': bothSides,
  'backend-never-answered': neverAnswered,
  'after-earlier-reset': earlierReset,
  'sender-went-on': wentOn,
  'receiver-ignored': ignored,
  'retried-at-once': retried,
};
