import type { Connection, SeenSegment, Side } from '../flow/connection.js';
import type { Clock } from '../pair/clock.js';
import { isWeak } from '../pair/methods/index.js';
import { type End, onCommonClock, type Pairing, type Path } from '../pair/path.js';
import type { Carrier } from '../pair/requests/index.js';
import { seqDiff } from '../wire/seq.js';
import { ACK, FIN, RST } from '../wire/tcp-flags.js';
import type { ResetEvent } from './event.js';
import { failedProbes } from './probe-run.js';
import { isReset, type Packet, timelineOf } from './timeline.js';

/** What became of the leg beyond the proxy, as far as it bears on this one. */
export interface Beyond {
  /** When the far end reset its leg, on the client's time line, and the segment; null when it did not. */
  readonly reset: { readonly time: number; readonly segment: SeenSegment } | null;
  /** When the proxy itself reset that leg because its keepalive probes went unanswered there; null when it did not. */
  readonly gaveUp: { readonly time: number; readonly packets: readonly Packet[] } | null;
  /** Data that the proxy itself repeated on that leg and never got acknowledged, as far as it had come by the reset; null when there is none. */
  readonly vain: readonly Packet[] | null;
  /** When the far end last said something, or closed, of its own accord before the reset; null when it did not. */
  readonly spoke: { readonly time: number; readonly segment: SeenSegment } | null;
  /** The capture shows how that leg ended: a reset that it does not show was none. */
  readonly ended: boolean;
  /** False while the captures have no common clock. */
  readonly timed: boolean;
  /** Only times say that it belongs to this leg. */
  readonly weak: boolean;
  /** The request that it carried for this leg, where the proxy pools its connections; null where it was this leg's alone. */
  readonly request: Carrier | null;
}

/** Whether the leg on the other side of the proxy is known, and by more than times. */
export function areBothLegsKnown({ mode, method }: Path, beyond: Beyond | null): boolean {
  if (mode !== 'proxy' || (method === null && beyond === null)) return false;
  return !isWeak(method) && beyond?.weak !== true;
}

interface FarLeg {
  readonly connection: Connection;
  readonly weak: boolean;
  readonly request: Carrier | null;
}

/**
 * The other leg of a proxied path, as its far end ended it. Of a proxy that keeps its connections for requests of any
 * client it is the one with the last request before the reset.
 * @param path the leg at hand
 * @param whole both; where the other one is not known, the same
 */
export function beyondProxy(path: Path, whole: Path, event: ResetEvent, pairing: Pairing): Beyond | null {
  if (path.mode !== 'proxy') return null;
  const far: End = path.client === null ? 'client' : 'server';
  const leg = path === whole ? ofLastRequest(path, far, event, pairing) : ofWholePath(whole, far);
  if (leg === null) return null;
  const { clock } = pairing;
  const { connection, weak, request } = leg;
  const side = far === 'client' ? 0 : 1;
  const segment = connection.segments.find((one) => one.from === side && (one.flags & RST) !== 0);
  const ended = connection.closedByFin || connection.segments.some((one) => (one.flags & (FIN | RST)) !== 0);
  const alone =
    far === 'client'
      ? { ...whole, client: connection, server: null }
      : { ...whole, client: null, server: connection };
  const timed = (one: SeenSegment | undefined) => {
    if (one === undefined) return null;
    return { time: onCommonClock(pairing, far, one.time), segment: one };
  };
  return {
    reset: timed(segment),
    spoke: timed(lastWord(connection.segments, side)),
    gaveUp: givenUp(alone, clock),
    vain: repeatedInVain(alone, clock, event),
    ended,
    timed: clock !== null,
    weak,
    request,
  };
}

function ofWholePath(whole: Path, far: End): FarLeg | null {
  const connection = whole[far];
  return connection === null ? null : { connection, weak: isWeak(whole.method), request: null };
}

function ofLastRequest(
  path: Path,
  far: End,
  { packets: [first] }: ResetEvent,
  { requests, path: read }: Pairing,
): FarLeg | null {
  const near: End = far === 'client' ? 'server' : 'client';
  const own = path[near];
  const seen = first?.[near] ?? null;
  if (requests === null || own === null || seen === null) return null;
  const request = requests.carrier(near, own.row, seen.time);
  if (request === null) return null;
  const { connection: row, weak } = request;
  const connection = (far === 'client' ? read(row, null, null) : read(null, row, null))[far];
  return connection === null ? null : { connection, weak, request };
}

/** What a side last said, or its FIN, before the other side closed the leg: what comes after is an answer to that. */
function lastWord(segments: readonly SeenSegment[], side: Side): SeenSegment | undefined {
  const closed = segments.findIndex((one) => one.from !== side && (one.flags & (FIN | RST)) !== 0);
  const open = closed < 0 ? segments : segments.slice(0, closed);
  return open.findLast((one) => one.from === side && saysSomething(one));
}

/** More than an acknowledgement or a probe. */
export function saysSomething({
  length,
  flags,
}: {
  readonly length: number;
  readonly flags: number;
}): boolean {
  return length > 1 || (flags & FIN) !== 0;
}

/** Sent so many times without an answer, data was not merely delayed. */
const LEAST_REPEATS = 2;

/** What the proxy sent at least three times on a leg without an acknowledgement when the event came. */
function repeatedInVain(leg: Path, clock: Clock | null, { packets: [reset] }: ResetEvent): Beyond['vain'] {
  const proxySide = leg.client === null ? 0 : 1;
  if (clock === null || reset === undefined) return null;
  const before = timelineOf(leg, clock).filter((packet) => !isReset(packet) && packet.time <= reset.time);
  const acked = knownAcked(before, proxySide);
  const open = before.filter(
    ({ from, length, seq }) =>
      from === proxySide && length > 1 && (acked === null || seqDiff(seq, acked) >= 0),
  );
  const repeated = open.length - new Set(open.map(({ seq }) => seq)).size;
  return repeated < LEAST_REPEATS ? null : open.slice(-LEAST_REPEATS);
}

/** The highest number that the other end of a leg acknowledged to one side. */
function knownAcked(packets: readonly Packet[], side: Side): number | null {
  let high: number | null = null;
  for (const { from, flags, ack } of packets) {
    if (from !== side && (flags & ACK) !== 0 && (high === null || seqDiff(ack, high) > 0)) high = ack;
  }
  return high;
}

/** The proxy's own RST on a leg, after probes of its own. */
function givenUp(leg: Path, clock: Clock | null): Beyond['gaveUp'] {
  const proxySide = leg.client === null ? 0 : 1;
  const segments = (leg.client ?? leg.server)?.segments ?? [];
  if (!segments.some((one) => one.from === proxySide && (one.flags & RST) !== 0)) return null;
  const timeline = timelineOf(leg, clock);
  const at = timeline.findIndex((packet) => isReset(packet) && packet.from === proxySide);
  const reset = timeline[at];
  const run = failedProbes(timeline.slice(0, at), reset, leg);
  return run === null ? null : { time: reset.time, packets: [...run.probes, reset] };
}
