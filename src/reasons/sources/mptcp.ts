import type { CodeMeaning, DeclaredReason, ResetMarks } from '../reason.js';

/** Reasons of the option MP_TCPRST, by number (RFC 8684, 3.6); include/uapi/linux/mptcp.h has the same. */
export const MPTCP_REASONS: readonly CodeMeaning[] = [
  ['unspecified MPTCP error', 'unknown'],
  ['MPTCP-specific error', 'malformed'],
  ['MPTCP: lack of resources', 'resources'],
  ['MPTCP: administratively prohibited', 'rejected'],
  ['MPTCP: too much outstanding data', 'performance'],
  ['MPTCP: unacceptable performance', 'performance'],
  ['MPTCP: middlebox interference', 'middlebox-interference'],
];

/** The option by which a host that speaks MPTCP says why it resets a subflow. */
export function mptcpOption({ mptcpReset: code }: ResetMarks): DeclaredReason | null {
  if (code === null) return null;
  const [name, means] = MPTCP_REASONS[code] ?? [`unassigned MPTCP reason ${code}`, 'unknown'];
  return { source: 'mptcp', code, name, means, text: null, trust: 1 };
}
