import type { EvidenceLine, Finding, FrameRef, Result } from '#src/result.js';
import { ACK, FIN, RST, SYN, type TsharkPacket } from '../../support/tshark-packets.js';

/** Vantages of a pair; between the ends nothing is cited. */
export type Vantage = 'client' | 'server';

/** One capture file as tshark dissects it. */
export interface Recording {
  readonly vantage: Vantage;
  readonly packets: readonly TsharkPacket[];
}

/** A packet where it was captured. */
export interface Sighting extends TsharkPacket {
  readonly recording: Recording;
}

/** A packet that a line of evidence cites, by one frame or, seen at both vantages, by two. */
export interface Cited {
  readonly client: Sighting | null;
  readonly server: Sighting | null;
}

/** A line of evidence beside what tshark shows of the frames that it cites, and of all others. */
export interface Said {
  readonly text: string;
  /** What it cites, in its order. */
  readonly cited: readonly Cited[];
  readonly finding: Finding;
  /** The RSTs of the finding. */
  readonly resets: readonly Sighting[];
  readonly result: Result;
  readonly recordings: readonly Recording[];
}

/** Says what is wrong with a line; nothing where tshark shows just what it says. */
export type Predicate = (said: Said) => string | undefined;

/** The frames of a line, as tshark dissected them. */
export function saidBy(
  line: EvidenceLine,
  finding: Finding,
  result: Result,
  find: (ref: FrameRef) => Sighting,
  recordings: readonly Recording[],
): Said {
  const resets = finding.resets.filter(({ duplicateOf }) => duplicateOf === undefined).map(find);
  const alone = { text: line.text, cited: [], finding, resets, result, recordings };
  return { ...alone, cited: together(line.frames.map(find), alone) };
}

/**
 * A frame of the client's and the next one of the server's are the same packet, if it looks the same at both. Through a
 * proxy no packet goes.
 */
function together(sightings: readonly Sighting[], said: Said): Cited[] {
  const cited: Cited[] = [];
  for (const sighting of sightings) {
    const before = cited.at(-1);
    if (sighting.recording.vantage === 'client') cited.push({ client: sighting, server: null });
    else if (before?.client && before.server === null && isSame(before.client, sighting, said))
      cited[cited.length - 1] = { client: before.client, server: sighting };
    else cited.push({ client: null, server: sighting });
  }
  return cited;
}

function isSame(one: Sighting, other: Sighting, said: Said): boolean {
  if (said.finding.path.mode === 'proxy') return false;
  return senderOf(one, said) === senderOf(other, said) && looksLike(one, other);
}

/** Whether two sightings can be one packet: a box may change addresses, and shift all numbers of a connection. */
export function looksLike(one: Sighting, other: Sighting): boolean {
  const kind = SYN | FIN | RST | ACK;
  if (one.length !== other.length || (one.flags & kind) !== (other.flags & kind)) return false;
  if (one.seq === other.seq || position(one) === position(other)) return true;
  return [one, other].every(refusesSyn) && acknowledged(one) === acknowledged(other);
}

/** Where a packet stands in its sender's stream, by the SYN in the same capture; its own number without one. */
export function position(sighting: Sighting): number {
  const syn = connectionOf(sighting).find((one) => (one.flags & SYN) !== 0 && isFromSame(one, sighting));
  return syn === undefined ? sighting.seq : (sighting.seq - syn.seq) >>> 0;
}

/** A RST of a side that had not sent a SYN: its number 0 does not stay 0 where a box shifts numbers. */
function refusesSyn(sighting: Sighting): boolean {
  return (
    has(sighting, RST | ACK) &&
    !connectionOf(sighting).some((one) => has(one, SYN) && isFromSame(one, sighting))
  );
}

/** How far a packet acknowledges the other side's stream. */
function acknowledged(sighting: Sighting): number {
  const syn = connectionOf(sighting).find((one) => (one.flags & SYN) !== 0 && !isFromSame(one, sighting));
  return syn === undefined ? sighting.ack : (sighting.ack - syn.seq) >>> 0;
}

export function has(packet: TsharkPacket, flags: number): boolean {
  return (packet.flags & flags) === flags;
}

/** The sighting that was captured nearest to the sender: an end's own vantage, where it was seen there. */
export function near({ client, server }: Cited, said: Said): Sighting {
  const only = client ?? server;
  if (client === null || server === null) return only as Sighting;
  return senderOf(client, said) === 'client' ? client : server;
}

/** The packet at one end. */
export function at({ client, server }: Cited, vantage: Vantage): Sighting | null {
  return vantage === 'client' ? client : server;
}

/** In whose name a packet was sent, by the addresses that the finding gives to both ends. */
export function senderOf(sighting: Sighting, { finding: { path } }: Said): 'client' | 'backend' {
  const seenFromClient = sighting.recording.vantage === 'client';
  const client = seenFromClient ? path.client : path.lbPeer;
  return sighting.src === client?.ip && sighting.sport === client.port ? 'client' : 'backend';
}

/** What tells the connection of a finding from others. */
export function clientOf({ path }: Finding): string {
  const { ip, port } = path.client ?? path.lbPeer ?? { ip: '', port: 0 };
  return `${ip} ${port}`;
}

/** The vantage next to an end. */
export function vantageOf(end: 'client' | 'backend'): Vantage {
  return end === 'client' ? 'client' : 'server';
}

export function isFromSame(one: TsharkPacket, other: TsharkPacket): boolean {
  return one.src === other.src && one.sport === other.sport;
}

/** Difference of two sequence numbers, modulo 2^32, as a signed number. */
export function ahead(one: number, other: number): number {
  return (one - other) | 0;
}

/** The sequence number after a packet's last byte. */
export function endOf({ seq, length, flags }: TsharkPacket): number {
  return (seq + length + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0)) >>> 0;
}

/** The furthest of some numbers; null of none. */
export function furthest(numbers: readonly number[]): number | null {
  return numbers.reduce<number | null>(
    (most, one) => (most === null || ahead(one, most) > 0 ? one : most),
    null,
  );
}

const CONNECTIONS = new WeakMap<Recording, Map<string, TsharkPacket[][]>>();

/** All packets of the connection of a packet, in the same capture; a SYN with another number begins another one. */
export function connectionOf(sighting: Sighting): Sighting[] {
  const lives = livesOf(sighting.recording, sighting);
  const own = lives.findLast(([first]) => first.frame <= sighting.frame) ?? [];
  return own.map((packet) => ({ ...packet, recording: sighting.recording }));
}

/** Every connection that was captured at one vantage. */
export function connectionsAt(vantage: Vantage, { recordings }: Said): Sighting[][] {
  return recordings
    .filter((recording) => recording.vantage === vantage)
    .flatMap((recording) =>
      [...knownIn(recording).values()]
        .flat()
        .map((packets) => packets.map((packet) => ({ ...packet, recording }))),
    );
}

function livesOf(
  recording: Recording,
  ends: Pick<TsharkPacket, 'src' | 'sport' | 'dst' | 'dport'>,
): TsharkPacket[][] {
  return knownIn(recording).get(keyOf(ends)) ?? [];
}

function knownIn(recording: Recording): Map<string, TsharkPacket[][]> {
  let known = CONNECTIONS.get(recording);
  if (known === undefined) {
    known = lives(recording.packets);
    CONNECTIONS.set(recording, known);
  }
  return known;
}

function lives(packets: readonly TsharkPacket[]): Map<string, TsharkPacket[][]> {
  const found = new Map<string, TsharkPacket[][]>();
  for (const packet of packets) {
    const key = keyOf(packet);
    const all = found.get(key) ?? [];
    found.set(key, all);
    const current = all.at(-1);
    if (current === undefined || beginsAnew(packet, current)) all.push([packet]);
    else current.push(packet);
  }
  return found;
}

function beginsAnew(packet: TsharkPacket, current: readonly TsharkPacket[]): boolean {
  if (!has(packet, SYN) || has(packet, ACK)) return false;
  return !current.some((one) => has(one, SYN) && isFromSame(one, packet) && one.seq === packet.seq);
}

function keyOf({ src, sport, dst, dport }: Pick<TsharkPacket, 'src' | 'sport' | 'dst' | 'dport'>): string {
  return [`${src} ${sport}`, `${dst} ${dport}`].sort().join(' ');
}

/** All packets of the finding's connection at one vantage, under every pair of addresses that it had there. */
export function packetsAt(vantage: Vantage, said: Said): Sighting[] {
  const { path } = said.finding;
  const pairs =
    vantage === 'client'
      ? [
          [path.client, path.frontend] as const,
          ...(isUnderOneName(path) ? [] : [[path.client, path.backend] as const]),
        ]
      : [[path.lbPeer, path.backend] as const];
  return said.recordings
    .filter((recording) => recording.vantage === vantage)
    .flatMap((recording) =>
      pairs.flatMap(([one, other]) => {
        if (one === null || other === null) return [];
        const ends = { src: one.ip, sport: one.port, dst: other.ip, dport: other.port };
        return (closest(livesOf(recording, ends), said) ?? []).map((packet) => ({ ...packet, recording }));
      }),
    );
}

/** The client calls the backend by its own address. */
function isUnderOneName({ frontend, backend }: Finding['path']): boolean {
  return frontend?.ip === backend?.ip && frontend?.port === backend?.port;
}

/** Of several connections of the same addresses, the one that was there when it happened. */
function closest(all: readonly TsharkPacket[][], said: Said): TsharkPacket[] | undefined {
  const when = momentOf(said);
  if (when === null || all.length <= 1) return all.at(-1);
  return all.findLast(([first]) => clientTime(first.time, said) <= when) ?? all[0];
}

function momentOf(said: Said): number | null {
  const shown = said.resets[0] ?? said.cited[0]?.client ?? said.cited[0]?.server;
  return shown === undefined || shown === null ? null : timeAt(shown, said);
}

const SECOND = 1e9;

/** When a packet was seen, on the client's clock, in nanoseconds since the first packet of all. */
export function timeAt(sighting: Sighting, said: Said): number {
  return sighting.recording.vantage === 'server'
    ? serverTime(sighting.time, said)
    : clientTime(sighting.time, said);
}

function clientTime(time: bigint, said: Said): number {
  return Number(time - startOf(said));
}

function serverTime(time: bigint, said: Said): number {
  const { clock } = said.result;
  const since = clientTime(time, said);
  if (clock === null) return since;
  const steps = (clock.steps ?? []).filter(({ afterSeconds }) => since > afterSeconds * SECOND);
  const stepped = steps.reduce((sum, { bySeconds }) => sum + bySeconds * SECOND, 0);
  const atStart = since - clock.offsetSeconds * SECOND - stepped;
  return atStart - (clock.driftPpm / 1e6) * atStart;
}

function startOf({ recordings }: Said): bigint {
  const firsts = recordings.flatMap(({ packets }) => packets.slice(0, 1).map(({ time }) => time));
  return firsts.reduce((first, one) => (one < first ? one : first));
}

/** When a packet was first seen, on the client's clock. */
export function timeOf({ client, server }: Cited, said: Said): number {
  const times = [client, server].filter((one) => one !== null).map((one) => timeAt(one, said));
  return Math.min(...times);
}

/** How far a time of one vantage can be off on the other's clock: what the report says, and what capturing adds. */
export function slackOf({ result: { clock } }: Said): number {
  return 2 * (clock?.uncertaintySeconds ?? 0) * SECOND + 2e6;
}

const UNIT: Readonly<Record<string, number>> = { µs: 1e3, ms: 1e6, s: 1e9 };

/** The durations that a text names, in nanoseconds, each with half of its last place. */
export function durationsIn(text: string): { readonly value: number; readonly half: number }[] {
  return [...text.matchAll(/(\d+(?:\.(\d+))?) (µs|ms|s)\b/g)].map(([, digits, places = '', unit]) => {
    const scale = UNIT[unit ?? ''] ?? 1;
    return { value: Number(digits) * scale, half: (scale * 10 ** -places.length) / 2 };
  });
}

/** Whether a text names a duration; `slack` in nanoseconds on top of its rounding. */
export function names(text: string, duration: number, slack = 0): boolean {
  return durationsIn(text).some(({ value, half }) => Math.abs(value - duration) <= half * 1.02 + slack);
}

/** The whole numbers of a text, in its order. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\d.])\d+(?![\d.]*\d)/g)].map(([digits]) => Number(digits));
}
