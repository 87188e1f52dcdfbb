import type { DeclaredReason, ResetMarks } from './reason.js';
import { cborPayload } from './sources/cbor-payload.js';
import { diagnosticPayload } from './sources/diagnostic-payload.js';
import { f5Text } from './sources/f5.js';
import { linuxExperiment } from './sources/linux.js';
import { mptcpOption } from './sources/mptcp.js';
import { netscalerWindow } from './sources/netscaler.js';
import { plainText } from './sources/text.js';

/** Every format in which a RST states its cause, the surest first. One file each; a test misses none. */
export const SOURCES: readonly ((marks: ResetMarks) => DeclaredReason | null)[] = [
  diagnosticPayload,
  cborPayload,
  linuxExperiment,
  f5Text,
  mptcpOption,
  plainText,
  netscalerWindow,
];

/** The cause that a RST states of itself; null when it states none that is understood. */
export function declaredReason(marks: ResetMarks): DeclaredReason | null {
  for (const source of SOURCES) {
    const reason = source(marks);
    if (reason !== null) return reason;
  }
  return null;
}
