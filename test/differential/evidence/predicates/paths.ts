import { RST } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  has,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  slackOf,
  timeAt,
  timeOf,
  type Vantage,
} from '../said.js';
import { wasSeenAt } from './reply.js';

/** No packet is longer on its way, in nanoseconds. */
const LONGEST_TRANSIT = 3e9;

/** A packet of another connection that was seen at both vantages. */
interface Crossing {
  readonly time: number;
  /** Of the client that is told of, under its name at its own vantage. */
  readonly ofClient: boolean;
  /** Of the backend, likewise. */
  readonly ofBackend: boolean;
}

function othersAt(vantage: Vantage, said: Said): Sighting[] {
  const nameOf = ({ src, sport, dst, dport }: Sighting) =>
    [`${src} ${sport}`, `${dst} ${dport}`].sort().join();
  const own = new Set(packetsAt(vantage, said).map(nameOf));
  return said.recordings
    .filter((recording) => recording.vantage === vantage)
    .flatMap((recording) => recording.packets.map((packet) => ({ ...packet, recording })))
    .filter((packet) => !own.has(nameOf(packet)) && !has(packet, RST));
}

function crossingsOfOthers(said: Said): Crossing[] {
  const { client, backend } = said.finding.path;
  const numbersOf = ({ seq, ack, length, flags }: Sighting) => [seq, ack, length, flags].join();
  const there = new Map<string, Sighting[]>();
  for (const one of othersAt('server', said))
    there.set(numbersOf(one), [...(there.get(numbersOf(one)) ?? []), one]);
  const isOf = ({ src, dst }: Sighting, end: typeof client) => src === end?.ip || dst === end?.ip;
  return othersAt('client', said).flatMap((here) => {
    const same = there
      .get(numbersOf(here))
      ?.find((one) => Math.abs(timeAt(one, said) - timeAt(here, said)) <= LONGEST_TRANSIT);
    if (same === undefined) return [];
    const time = timeOf({ client: here, server: same }, said);
    return [{ time, ofClient: isOf(here, client), ofBackend: isOf(same, backend) }];
  });
}

/** From the first packet of the finding's connection that did not cross to its RST, or to the last that vanished. */
function silenceOf(said: Said): [from: number, to: number] {
  const own = (['client', 'server'] as const).flatMap((vantage) =>
    packetsAt(vantage, said).map((packet) => {
      const far = vantage === 'client' ? 'server' : 'client';
      return { time: timeAt(packet, said), crossed: wasSeenAt(far, packet, said), isReset: has(packet, RST) };
    }),
  );
  const words = own.filter(({ isReset }) => !isReset);
  const last = Math.max(...words.filter(({ crossed }) => crossed).map(({ time }) => time));
  const lost = words.filter(({ time, crossed }) => !crossed && time > last).map(({ time }) => time);
  const resets = said.finding.kind === 'silent-drop' ? [] : own.filter(({ isReset }) => isReset);
  const from = lost.length === 0 ? last : Math.min(...lost);
  const after = resets.map(({ time }) => time).filter((time) => time >= from);
  return [from, after.length === 0 ? Math.max(from, ...lost) : Math.min(...after)];
}

/** Whether connections of both hosts are among what crossed. */
function ofBothHosts(crossings: readonly Crossing[]): boolean {
  return crossings.some(({ ofClient }) => ofClient) && crossings.some(({ ofBackend }) => ofBackend);
}

/** Packets of other connections crossed while those of this one vanished, or after it: the hosts' own, or others'. */
const alive: Predicate = (said) => {
  const [from, to] = silenceOf(said);
  const slack = slackOf(said);
  const all = crossingsOfOthers(said);
  const later = all.filter(({ time }) => time >= from - slack);
  const meanwhile = later.filter(({ time }) => time <= to + slack);
  if (said.text.startsWith('connections of other hosts'))
    return first(
      [meanwhile.length > 0, 'nothing of other hosts crossed meanwhile'],
      [!ofBothHosts(all), 'both hosts had other connections'],
    );
  if (said.text.includes('meanwhile'))
    return first([ofBothHosts(meanwhile), 'no packets of other connections of both hosts crossed meanwhile']);
  return first([ofBothHosts(later), 'no packets of other connections of both hosts crossed later']);
};

export const paths: Readonly<Record<string, Predicate>> = { 'path-alive': alive };
