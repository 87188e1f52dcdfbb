import { survivedGap } from '../evidence/survivors.js';
import type { Pairing } from '../pair/path.js';
import type { Endpoint, InferredTimeout } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { idleSecondsOf } from './judged-flow.js';
import { legClose } from './leg-close.js';
import { isSharp, timerKind } from './timer-kind.js';

const SECOND = 1e9;
/** A default fits when it lies this close to the observed interval: timers fire late, captures are not exact. */
const FIT_SHARE = 0.02;
const FIT_SLACK = 1;
/** Gaps that survived are only told where they are long enough to mean idleness. */
const LEAST_SURVIVED = 1;
/** What a proxy closes sooner than this after the last data, it closes for another reason. */
const LEAST_CLOSED = 5;
/** A proxy closes for many reasons: only connections that it closed after the same time tell of a timer. */
const LEAST_ALIKE = 2;
const PROXY_CLOSE = 'proxy-close';

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
  /** Idle times, by client, after which a proxy closed hard, for whichever reason. */
  readonly closed: Map<string, number>;
  /** How many it ended on the next packet. */
  onNext: number;
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
    const { client } = verdict.evidenceOf.path;
    if (client === null) return;
    if (verdict.subtype === PROXY_CLOSE) {
      const seconds = legIdleSeconds(verdict);
      if (seconds !== null && seconds >= LEAST_CLOSED)
        this.#gapsOf(client.endpoints[1]).closed.set(keyOf(client.endpoints[0]), seconds);
      return;
    }
    if (verdict.class !== 'lb-idle-timeout' || verdict.subtype === 'secondary') return;
    const seconds = idleSecondsOf(verdict);
    if (seconds !== null) noteDeath(this.#gapsOf(client.endpoints[1]), WAYS[verdict.subtype], seconds);
  }

  #gapsOf(frontend: Endpoint): Gaps {
    const key = keyOf(frontend);
    const known = this.#byFrontend.get(key);
    if (known !== undefined) return known;
    const gaps: Gaps = {
      frontend,
      died: [],
      atTimer: [],
      closed: new Map(),
      onNext: 0,
      ways: new Set(),
      survived: [],
    };
    this.#byFrontend.set(key, gaps);
    return gaps;
  }

  /** Whether no flow ended idle. */
  get isEmpty(): boolean {
    return this.#byFrontend.size === 0;
  }

  /** One interval for each frontend that ended a flow. */
  inferred(pairing: Pairing, defaults: readonly KnownDefault[]): InferredTimeout[] {
    const all = [...this.#byFrontend.values()];
    for (const gaps of all) for (const seconds of alike(gaps.closed)) noteDeath(gaps, 'at-timer', seconds);
    if (all.length > 0) noteSurvivors(pairing, this.#byFrontend);
    return all.filter(({ died }) => died.length > 0).map((gaps) => intervalOf(gaps, defaults));
  }
}

function keyOf({ ip, port }: Endpoint): string {
  return `${ip} ${port}`;
}

function noteDeath(gaps: Gaps, way: string | undefined, seconds: number): void {
  gaps.died.push(seconds);
  if (way !== undefined) gaps.ways.add(way);
  if (way === 'at-timer') gaps.atTimer.push(seconds);
  if (way === 'on-next') gaps.onNext += 1;
}

/** The most idle times that agree as those of one punctual timer do; none where no two do. */
function alike(closed: ReadonlyMap<string, number>): readonly number[] {
  const values = [...closed.values()].sort((a, b) => a - b);
  let best: readonly number[] = [];
  for (let from = 0, to = 0; from < values.length; from += 1) {
    while (to < values.length && isSharp(values[from], values[to])) to += 1;
    if (to - from > best.length) best = values.slice(from, to);
  }
  return best.length >= LEAST_ALIKE ? best : [];
}

/** A proxy's timer counts data alone, and each leg for itself: keepalives are its kernel's business. */
function legIdleSeconds({ scenes }: Verdict): number | null {
  const first = scenes[0];
  return first === undefined ? null : legClose(first.scene).idleSeconds;
}

/**
 * A gap that both vantages saw end was ended by a packet that crossed: the balancer still knew the flow.
 * What a proxy's leg lived through may have ended by the proxy's own close.
 */
function noteSurvivors(pairing: Pairing, byFrontend: ReadonlyMap<string, Gaps>): void {
  const { client, server } = pairing;
  if (client === null || server === null) return;
  for (const pair of pairing.pairs) {
    if (pair.proxied) continue;
    const gap = survivedGap(client, server, pair);
    if (gap === null || gap < LEAST_SURVIVED * SECOND) continue;
    const frontend = pairing.endpointOf('client', pair.client, 1);
    byFrontend.get(keyOf(frontend))?.survived.push(gap / SECOND);
  }
}

function intervalOf(
  { frontend, died, atTimer, onNext, ways, survived }: Gaps,
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
  const { timer, text } = timerKind(atTimer, onNext);
  return {
    frontend,
    timer,
    timerText: text,
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
