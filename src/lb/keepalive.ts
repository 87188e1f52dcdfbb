import type { Remedy } from '../result.js';
import { formatDuration } from './duration.js';

/**
 * The share of a timeout that a keepalive may wait. Linux timers fire late by up to 1/8 of their value
 * (kernel/time/timer.c: each wheel level has 1/8 granularity), so 80 % set is at most 90 % in effect.
 */
const KEEPALIVE_SHARE = 0.8;

/** tcp_keepalive_intvl as Linux ships it (Documentation/networking/ip-sysctl.rst). */
const DEFAULT_INTERVAL_SECONDS = 75;

/** The remedy that works on any device that counts keepalives as activity. */
export function keepaliveRemedy(timeoutSeconds: number): Remedy {
  const seconds = Math.max(1, Math.floor(timeoutSeconds * KEEPALIVE_SHARE));
  return {
    text: `Send TCP keepalives well below the effective timeout, at most every ${formatDuration(seconds)}: TCP_KEEPIDLE on a socket with SO_KEEPALIVE, or for all such sockets of a Linux host by sysctl.`,
    command: `sysctl -w net.ipv4.tcp_keepalive_time=${seconds} net.ipv4.tcp_keepalive_intvl=${Math.min(seconds, DEFAULT_INTERVAL_SECONDS)}`,
  };
}
