import type { PathEvidence } from '../evidence/gather.js';
import type { KeepaliveTrace } from '../evidence/keepalive-trace.js';
import { sameTimer } from '../evidence/probing.js';
import type { Pairing } from '../pair/path.js';
import type { FrameRef, InferredKeepalive } from '../result.js';
import { cite } from './cite.js';
import { likelySetting } from './likely-settings.js';

const SECOND = 1e9;
/** Further ones, those with the fewest samples, are left out. */
const MOST_ENDPOINTS = 100;
/** Different settings of one host that are kept apart. */
const MOST_SETTINGS = 8;

/** Settings that one host showed, on connections that agree. Durations in nanoseconds. */
interface Settings {
  time: number | null;
  interval: number | null;
  probes: number | null;
  samples: number;
  readonly frames: readonly FrameRef[];
}

interface Host {
  readonly ip: string;
  readonly vantage: string;
  readonly settings: Settings[];
}

/** From the probes of connections that ended badly: with which timers each host keeps its connections alive. */
export class KeepaliveSettings {
  readonly #hosts = new Map<string, Host>();

  /** Notes what a path shows. */
  add({ path, keepalives }: PathEvidence): void {
    for (const trace of keepalives) {
      const ip = path[trace.end]?.endpoints[trace.side].ip;
      if (ip === undefined) continue;
      const key = `${trace.end} ${ip}`;
      const host = this.#hosts.get(key) ?? { ip, vantage: trace.end, settings: [] };
      this.#hosts.set(key, host);
      note(host.settings, trace);
    }
  }

  /** One entry for each host and setting, those with most samples first. */
  inferred(pairing: Pairing): InferredKeepalive[] {
    return [...this.#hosts.values()]
      .flatMap(({ ip, vantage, settings }) => settings.map((one) => ({ ip, vantage, one })))
      .sort((a, b) => b.one.samples - a.one.samples)
      .slice(0, MOST_ENDPOINTS)
      .map(({ ip, vantage, one }) => entryOf(ip, vantage, one, pairing));
  }
}

function note(settings: Settings[], trace: KeepaliveTrace): void {
  const home = settings.find((one) => agree(one, trace));
  if (home === undefined) {
    if (settings.length < MOST_SETTINGS) settings.push({ ...trace, frames: framesOf(trace) });
    return;
  }
  home.time = lower(home.time, trace.time);
  home.interval = lower(home.interval, trace.interval);
  // Who sent fewer had its first ones lost, or ended by another timer.
  home.probes = home.probes === null ? trace.probes : Math.max(home.probes, trace.probes ?? 0);
  home.samples += trace.samples;
}

/** Whether two observations can be of the same settings: what both show is the same. */
function agree(one: Settings, other: KeepaliveTrace): boolean {
  const same = (a: number | null, b: number | null) => a === null || b === null || sameTimer(a, b);
  if (!same(one.interval, other.interval)) return false;
  if (same(one.time, other.time))
    return one.probes === null || other.probes === null || one.probes === other.probes;
  const [a, b] = [inAll(one), inAll(other)];
  return a !== null && b !== null && sameTimer(a, b);
}

/** Where the first probe was lost, the wait is longer and the count lower: in all it is the same. */
function inAll({ time, interval, probes }: Pick<Settings, 'time' | 'interval' | 'probes'>): number | null {
  return time === null || interval === null || probes === null ? null : time + interval * probes;
}

function lower(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function framesOf({ shown, end }: KeepaliveTrace): FrameRef[] {
  return shown.flatMap((packet) => {
    const segment = packet[end];
    return segment === null ? [] : [{ vantage: end, frame: segment.frame }];
  });
}

function entryOf(ip: string, vantage: string, one: Settings, pairing: Pairing): InferredKeepalive {
  const seconds = (length: number | null) => (length === null ? null : length / SECOND);
  const likely = (length: number | null) => (length === null ? null : likelySetting(length / SECOND));
  return {
    endpoint: { ip },
    vantage,
    timeSeconds: seconds(one.time),
    likelyTimeSeconds: likely(one.time),
    intervalSeconds: seconds(one.interval),
    likelyIntervalSeconds: likely(one.interval),
    probes: one.probes,
    samples: one.samples,
    frames: one.frames.map((ref) => cite(ref, pairing)),
  };
}
