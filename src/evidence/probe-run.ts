import type { Side } from '../flow/connection.js';
import type { End, Path } from '../pair/path.js';
import { seqAdd } from '../wire/seq.js';
import { ACK } from '../wire/tcp-flags.js';
import { sameTimer } from './probing.js';
import { endOf, nearSender, type Packet } from './timeline.js';

/** The keepalive probes after which an end gave up, as its capture shows them, or as they arrived at the other one. */
export interface ProbeRun {
  readonly probes: readonly Packet[];
  /** Where they were seen: their times are those of this vantage. */
  readonly end: End;
  /** Nanoseconds from the last segment before them to the first; null when nothing was seen before. */
  readonly wait: number | null;
  /** Nanoseconds from each probe to the next, and from the last one to the RST. */
  readonly steps: readonly number[];
  /** The least of them. */
  readonly interval: number;
  readonly rhythm: Rhythm;
  /** Probes that the capture does not have, as far as the gaps between the others tell. */
  readonly missing: number;
  /** Answers were seen, though not where the prober would have received them, and it acted as if there were none. */
  readonly answersUnheard: boolean;
}

/** Whether the steps are those of one timer: all of them, but for lost probes, or not at all. */
export type Rhythm = 'even' | 'holes' | 'uneven' | 'single';

/** A hole of more steps than this is no hole, nor one that is not whole steps to this share of one, or nanoseconds. */
const MOST_IN_HOLE = 8;
const HOLE_SHARE = 0.05;
const HOLE_SLACK = 0.03e9;
/** Steps that grow by this and more, each, are a backoff: window probes double (net/ipv4/tcp_timer.c, tcp_probe_timer). */
const BACKOFF = 1.6;
/** Answered probes and a RST in even steps: fewer are no rhythm. */
const LEAST_RHYTHM = 3;

/**
 * The run of keepalive probes right before a RST of the same side; null when there was none. Told by the RST's number,
 * which is the next after theirs: that works for connections seen from the middle on too.
 * @param before packets before the RST
 */
export function failedProbes(before: readonly Packet[], reset: Packet, path: Path): ProbeRun | null {
  if (!before.some((packet) => isProbeOf(packet, reset))) return null;
  const end = whereProbed(before, reset, path);
  const seen = before.filter((packet) => packet[end] !== null);
  const first = seen.findLastIndex((packet) => !isProbeOf(packet, reset)) + 1;
  if (first < seen.length) return hasClosedWindow(before, reset.from) ? null : runOf(seen, first, reset, end);
  return reset[endOf(reset.from)] === null ? unheard(seen, reset, end) : null;
}

/** Near the prober if its capture has as many of the probes: what got lost further on shows only there. */
function whereProbed(before: readonly Packet[], reset: Packet, path: Path): End {
  const near = endOf(reset.from);
  const far: End = near === 'client' ? 'server' : 'client';
  if (path[near] === null) return far;
  if (path[far] === null || reset[near] !== null) return near;
  const probes = before.filter((packet) => isProbeOf(packet, reset));
  const seenAt = (end: End) => probes.filter((packet) => packet[end] !== null).length;
  return seenAt(near) >= seenAt(far) ? near : far;
}

function isProbeOf(packet: Packet, reset: Packet): boolean {
  return (
    packet.from === reset.from &&
    packet.flags === ACK &&
    packet.length <= 1 &&
    packet.seq === seqAdd(reset.seq, -1)
  );
}

/** As either capture shows it: the one near the prober may have begun too late for it. */
function hasClosedWindow(before: readonly Packet[], prober: Side): boolean {
  const peer = before.findLast((packet) => packet.from !== prober);
  return peer !== undefined && nearSender(peer).segment.window === 0;
}

function runOf(seen: readonly Packet[], first: number, reset: Packet, end: End): ProbeRun {
  return measured(seen.slice(first), seen[first - 1], reset, end, false);
}

function measured(
  probes: readonly Packet[],
  previous: Packet | undefined,
  reset: Packet,
  end: End,
  answersUnheard: boolean,
): ProbeRun {
  const timeOf = (packet: Packet) => (reset[end] === null ? packet.time : (packet[end]?.time ?? packet.time));
  // Probes are alike: one that each capture lacks may be taken for another, and stand in its place.
  const ordered = [...probes].sort((a, b) => timeOf(a) - timeOf(b));
  const packets = [...ordered, reset];
  const captured = paceOf(differences(packets.map(timeOf)));
  const stamped = captured.rhythm === 'uneven' ? paceByStamps(packets) : null;
  return {
    probes: ordered,
    end,
    wait: previous === undefined ? null : timeOf(ordered[0]) - timeOf(previous),
    ...(stamped ?? captured),
    answersUnheard,
  };
}

type Pace = Pick<ProbeRun, 'steps' | 'interval' | 'rhythm' | 'missing'>;

function paceOf(steps: readonly number[]): Pace {
  const interval = Math.min(...steps);
  const multiples = steps.map((step) => multipleOf(step, interval));
  const missing = multiples.reduce((sum: number, times) => sum + (times ?? 1) - 1, 0);
  return { steps, interval, rhythm: rhythmOf(steps, multiples, missing), missing };
}

/** Linux counts its timestamps in milliseconds (include/net/tcp.h, TCP_TS_HZ). */
const STAMP_TICK = 1e6;

/** By the prober's own clock, where that of the capture was set in between; null where that shows no rhythm either. */
function paceByStamps(packets: readonly Packet[]): Pace | null {
  const stamps = packets.map((packet) => nearSender(packet).segment.timestamp);
  if (stamps.some((stamp) => stamp === null)) return null;
  const steps = differences(stamps as number[]).map((ticks) => (ticks >>> 0) * STAMP_TICK);
  const pace = paceOf(steps);
  return pace.rhythm === 'uneven' ? null : pace;
}

function differences(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]);
}

/** How many intervals a step is long; null when it is no whole number of them. */
function multipleOf(step: number, interval: number): number | null {
  if (sameTimer(step, interval)) return 1;
  const times = Math.round(step / interval);
  const off = Math.abs(step - times * interval);
  return times <= MOST_IN_HOLE && off <= HOLE_SHARE * interval + HOLE_SLACK ? times : null;
}

/** One step for each probe: where most are missing, whole steps are chance. */
function rhythmOf(steps: readonly number[], multiples: readonly (number | null)[], missing: number): Rhythm {
  if (steps.length < 2) return 'single';
  const growing = steps.slice(1).every((step, i) => step >= BACKOFF * steps[i]);
  if (multiples.includes(null) || growing) return 'uneven';
  if (missing >= steps.length) return 'uneven';
  return missing > 0 ? 'holes' : 'even';
}

/**
 * Probes that were answered where they arrived, far from their sender, which went on as if they had not been: answered
 * probes repeat after the first wait, unanswered ones after the interval, and the RST comes when the next one is due.
 */
function unheard(seen: readonly Packet[], reset: Packet, end: End): ProbeRun | null {
  const isAnswer = (packet: Packet) =>
    packet.from !== reset.from &&
    packet[endOf(reset.from)] === null &&
    packet.flags === ACK &&
    packet.length === 0 &&
    packet.ack === reset.seq &&
    nearSender(packet).segment.window > 0;
  const start = seen.findLastIndex((packet) => !isProbeOf(packet, reset) && !isAnswer(packet)) + 1;
  const first = seen.findIndex((packet, at) => at >= start && isProbeOf(packet, reset));
  if (first < 0) return null;
  const probes = seen.slice(first).filter((packet) => isProbeOf(packet, reset));
  const run = measured(probes, seen[first - 1], reset, end, true);
  const ownPace = run.wait !== null && !sameTimer(run.wait, run.interval);
  const steady = ownPace
    ? run.rhythm === 'even' || run.rhythm === 'holes'
    : run.rhythm === 'even' && probes.length >= LEAST_RHYTHM;
  return steady ? run : null;
}

/** Nanoseconds from the last segment before the probes to the RST; null when nothing was seen before them. */
export function patienceOf({ wait, steps }: ProbeRun): number | null {
  return wait === null ? null : steps.reduce((sum, step) => sum + step, wait);
}

/** Probes that were sent, as far as the capture tells. */
export function sentIn({ probes, missing }: ProbeRun): number {
  return probes.length + missing;
}
