import { formatDuration } from './duration.js';
import type { TimedRemedy } from './model.js';
import type { Activity, TimerModel } from './product-model.js';

/**
 * The share of a timeout that a keepalive may wait. Linux timers fire late by up to 1/8 of their value
 * (kernel/time/timer.c: each wheel level has 1/8 granularity), so 80 % set is at most 90 % in effect.
 */
const KEEPALIVE_SHARE = 0.8;

/** tcp_keepalive_intvl as Linux ships it (Documentation/networking/ip-sysctl.rst). */
const DEFAULT_INTERVAL_SECONDS = 75;

/** The longest keepalive interval that is safe for a timeout, in whole seconds. */
export function safeInterval(timeoutSeconds: number): number {
  return Math.max(1, Math.floor(timeoutSeconds * KEEPALIVE_SHARE));
}

/** The remedy that works on any device that counts keepalives as activity. */
export function keepaliveRemedy(timeoutSeconds: number): TimedRemedy {
  const seconds = safeInterval(timeoutSeconds);
  return {
    text: `Send TCP keepalives well below the effective timeout, at most every ${formatDuration(seconds)}: TCP_KEEPIDLE on a socket with SO_KEEPALIVE, or for all such sockets of a Linux host by sysctl.`,
    command: `sysctl -w net.ipv4.tcp_keepalive_time=${seconds} net.ipv4.tcp_keepalive_intvl=${Math.min(seconds, DEFAULT_INTERVAL_SECONDS)}`,
    everySeconds: seconds,
  };
}

/** What has to be sent instead, where TCP keepalives do not count. */
export function heartbeatRemedy(timeoutSeconds: number, timer: TimerModel): TimedRemedy {
  const everySeconds = safeInterval(timeoutSeconds);
  return {
    text: `Send ${COUNTED[timer.activity]} at least every ${formatDuration(everySeconds)}: TCP keepalives do not restart ${timer.setting} (${timer.source.url}).`,
    command: null,
    everySeconds,
  };
}

const COUNTED: Readonly<Record<Activity, string>> = {
  'any-packet': 'any segment',
  payload: 'application data, such as a heartbeat,',
  'payload-each-way': 'application data in each direction',
  http: 'a request, or close the connection yourself',
  unknown: 'application data',
};

/** Whether TCP keepalives restart a timer; null where it is not known. */
export function countsKeepalives(activity: Activity | undefined): boolean | null {
  if (activity === undefined || activity === 'unknown') return null;
  return activity === 'any-packet';
}
