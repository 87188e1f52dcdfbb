import { isPrintable, readable } from '../readable.js';
import type { DeclaredReason, ResetMarks } from '../reason.js';

/** Less than this is no word. */
const LEAST_TEXT = 3;
/** Bytes on the wire; more is no word about a cause, but the data of the connection in a segment that has RST set. */
const MOST_TEXT = 512;
/** Line ends and tabs are text too. */
const WHITE_SPACE = [0x09, 0x0a, 0x0d];

/** Any payload in plain text: a RST may say in words why it was sent (RFC 9293, 3.5.3). Quoted, and not understood. */
export function plainText({ payload, length }: ResetMarks): DeclaredReason | null {
  if (payload === null || payload.length < LEAST_TEXT || length > MOST_TEXT) return null;
  if (!payload.every((byte) => isPrintable(byte) || WHITE_SPACE.includes(byte))) return null;
  const text = readable(payload);
  return { source: 'text', code: null, name: 'words', means: 'unknown', text, trust: 1 };
}
