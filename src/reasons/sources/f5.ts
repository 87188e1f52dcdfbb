import { readable } from '../readable.js';
import type { CodeMeaning, DeclaredReason, ResetMarks } from '../reason.js';

/**
 * What a BIG-IP writes into a RST with `tm.rstcause.pkt` on (https://my.f5.com/manage/s/article/K13223): its name, a place
 * in its program, and the cause in words, such as `BIG-IP: [0x2409a71:704] Flow expired (sweeper)`.
 */
const FORM = /^BIG-IP: \[0x[0-9a-f]{1,16}:\d{1,10}\]/i;

/** Causes as `tmsh show net rst-cause` counts them, found by the words that they have in common. */
const CAUSES: readonly (readonly [words: RegExp, ...CodeMeaning])[] = [
  [/flow expired/i, 'flow expired', 'idle-timeout'],
  [/keep-?alive timeout/i, 'keepalive timeout', 'keepalive-failure'],
  [/handshake timeout/i, 'handshake timeout', 'handshake-timeout'],
  [/retransmit timeout/i, 'retransmit timeout', 'retransmission-timeout'],
  [/RST from remote/i, 'RST from the remote system', 'reset-received'],
  [/no flow found/i, 'no flow found', 'no-socket'],
  [/no local listener/i, 'no local listener', 'rejected'],
  [/port denied/i, 'port denied', 'rejected'],
  [/3WHS rejected/i, 'handshake rejected', 'rejected'],
  [/policy action/i, 'policy action', 'rejected'],
  [/connection limit/i, 'connection limit exceeded', 'resources'],
  [/memory|reaped/i, 'short of memory', 'resources'],
  [/no (?:pool member|server)/i, 'no pool member', 'unreachable'],
  [/no route to host/i, 'no route to host', 'unreachable'],
  [/HA disconnect|failover/i, 'failover', 'configuration'],
];

/** Name and meaning of a cause in words, as far as they are known. */
export function f5Cause(text: string): CodeMeaning {
  const known = CAUSES.find(([words]) => words.test(text));
  return known === undefined ? ['another cause', 'unknown'] : [known[1], known[2]];
}

/** The cause in the payload of a BIG-IP's reset. */
export function f5Text({ payload }: ResetMarks): DeclaredReason | null {
  if (payload === null) return null;
  const text = readable(payload);
  if (!FORM.test(text)) return null;
  const [name, means] = f5Cause(text);
  return { source: 'f5', code: null, name, means, text, trust: 1 };
}
