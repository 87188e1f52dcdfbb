import { ACK, FIN, RST, SYN, type TsharkPacket } from '../../../support/tshark-packets.js';
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
  names,
  near,
  numbersIn,
  type Predicate,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  vantageOf,
} from '../said.js';
import { answers, wasSeenAt } from './reply.js';

const SECOND = 1e9;

/** Each probe has the number before the RST's, at most one byte, and nothing but ACK. */
function areProbes(probes: readonly Sighting[], reset: Sighting): boolean {
  return probes.every((one) => isAlive(one) && ahead(reset.seq, one.seq) === 1 && isFromSame(one, reset));
}

const isAlive = ({ flags, length }: Sighting) => flags === ACK && length <= 1;

/** The probes and the RST at the one vantage that shows all of them. */
function runOf(said: Said): { probes: Sighting[]; reset: Sighting } | null {
  for (const vantage of ['client', 'server'] as const) {
    const all = said.cited.map((one) => at(one, vantage));
    const [reset, probes] = [all.at(-1), all.slice(0, -1)];
    if (reset && has(reset, RST) && probes.length > 0 && probes.every((one) => one !== null))
      return { probes, reset };
  }
  return null;
}

/** On a leg of a proxy, whoever is not the end of that leg is the proxy. */
function isProxysOwn(packet: Sighting, said: Said): boolean {
  return said.finding.path.mode === 'proxy' && packet.recording.vantage !== vantageOf(senderOf(packet, said));
}

/** Packets of the other end after a first one and before a last one. */
function heardBetween(from: Sighting, to: Sighting): Sighting[] {
  return connectionOf(to).filter(
    (one) => !isFromSame(one, to) && one.frame > from.frame && one.frame < to.frame && !has(one, RST),
  );
}

const unanswered: Predicate = (said) => {
  const runs = said.cited.length < 2 ? null : runOf(said);
  if (runs === null) return 'cites not probes and a RST of one vantage';
  const { probes, reset } = runs;
  const own = vantageOf(senderOf(near(said.cited.at(-1) as Cited, said), said));
  const counted = said.text.includes('went unanswered');
  const prober = isProxysOwn(reset, said) ? 'load balancer' : senderOf(reset, said);
  return first(
    [areProbes(probes, reset), 'cites other packets than probes'],
    [!counted || numbersIn(said.text)[0] === probes.length, `${probes.length} probes`],
    [said.text.includes(`the ${prober}`), `of the ${prober}`],
    [
      !counted || heardBetween(probes[0], reset).length === 0 || reset.recording.vantage !== own,
      'the other end was heard after the first probe',
    ],
  );
};

const spacing: Predicate = (said) => {
  const runs = said.cited.length < 2 ? null : runOf(said);
  if (runs === null) return 'cites not probes and a RST of one vantage';
  const times = said.cited.map((one) => timeAt(near(one, said), said));
  const steps = times.slice(1).map((time, i) => time - times[i]);
  const one = said.text.startsWith('one probe');
  return first(
    [areProbes(runs.probes, runs.reset), 'cites other packets than probes'],
    [one || numbersIn(said.text)[0] === runs.probes.length, `${runs.probes.length} probes`],
    [names(said.text, Math.min(...steps), slackOf(said)), `at least ${Math.min(...steps) / SECOND} s apart`],
    [
      !said.text.includes(' to ') || one || names(said.text, Math.max(...steps), slackOf(said)),
      `at most ${Math.max(...steps) / SECOND} s apart`,
    ],
  );
};

const isRepeat = (one: Sighting, start: Sighting) =>
  isAlive(one) && isFromSame(one, start) && one.seq === start.seq;

/** Probes of the proxy on its other leg, which nobody answered, and the RST with which it ended this one. */
const gaveUpBeyond: Predicate = (said) => {
  const seen = said.cited.map((one) => (one.client ?? one.server) as Sighting);
  const reset = seen.at(-1);
  const [probes, own] = [false, true].map((of) => seen.slice(0, -1).filter((one) => has(one, RST) === of));
  const [start] = probes;
  if (start === undefined || reset === undefined || !has(reset, RST)) return 'cites not probes and a RST';
  return first(
    [
      own.every((one) => areProbes(probes, one)) && probes.every((one) => isRepeat(one, start)),
      'cites other packets than probes',
    ],
    [start.recording.vantage !== reset.recording.vantage, 'probes and RST are of one leg'],
    [isProxysOwn(start, said) && isProxysOwn(reset, said), 'they are not those of the load balancer'],
    [own.length === 1, 'cites not the RST with which it gave that leg up'],
  );
};

const gaveUp: Predicate = (said) => {
  if (said.text.includes('the other leg')) return gaveUpBeyond(said);
  const runs = said.cited.length < 2 ? null : runOf(said);
  if (runs === null) return 'cites not probes and a RST of one vantage';
  const { probes, reset } = runs;
  const own = vantageOf(senderOf(reset, said));
  const left = said.cited.slice(0, -1).some((one) => at(one, own) !== null);
  return first(
    [areProbes(probes, reset), 'cites other packets than probes'],
    [
      !said.text.endsWith('the load balancer itself') || isProxysOwn(reset, said),
      `the probes are the ${senderOf(reset, said)}'s`,
    ],
    [!said.text.startsWith('the probes left') || left, 'no probe was seen where its sender is'],
    [
      !said.text.endsWith('made in between') || probes.every((one) => !wasSeenAt(own, one, said)),
      'the probes were seen where their sender is',
    ],
  );
};

/** Data that was sent before, and that the other end of that leg had not acknowledged when the RST came. */
const unansweredBeyond: Predicate = (said) => {
  const seen = said.cited.map((one) => near(one, said));
  const reset = seen.at(-1);
  const data = seen.slice(0, -1);
  if (reset === undefined || data.length === 0) return 'cites no data and RST';
  const open = data.every(
    (one) =>
      one.length > 1 &&
      connectionOf(one).some(
        (other) => other.frame !== one.frame && other.seq === one.seq && other.length > 1,
      ) &&
      !connectionOf(one).some(
        (other) =>
          !isFromSame(other, one) &&
          has(other, ACK) &&
          !has(other, RST) &&
          timeAt(other, said) < timeAt(reset, said) - slackOf(said) &&
          ahead(other.ack, one.seq) > 0,
      ),
  );
  return first(
    [has(reset, RST), 'does not cite the RST last'],
    [
      data.every(({ recording }) => recording.vantage !== reset.recording.vantage),
      'cites data of the same leg',
    ],
    [open, 'the data was sent once, or acknowledged'],
  );
};

/** Bytes that nobody acknowledged before a packet, at its vantage: each time that they were sent. */
function vainData(sender: Sighting, until: Sighting): Sighting[] {
  const before = connectionOf(until).filter((one) => one.frame < until.frame);
  const acked = furthest(
    before.filter((one) => !isFromSame(one, sender) && has(one, ACK)).map(({ ack }) => ack),
  );
  return before.filter(
    (one) => isFromSame(one, sender) && one.length > 1 && (acked === null || ahead(endOf(one), acked) > 0),
  );
}

/** Two of its repeats or questions, the other end's next packet, and the bare RST that answers it. */
const diedWaiting: Predicate = (said) => {
  if (said.cited.length !== 4) return 'cites not two packets, what came later, and the RST';
  const side = senderOf(near(said.cited[3], said), said);
  const seen = said.cited.map((one) => at(one, vantageOf(side)));
  const [one, other, trigger, reset] = seen;
  if (!one || !other || !trigger || !reset) return `was not all seen at the ${side}`;
  const told = numbersIn(said.text)[0];
  const data = vainData(reset, trigger);
  const repeats = data.length - new Set(data.map(({ seq }) => seq)).size;
  const asked = connectionOf(trigger).filter(
    (packet) => packet.frame < trigger.frame && isFromSame(packet, reset) && isAlive(packet),
  );
  const ofRepeats = said.text.includes('repeated data');
  return first(
    [has(reset, RST) && answers(trigger, reset), 'the RST does not answer what came later'],
    [said.text.startsWith(`the ${side}`), `the RST is the ${side}'s`],
    [isFromSame(one, reset) && isFromSame(other, reset), 'what waited is not of the sender of the RST'],
    [
      ofRepeats
        ? [one, other].every(({ frame }) => data.some((packet) => packet.frame === frame))
        : [one, other].every((packet) => isAlive(packet) && packet.seq === one.seq),
      'cites neither data that nobody acknowledged nor a question for room',
    ],
    [ofRepeats ? repeats === told : asked.length >= told, `${repeats} repeats, ${asked.length} questions`],
    [(trigger.flags & SYN) === 0, 'the other end began anew'],
  );
};

/** How often the sender of a RST had probed before it. */
function probedBefore(reset: Sighting): number {
  return connectionOf(reset).filter((one) => one.frame < reset.frame && areProbes([one], reset)).length;
}

function isOfSamePorts(one: TsharkPacket, other: TsharkPacket): boolean {
  return one.sport === other.sport && one.dport === other.dport;
}

const soonerThanOthers: Predicate = (said) => {
  const runs = said.cited.length < 2 ? null : runOf(said);
  if (runs === null) return 'cites not probes and a RST of one vantage';
  const { probes, reset } = runs;
  const [sent, most] = numbersIn(said.text.replace(/[\d.]+ (µs|ms|s)\b/g, ''));
  const before = connectionOf(reset).findLast(({ frame }) => frame < probes[0].frame);
  const patience = before === undefined ? 0 : timeAt(reset, said) - timeAt(before, said);
  const own = near(said.cited.at(-1) as Cited, said);
  const others = said.recordings.flatMap((recording) =>
    recording.packets
      .filter((one) => has(one, RST) && one.src === own.src && !isOfSamePorts(one, own))
      .map((one) => probedBefore({ ...one, recording })),
  );
  return first(
    [areProbes(probes, reset), 'cites other packets than probes'],
    [sent >= probes.length && sent < most, `${probes.length} probes`],
    [names(said.text, patience, slackOf(said)), `${patience / SECOND} s from the last word to the RST`],
    [
      others.filter((count) => count > sent).length >= 2 && Math.max(...others) <= most,
      `others sent ${others}`,
    ],
  );
};

/** The last repeats of data and the RST; all of them were sent after the other end was heard last. */
const exhausted: Predicate = (said) => {
  const seen = said.cited.map((one) => near(one, said));
  const [data, reset] = [seen.slice(0, -1), seen.at(-1)];
  const [start] = data;
  if (start === undefined || reset === undefined || !has(reset, RST | ACK)) return 'cites not data and a RST';
  const own = connectionOf(reset).filter((one) => one.frame < reset.frame);
  const heard = own.findLastIndex((one) => !isFromSame(one, reset));
  const sent = own.slice(heard + 1).filter(({ seq, length }) => seq === start.seq && length > 1);
  const times = [...sent, reset].map((one) => timeAt(one, said));
  const steps = times.slice(1).map((time, i) => time - times[i]);
  const [last, due] = steps.slice(-2);
  return first(
    [
      data.every((one) => one.length > 1 && isFromSame(one, reset) && one.seq === start.seq),
      'cites other packets than repeats of its data',
    ],
    [sent.length - 1 === numbersIn(said.text)[0], `${sent.length - 1} repeats`],
    [sent.at(-1)?.frame === data.at(-1)?.frame, 'cites not the last repeats'],
    [
      names(said.text, last, slackOf(said)) && due >= 0.8 * last,
      `steps of ${steps.map((step) => step / SECOND)} s`,
    ],
    [reset.window === 0 && (reset.flags & FIN) === 0, `a RST with window ${reset.window}`],
  );
};

const timedOut: Predicate = (said) =>
  said.text.includes('fell silent') ? diedWaiting(said) : soonerThanOthers(said);

/** Ends, and proxies, that waited for an answer until they gave up. */
export const waiting: Readonly<Record<string, Predicate>> = {
  'unanswered-probes': unanswered,
  'probe-spacing': spacing,
  'balancer-gave-up': gaveUp,
  'balancer-unanswered': unansweredBeyond,
  'user-timed-out': timedOut,
  'repeats-exhausted': exhausted,
};
