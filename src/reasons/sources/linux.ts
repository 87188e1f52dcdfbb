import type { CodeMeaning, DeclaredReason, ResetMarks } from '../reason.js';
import { MPTCP_REASONS } from './mptcp.js';

/**
 * Why Linux resets, by number (include/net/rstreason.h, enum sk_rst_reason, since Linux 6.12). Aborts by
 * tcp_disconnect() and on behalf of an administrator are "state" and "disconnect with data".
 */
const REASONS: readonly CodeMeaning[] = [
  ['NOT_SPECIFIED', 'unknown'],
  ['NO_SOCKET', 'no-socket'],
  ['TCP_INVALID_ACK_SEQUENCE', 'unexpected-ack'],
  ['TCP_RFC7323_PAWS', 'desynchronised'],
  ['TCP_TOO_OLD_ACK', 'unexpected-ack'],
  ['TCP_ACK_UNSENT_DATA', 'unexpected-ack'],
  ['TCP_FLAGS', 'malformed'],
  ['TCP_OLD_ACK', 'unexpected-ack'],
  ['TCP_ABORT_ON_DATA', 'data-after-close'],
  ['TCP_TIMEWAIT_SOCKET', 'data-after-close'],
  ['INVALID_SYN', 'unexpected-syn'],
  ['TCP_ABORT_ON_CLOSE', 'unread-data'],
  ['TCP_ABORT_ON_LINGER', 'abort'],
  ['TCP_ABORT_ON_MEMORY', 'resources'],
  ['TCP_STATE', 'abort'],
  ['TCP_KEEPALIVE_TIMEOUT', 'keepalive-failure'],
  ['TCP_DISCONNECT_WITH_DATA', 'abort'],
  ...MPTCP_REASONS,
  ['ERROR', 'unknown'],
];

/** Length of the payload of the experiment in that draft's appendix. */
const LENGTH = 1000;
/** Fewer bytes than this were captured: their being zero means nothing. */
const LEAST_CAPTURED = 8;

/**
 * The experiment with Linux in the appendix of draft-ietf-tcpm-rst-diagnostic-payload: 1000 bytes, of which the first is
 * the kernel's reason and all others are zero.
 */
export function linuxExperiment({ payload, length }: ResetMarks): DeclaredReason | null {
  if (payload === null || length !== LENGTH || payload.length < LEAST_CAPTURED) return null;
  const code = payload[0] as number;
  const reason = REASONS[code];
  if (code === 0 || reason === undefined || payload.subarray(1).some((byte) => byte !== 0)) return null;
  const [name, means] = reason;
  return { source: 'linux-rstreason', code, name, means, text: null, trust: 1 };
}
