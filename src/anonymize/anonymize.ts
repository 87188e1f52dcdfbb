import { isIP } from 'node:net';
import { ipBytes, ipText } from '../ip-bytes.js';
import type { Result } from '../result.js';
import { CryptoPan } from './crypto-pan.js';

/** What may be an address within a text: digits and dots, or digits and colons. */
const CANDIDATE =
  /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?!\.?\d|\w|::)/gi;
const LEFT_OUT = '(left out)';
/** Shorter payloads stand in other texts by chance. */
const SHORTEST_PAYLOAD = 4;

/**
 * The report with other addresses, everywhere the same for the same one and alike for those of one network, and
 * without text from payloads: for somebody who must not see either.
 * @param key 32 bytes; the same key gives the same addresses
 */
export function anonymize(result: Result, key: Uint8Array): Result {
  const pan = new CryptoPan(key);
  const known = new Map<string, string>();
  const address = (ip: string): string => {
    const found = known.get(ip) ?? ipText(pan.anonymize(ipBytes(ip)));
    known.set(ip, found);
    return found;
  };
  const payloads = [
    ...new Set(
      result.findings.flatMap(({ resets }) => resets).flatMap(({ payloadText }) => payloadText ?? []),
    ),
  ]
    .filter((text) => text.length >= SHORTEST_PAYLOAD)
    .sort((a, b) => b.length - a.length);
  const clean = (text: string): string => {
    const without = payloads.reduce((rest, payload) => rest.replaceAll(payload, LEFT_OUT), text);
    return without.replace(CANDIDATE, (found) => (isIP(found) === 0 ? found : address(found)));
  };
  return mapped(result, clean) as Result;
}

/** A copy of a plain value with every text changed, and no payload. */
function mapped(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, clean));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'payloadText' ? null : mapped(item, clean)]),
  );
}
