import type { Pairing } from '../pair/path.js';
import type { Endpoint, InferredTimeout } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { idleSecondsOf } from './judged-flow.js';

const SECOND = 1e9;
/** A default fits when it lies this close to the observed interval: timers fire late, captures are not exact. */
const FIT_SHARE = 0.02;
const FIT_SLACK = 1;
/** Gaps that survived are only told where they are long enough to mean idleness. */
const LEAST_SURVIVED = 1;

/** A product whose default timeout is known. */
export interface KnownDefault {
  readonly name: string;
  readonly seconds: number;
  /** How the end of a flow shows on this product. */
  readonly ways: readonly string[];
}

/** How the end of a flow showed, by the subtype of its verdict. */
const WAYS: Readonly<Record<string, string>> = {
  'both-ends-at-timer': 'at-timer',
  'one-leg-at-timer': 'at-timer',
  'next-packet': 'on-next',
  'silent-expiry': 'silent',
};

interface Gaps {
  readonly frontend: Endpoint;
  /** Idle times after which the balancer had ended the flow, in seconds. */
  readonly died: number[];
  /** Of those, the ones that it ended by itself, at its timer. */
  readonly atTimer: number[];
  /** How they ended. */
  readonly ways: Set<string>;
  /** Idle times that a connection came through, in seconds. */
  readonly survived: number[];
}

/** From gaps that died and gaps that survived: the effective idle timeout of each frontend, as an interval. */
export class IdleTimeouts {
  readonly #byFrontend = new Map<string, Gaps>();

  /** Notes the idle time after which a balancer ended a flow, if the verdict says that it did. */
  add(verdict: Verdict): void {
    if (verdict.class !== 'lb-idle-timeout' || verdict.subtype === 'secondary') return;
    const seconds = idleSecondsOf(verdict);
    const frontend = verdict.evidenceOf.path.client?.endpoints[1];
    if (frontend === undefined || seconds === null) return;
    const key = `${frontend.ip} ${frontend.port}`;
    const gaps = this.#byFrontend.get(key) ?? {
      frontend,
      died: [],
      atTimer: [],
      ways: new Set(),
      survived: [],
    };
    this.#byFrontend.set(key, gaps);
    gaps.died.push(seconds);
    const way = WAYS[verdict.subtype];
    if (way !== undefined) gaps.ways.add(way);
    if (verdict.subtype === 'both-ends-at-timer' || verdict.subtype === 'one-leg-at-timer')
      gaps.atTimer.push(seconds);
  }

  /** Whether no flow ended idle. */
  get isEmpty(): boolean {
    return this.#byFrontend.size === 0;
  }

  /** One interval for each frontend that ended a flow. */
  inferred(pairing: Pairing, defaults: readonly KnownDefault[]): InferredTimeout[] {
    if (this.#byFrontend.size > 0) noteSurvivors(pairing, this.#byFrontend);
    return [...this.#byFrontend.values()].map((gaps) => intervalOf(gaps, defaults));
  }
}

/** A gap that both vantages saw end was ended by a packet that crossed: the balancer still knew the flow. */
function noteSurvivors(pairing: Pairing, byFrontend: ReadonlyMap<string, Gaps>): void {
  const { client, server } = pairing;
  if (client === null || server === null) return;
  for (const pair of pairing.pairs) {
    const gap = Math.min(
      client.log.connections.at(pair.client).longestGap,
      server.log.connections.at(pair.server).longestGap,
    );
    if (gap < LEAST_SURVIVED * SECOND) continue;
    const frontend = pairing.endpointOf('client', pair.client, 1);
    byFrontend.get(`${frontend.ip} ${frontend.port}`)?.survived.push(gap / SECOND);
  }
}

function intervalOf(
  { frontend, died, atTimer, ways, survived }: Gaps,
  defaults: readonly KnownDefault[],
): InferredTimeout {
  const upper = atTimer.length > 0 ? highest(atTimer) : lowest(died);
  const shorter = survived.filter((seconds) => seconds <= upper);
  const lower = atTimer.length > 0 ? lowest(atTimer) : shorter.length > 0 ? highest(shorter) : null;
  const fits = ({ seconds, ways: possible }: KnownDefault) => {
    if ([...ways].some((way) => !possible.includes(way))) return false;
    const slack = Math.max(FIT_SLACK, seconds * FIT_SHARE);
    return seconds >= (lower ?? 0) - slack && seconds <= upper + slack;
  };
  return {
    frontend,
    lowerSeconds: lower,
    upperSeconds: upper,
    samples: died.length + survived.length,
    candidates: lower === null ? [] : defaults.filter(fits).map(({ name }) => name),
  };
}

function lowest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function highest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
