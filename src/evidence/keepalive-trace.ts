import type { Side } from '../flow/connection.js';
import type { End, Path } from '../pair/path.js';
import { SYN } from '../wire/tcp-flags.js';
import { type ProbeRun, sentIn } from './probe-run.js';
import { probesIn, sameTimer } from './probing.js';
import { endOf, isReset, type Packet } from './timeline.js';

/** What one path shows of the keepalive settings of one of its sides. Durations in nanoseconds, null where none shows. */
export interface KeepaliveTrace {
  readonly side: Side;
  /** The vantage whose times these are. */
  readonly end: End;
  /** From the last segment that it heard to its first probe, and from one answered probe to the next. */
  readonly time: number | null;
  /** From one unanswered probe to the next. */
  readonly interval: number | null;
  /** Unanswered probes after which it gave up. */
  readonly probes: number | null;
  /** Waits and intervals that this rests on. */
  readonly samples: number;
  readonly shown: readonly Packet[];
}

/** A connection that was given up, and whether a timeout ended the wait: then the count of probes says nothing. */
export interface GivenUpRun {
  readonly run: ProbeRun;
  readonly timedOut: boolean;
}

/** Kernels count keepalive times in seconds; what comes sooner is no keepalive timer's doing. */
const LEAST_STEP = 0.9e9;
/** Unanswered probes in one silence that show the interval: with one alone, its answer may only be missing here. */
const LEAST_UNANSWERED = 3;
/** As many as a connection's kept segments hold: there may have been more. */
const MOST_COUNTED = 15;
const MOST_SHOWN = 4;
const SIDES: readonly Side[] = [0, 1];

/** What a path shows of the keepalives of its sides; nothing for one that sent none. */
export function keepaliveTraces(
  path: Path,
  timeline: readonly Packet[],
  givenUp: readonly GivenUpRun[],
): KeepaliveTrace[] {
  return SIDES.flatMap((side) => {
    const near = endOf(side);
    const end: End = path[near] !== null ? near : near === 'client' ? 'server' : 'client';
    if (path[end] === null) return [];
    const seen = timeline.filter((packet) => packet[end] !== null);
    const found = samplesOf(seen, side, end, end === near);
    for (const one of givenUp) if (one.run.end === end && one.run.probes[0].from === side) addRun(found, one);
    return traceOf(found, side, end);
  });
}

interface Samples {
  readonly waits: number[];
  readonly steps: number[];
  readonly shown: Set<Packet>;
  probes: number | null;
}

/**
 * Waits before probes and steps between unanswered ones, as a vantage saw them. Far from the prober the first wait is
 * known for one only where it follows something else than probes.
 */
function samplesOf(seen: readonly Packet[], side: Side, end: End, heardHere: boolean): Samples {
  const kinds = probesIn(seen);
  const found: Samples = { waits: [], steps: [], shown: new Set(), probes: null };
  let heard: number | null = null;
  let anchored = heardHere;
  let silence: Packet[] = [];
  for (const packet of seen) {
    anchored ||= packet.length > 1 || (packet.flags & SYN) !== 0;
    if (packet.from !== side) {
      addSilence(found, silence, end);
      silence = [];
      heard = timeAt(packet, end);
    } else if (kinds.get(packet) === 'keepalive') {
      if (silence.length === 0 && heard !== null && anchored)
        addWait(found, packet, timeAt(packet, end) - heard, heardHere);
      silence.push(packet);
    } else if (!isReset(packet)) silence = [];
  }
  addSilence(found, silence, end);
  return found;
}

function timeAt(packet: Packet, end: End): number {
  return packet[end]?.time ?? packet.time;
}

/** Far from the prober an answer may be seen that it never got: then what follows comes after the interval. */
function addWait(found: Samples, probe: Packet, wait: number, heardHere: boolean): void {
  if (wait < LEAST_STEP) return;
  const first = found.waits[0];
  if (heardHere || first === undefined || sameTimer(first, wait)) found.waits.push(wait);
  else found.steps.push(wait);
  found.shown.add(probe);
}

function addSilence(found: Samples, silence: readonly Packet[], end: End): void {
  if (silence.length < LEAST_UNANSWERED) return;
  for (const [i, packet] of silence.entries()) {
    const step = i === 0 ? 0 : timeAt(packet, end) - timeAt(silence[i - 1], end);
    if (step >= LEAST_STEP) found.steps.push(step);
    found.shown.add(packet);
  }
}

function addRun(found: Samples, { run, timedOut }: GivenUpRun): void {
  if (run.rhythm === 'single' || run.rhythm === 'uneven' || run.interval < LEAST_STEP) return;
  found.steps.push(run.interval);
  for (const probe of run.probes) found.shown.add(probe);
  const sent = sentIn(run);
  if (!timedOut && run.wait !== null && sent < MOST_COUNTED) found.probes = sent;
}

function traceOf({ waits, steps, probes, shown }: Samples, side: Side, end: End): KeepaliveTrace[] {
  const samples = waits.length + steps.length;
  if (samples === 0) return [];
  const least = (values: readonly number[]) => (values.length === 0 ? null : Math.min(...values));
  return [
    {
      side,
      end,
      time: least(waits),
      interval: least(steps),
      probes,
      samples,
      shown: [...shown].slice(0, MOST_SHOWN),
    },
  ];
}
