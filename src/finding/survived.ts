import { MID_STREAM } from '../flow/connection-flags.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { EffectiveTimeout, FlowQuery, Policy } from '../lb/model.js';
import type { PairedRows } from '../pair/pairs.js';
import { onCommonClock, type Pairing } from '../pair/path.js';
import { timerTolerance } from '../policy/case.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Finding, FrameRef, PolicyCheck } from '../result.js';
import { confidenceLabel } from '../words.js';
import { cite } from './cite.js';
import { displayFilters } from './display-filter.js';
import type { Draft } from './draft.js';
import { openedAt } from './judged-flow.js';
import { pathOf } from './path-of.js';
import { timeAt } from './time.js';

const SECOND = 1e9;
/** Both vantages agree, and no timer is set below this. */
const LEAST_GAP_SECONDS = 2;
/** How much longer than its timeout a flow may stand in a table that is swept: this tool's own choice. */
const UNSWEPT_SHARE = 0.1;
/** A gap is measured, not judged. */
const CONFIDENCE = 0.99;
/** What ended a gap at one vantage arrives at the other within this. */
const LONGEST_TRANSIT = 3 * SECOND;
/** `longestGapSpeaker`: the side that was called had sent data last, so nothing was asked and not answered. */
const ANSWERED = 2;

/** A connection that lived through its longest gap, by its rows. */
interface Survivor {
  readonly client: number | null;
  readonly server: number | null;
  readonly seconds: number;
  /** In nanoseconds since the first frame of the capture that shows it, the client's where both do. */
  readonly endedAt: number;
  readonly answered: boolean;
  /** Whether both vantages saw one and the same TCP connection. */
  readonly unbroken: boolean;
  readonly frames: readonly FrameRef[];
}

/** Connections that lived through an idle time that should have ended them: one finding each. */
export function survivedTimeouts(pairing: Pairing, policy: Policy): Draft[] {
  return survivors(pairing).flatMap((survivor) => {
    const judged = judge(survivor, pairing);
    const effective = policy.resolve(judged.flow);
    if (effective.seconds === null || effective.seconds === Number.POSITIVE_INFINITY) return [];
    if (survivor.seconds <= latestEnd(effective.seconds, effective, judged)) return [];
    const product = policy.devices.find(({ name }) => name === effective.device)?.product;
    const proxied = product?.kind === 'proxy';
    // Through one side alone a gap of a forwarded flow may have been ended by what the other side never got.
    if (!proxied && (survivor.client === null || survivor.server === null)) return [];
    if (effective.activity === 'http' && !survivor.answered) return [];
    // What only forgets whom a flow belongs to ends nothing.
    if (effective.action === 'lose-affinity') return [];
    const check = checkPolicy(judged, policy);
    return [
      {
        time: onCommonClock(pairing, survivor.client === null ? 'server' : 'client', survivor.endedAt),
        frame: survivor.frames[0].frame,
        make: (id) => finding(id, survivor, check, pairing),
      },
    ];
  });
}

/**
 * Seconds of idleness after which the flow should be gone for certain. Flow tables are swept now and then: one that
 * outlived its timeout by little was perhaps only not swept yet, and that accuses nobody.
 */
function latestEnd(timeout: number, { lateSeconds = 0 }: EffectiveTimeout, judged: JudgedFlow): number {
  const swept = Math.max(timerTolerance(timeout), timeout * UNSWEPT_SHARE);
  return timeout + swept + lateSeconds + judged.idleUncertaintySeconds;
}

function survivors(pairing: Pairing): Survivor[] {
  return [...forwarded(pairing), ...legs(pairing, 'client'), ...legs(pairing, 'server')];
}

/** Gaps of connections that both vantages saw as one, ended at both by one segment that crossed. */
function forwarded(pairing: Pairing): Survivor[] {
  const { client, server } = pairing;
  const found: Survivor[] = [];
  for (const pair of pairing.pairs) {
    if (client === null || server === null) break;
    if (pair.proxied) continue;
    const one = gapAt(client, 'client', pair.client);
    const other = gapAt(server, 'server', pair.server);
    if (one !== null && other !== null && sameEnd(one, other, pairing))
      found.push(together(pair, one, other));
  }
  return found;
}

/** Gaps of connections that one vantage alone saw, or that a proxy has one of on each side: each leg has its own timer. */
function legs(pairing: Pairing, end: 'client' | 'server'): Survivor[] {
  const record = pairing[end];
  if (record === null) return [];
  const rows: number[] = [...pairing.unpaired(end)];
  for (const pair of pairing.pairs) if (pair.proxied) rows.push(pair[end]);
  return rows.flatMap((row) => {
    const gap = gapAt(record, end, row);
    if (gap === null) return [];
    return [{ client: null, server: null, [end]: row, ...gap, unbroken: false }] satisfies Survivor[];
  });
}

interface Gap extends Omit<Survivor, 'client' | 'server' | 'unbroken'> {
  /** Which side's segment ended it. */
  readonly ender: number;
}

/** Whether one segment that crossed ended the gap at both vantages; each end may have spoken into the void by itself. */
function sameEnd(one: Gap, other: Gap, { clock }: Pairing): boolean {
  if (one.ender !== other.ender || clock === null) return false;
  const transit = Math.abs(clock.toClient(other.endedAt) - one.endedAt);
  return transit <= LONGEST_TRANSIT + clock.uncertainty;
}

function gapAt({ log }: VantageRecord, vantage: 'client' | 'server', row: number): Gap | null {
  const c = log.connections.at(row);
  const seconds = c.longestGap / SECOND;
  if (seconds < LEAST_GAP_SECONDS) return null;
  return {
    seconds,
    endedAt: c.longestGapEnd,
    // Who opened a connection that was seen from its middle on is a guess, and so is who answered.
    answered: c.longestGapSpeaker === ANSWERED && (c.flags & MID_STREAM) === 0,
    ender: c.longestGapEnder,
    frames: [{ vantage, frame: c.longestGapFrame }],
  };
}

/** What both vantages saw as idle was idle between them too. */
function together({ client, server }: PairedRows, one: Gap, other: Gap): Survivor {
  const shorter = one.seconds <= other.seconds ? one : other;
  return {
    client,
    server,
    unbroken: true,
    seconds: shorter.seconds,
    endedAt: one.endedAt,
    answered: one.answered && other.answered,
    frames: [...one.frames, ...other.frames],
  };
}

function judge(survivor: Survivor, pairing: Pairing): JudgedFlow {
  const { seconds } = survivor;
  return {
    kind: 'survived-timeout',
    class: null,
    subtype: null,
    originator: 'unknown',
    confidence: CONFIDENCE,
    flow: flowOfRows(survivor, pairing),
    established: true,
    idleSeconds: seconds,
    idleUncertaintySeconds: (pairing.clock?.uncertainty ?? 0) / SECOND,
    resetTowardClient: null,
    resetTowardBackend: null,
    triggered: false,
  };
}

/** The flow of two rows, without reading the whole connections: there may be very many. */
function flowOfRows({ client, server, unbroken }: Survivor, pairing: Pairing): FlowQuery {
  const leg = server === null ? 'client' : client === null ? 'server' : null;
  const opened = client === null ? null : openedAt(pairing, client);
  return {
    direction: 'inbound',
    frontend: client === null ? null : pairing.endpointOf('client', client, 1),
    backend: server === null ? null : pairing.endpointOf('server', server, 1),
    lbPeer: server === null ? null : pairing.endpointOf('server', server, 0),
    ...(leg === null ? {} : { leg }),
    ...(unbroken ? { unbroken } : {}),
    ...(opened === null ? {} : { openedAt: opened }),
  };
}

function finding(id: string, survivor: Survivor, check: PolicyCheck, pairing: Pairing): Finding {
  const { client, server, seconds, frames } = survivor;
  const path = pairing.path(client, server, null);
  const cited = frames.map((ref) => cite(ref, pairing));
  const base = (client === null ? pairing.server?.baseTime : pairing.client?.baseTime) ?? 0n;
  return {
    id,
    kind: 'survived-timeout',
    class: null,
    subtype: null,
    originator: 'unknown',
    confidence: CONFIDENCE,
    confidenceLabel: confidenceLabel(CONFIDENCE),
    impact: 'harmless',
    time: timeAt(base, survivor.endedAt),
    path: pathOf(path),
    idleSeconds: seconds,
    resets: [],
    evidence: [
      {
        id: 'longest-gap',
        effect: 'supports',
        weight: 0,
        text: `nothing was sent for ${seconds.toFixed(1)} s; then the connection went on`,
        frames: cited,
      },
    ],
    alternatives: [],
    policyCheck: check,
    displayFilter: displayFilters(path, cited, pairing),
    remedy: [],
  };
}
