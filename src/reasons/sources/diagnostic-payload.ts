import { failureCause } from '../failure-causes.js';
import { readable } from '../readable.js';
import type { DeclaredReason, ResetMarks } from '../reason.js';

const LENGTH = 8;
const CAUSE_MAGIC = 0x33aa;
const TEXT_MAGIC = 0xf317;
const MAGIC_LENGTH = 2;

/**
 * RST Diagnostic Payload: exactly 8 bytes, a magic number, a reason code and the private enterprise number of its
 * vocabulary (draft-ietf-tcpm-rst-diagnostic-payload). Another length or code 0 make it no such payload. Versions 15 and
 * 16 of the individual draft also had text behind a magic number of its own.
 */
export function diagnosticPayload({ payload, length }: ResetMarks): DeclaredReason | null {
  if (payload === null || payload.length < MAGIC_LENGTH) return null;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const magic = view.getUint16(0);
  if (magic === TEXT_MAGIC) return described(payload.subarray(MAGIC_LENGTH));
  if (magic !== CAUSE_MAGIC || length !== LENGTH || payload.length < LENGTH) return null;
  const code = view.getUint16(2);
  if (code === 0) return null;
  const [name, means] = failureCause(code, view.getUint32(4));
  return { source: 'rst-diagnostic-payload', code, name, means, text: null, trust: 1 };
}

function described(words: Uint8Array): DeclaredReason | null {
  if (words.length === 0) return null;
  return {
    source: 'rst-diagnostic-payload',
    code: null,
    name: 'a description in words',
    means: 'unknown',
    text: readable(words),
    trust: 1,
  };
}
