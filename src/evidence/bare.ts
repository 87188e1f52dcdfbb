import type { SeenSegment } from '../flow/connection.js';

/**
 * Whether a RST has neither a window nor anything else of a socket, as a reply to a stray segment. One option it may have:
 * Linux says in MP_TCPRST why it replies (net/mptcp/options.c, mptcp_get_reset_option).
 */
export function isBare({ window, hasOptions, mptcpReset, timestamp }: SeenSegment): boolean {
  return window === 0 && (!hasOptions || (mptcpReset !== null && timestamp === null));
}

/** What options a bare RST has, in a reader's words. */
export function optionsOf({ mptcpReset }: SeenSegment): string {
  return mptcpReset === null ? 'no options' : 'no option but MP_TCPRST';
}
