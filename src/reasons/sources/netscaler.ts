import type { CodeMeaning, DeclaredReason, Meaning, ResetMarks } from '../reason.js';

/**
 * NetScaler puts a code into the window of the resets that it sends (https://support.citrix.com/article/CTX200852). Runs
 * of codes that are listed there; between them there are none.
 */
const LISTED: readonly (readonly [from: number, to: number])[] = [
  [8196, 8196],
  [8201, 8202],
  [8204, 8214],
  [9100, 9100],
  [9201, 9203],
  [9205, 9210],
  [9212, 9212],
  [9214, 9214],
  [9216, 9222],
  [9300, 9311],
  [9400, 9401],
  [9450, 9460],
  [9600, 9602],
  [9700, 9702],
  [9704, 9704],
  [9800, 9800],
  [9810, 9814],
  [9816, 9827],
  [9829, 9839],
  [9841, 9866],
  [9868, 9868],
  [9870, 9890],
  [9900, 9906],
  [9911, 9915],
  [9951, 9953],
  [9956, 9983],
  [10000, 10006],
  [10016, 10020],
  [10022, 10024],
  [10026, 10030],
  [10032, 10040],
  [10042, 10042],
];

/** Codes whose meaning a reader is likely to need, in groups that mean the same. */
const GROUPS: readonly (readonly [name: string, means: Meaning, ...codes: number[]])[] = [
  ['idle or zombie timeout', 'idle-timeout', 8211, 9300, 9301, 9302, 9303],
  ['stray packet', 'no-socket', 8201, 8202, 8212],
  ['SYN out of place', 'unexpected-syn', 8204, 8207],
  ['wrong ACK in the handshake', 'unexpected-ack', 8205, 9305],
  ['packet of an old connection', 'desynchronised', 8206, 9202, 9600, 9601],
  ['too many retransmissions', 'retransmission-timeout', 8208],
  ['zero-window probes given up', 'retransmission-timeout', 9304],
  ['keepalive probing failed', 'keepalive-failure', 9310, 9976],
  ['short of memory', 'resources', 8209, 9216, 9219, 9220, 9704, 9819, 9826, 9839, 9842, 9874, 9880],
  ['connections flushed at a limit', 'resources', 9400, 9401, 9602],
  ['MSS of the SYN too large', 'illegal-option', 8214],
  ['malformed HTTP', 'malformed', 9205, 9206, 9207, 9209, 9210, 9212, 9222],
  ['incomplete HTTP exchange', 'application-error', 9100, 9208],
  ['RST of the other side passed on', 'reset-received', 9700, 9701],
  ['data after FIN', 'data-after-close', 9702],
  ['monitoring of a service', 'health-check', 9800, 9843],
  ['TLS error', 'application-error', 8196, 9811, 9816, 9818, 9833, 9838, 9951, 9952],
  ['configuration changed', 'configuration', 9812, 9817, 9821, 9822, 9827, 9848],
  ['rejected by policy', 'rejected', 8210, 9814, 9830, 9845],
  ['action on a timeout', 'idle-timeout', 9953],
];

const NAMED: ReadonlyMap<number, CodeMeaning> = new Map(
  GROUPS.flatMap(([name, means, ...codes]) => codes.map((code) => [code, [name, means]] as const)),
);

/** A window that happens to be a listed code is not rare enough to be sure of. */
const TRUST = 0.5;

/** Name and meaning of a window as a reset code; null where no such code is listed. */
export function netscalerCode(window: number): CodeMeaning | null {
  if (!LISTED.some(([from, to]) => window >= from && window <= to)) return null;
  return NAMED.get(window) ?? ['another cause', 'unknown'];
}

/** The code in the window, where the window is none that its alleged sender ever had. */
export function netscalerWindow({ window, foreignWindow }: ResetMarks): DeclaredReason | null {
  const known = foreignWindow ? netscalerCode(window) : null;
  if (known === null) return null;
  const [name, means] = known;
  return { source: 'netscaler', code: window, name, means, text: null, trust: TRUST };
}
