import { countsKeepalives } from '../../lb/keepalive.js';
import type { FlowQuery, Policy } from '../../lb/model.js';
import type { FrameRef } from '../../result.js';
import { timerTolerance } from '../case.js';
import type { ConfigCheck, Exposure } from './exposure.js';
import { keepaliveInterval, tooSlow } from './keepalive-interval.js';
import { keepaliveUncounted, uncounted } from './keepalive-uncounted.js';

/** Keepalives that were seen on a connection that lives. */
export interface Habit {
  readonly end: 'client' | 'backend';
  /** Seconds: the longest step between them. */
  readonly intervalSeconds: number;
  /** On the client's time line, in nanoseconds. */
  readonly lastTime: number;
  readonly frames: readonly FrameRef[];
}

const SECOND = 1e9;

/** Whether keepalives that were seen protect a flow from the timer that its configuration gives it; null if they do. */
export function habitExposure(
  { end, intervalSeconds }: Habit,
  policy: Policy,
  flow: FlowQuery,
  uncertainty: number,
): { readonly check: ConfigCheck; readonly exposure: Exposure } | null {
  const effective = policy.resolve(flow);
  const device = policy.devices.find(({ name }) => name === effective.device);
  const { seconds } = effective;
  if (device === undefined || seconds === null || !Number.isFinite(seconds)) return null;
  const proxied = device.product.kind === 'proxy';
  // A proxy that was declared and cannot be there does nothing to this flow.
  if (proxied && flow.unbroken === true) return null;
  const timer = { device, effective, seconds };
  const counts = countsKeepalives(effective.activity);
  if (counts === false && proxied)
    return { check: keepaliveUncounted, exposure: uncounted(end, rounded(intervalSeconds), timer) };
  const slack = timerTolerance(seconds) + uncertainty / SECOND;
  if (counts !== true || intervalSeconds < seconds - slack) return null;
  return { check: keepaliveInterval, exposure: tooSlow(end, rounded(intervalSeconds), timer) };
}

/** Measured intervals carry the lateness of kernel timers. */
function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
