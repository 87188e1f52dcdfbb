import { failureCause } from '../failure-causes.js';
import { readable } from '../readable.js';
import type { DeclaredReason, ResetMarks } from '../reason.js';

/** Number 12345, the placeholder of those drafts for their magic cookie, as CBOR writes it (RFC 8949, 3.1). */
const MAGIC_COOKIE = [0x19, 0x30, 0x39];
const ARRAY_OF_TWO = 0x82;

const CODE_KEY = 1;
const ENTERPRISE_KEY = 2;
const DESCRIPTION_KEY = 3;
const MOST_ENTRIES = 3;

const UNSIGNED = 0;
const TEXT = 3;
const MAP = 5;
/** Additional information of an item's first byte: from here on, its argument is in the 1, 2 or 4 bytes behind. */
const ARGUMENT_FOLLOWS = 24;
const ARGUMENT_WIDTHS = [1, 2, 4] as const;

interface Item {
  readonly type: number;
  readonly argument: number;
  /** Where what comes after its head starts. */
  readonly next: number;
}

/**
 * The first form of the RST Diagnostic Payload: a magic cookie and a map of reason code, enterprise and description in
 * CBOR (draft-boucadair-tcpm-rst-diagnostic-payload up to about version 14). Only what those drafts have is read.
 */
export function cborPayload({ payload }: ResetMarks): DeclaredReason | null {
  if (payload === null) return null;
  const start = payload[0] === ARRAY_OF_TWO ? 1 : 0;
  if (!MAGIC_COOKIE.every((byte, i) => payload[start + i] === byte)) return null;
  const map = readItem(payload, start + MAGIC_COOKIE.length);
  if (map === null || map.type !== MAP || map.argument > MOST_ENTRIES) return null;
  return reasonOf(readEntries(payload, map));
}

/** What was read of the map: later entries are missing where the payload ends early or holds something else. */
interface Entries {
  code: number | null;
  enterprise: number;
  text: string | null;
}

function readEntries(bytes: Uint8Array, map: Item): Entries {
  const entries: Entries = { code: null, enterprise: 0, text: null };
  let at = map.next;
  for (let i = 0; i < map.argument; i += 1) {
    const key = readItem(bytes, at);
    const value = key === null || key.type !== UNSIGNED ? null : readItem(bytes, key.next);
    if (key === null || value === null) return entries;
    at = value.next;
    if (value.type === TEXT) {
      at += value.argument;
      if (key.argument === DESCRIPTION_KEY) entries.text = readable(bytes.subarray(value.next, at));
    } else if (value.type !== UNSIGNED) return entries;
    else if (key.argument === CODE_KEY) entries.code = value.argument;
    else if (key.argument === ENTERPRISE_KEY) entries.enterprise = value.argument;
  }
  return entries;
}

function reasonOf({ code, enterprise, text }: Entries): DeclaredReason | null {
  if (code === null && text === null) return null;
  const [name, means] =
    code === null ? (['a description in words', 'unknown'] as const) : failureCause(code, enterprise);
  return { source: 'rst-diagnostic-payload', code, name, means, text, trust: 1 };
}

/** The head of the item at `at`; null where the bytes end, or hold an argument wider than 32 bits. */
function readItem(bytes: Uint8Array, at: number): Item | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const type = first >>> 5;
  const information = first & 0x1f;
  if (information < ARGUMENT_FOLLOWS) return { type, argument: information, next: at + 1 };
  const width = ARGUMENT_WIDTHS[information - ARGUMENT_FOLLOWS];
  if (width === undefined || at + 1 + width > bytes.length) return null;
  let argument = 0;
  for (let i = 1; i <= width; i += 1) argument = argument * 256 + (bytes[at + i] as number);
  return { type, argument, next: at + 1 + width };
}
