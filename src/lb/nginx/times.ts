import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { SetValue } from '../product.js';
import type { Directive } from './parse.js';

/** Seconds of each unit; without one a time is in seconds (nginx, "Configuration file measurement units"). */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};
const TIME = /^(?:\d+(?:ms|[smhdwMy])\s*)*(?:\d+(?:ms|[smhdwMy])?)$/;
const PART = /(\d+)(ms|[smhdwMy])?/g;

/** Directives of nginx 1.29 whose name ends in `_timeout`, to tell a slip from another module's directive. */
const TIMEOUTS = [
  'auth_http_timeout',
  'client_body_timeout',
  'client_header_timeout',
  'fastcgi_connect_timeout',
  'fastcgi_next_upstream_timeout',
  'fastcgi_read_timeout',
  'fastcgi_send_timeout',
  'grpc_connect_timeout',
  'grpc_next_upstream_timeout',
  'grpc_read_timeout',
  'grpc_send_timeout',
  'http2_idle_timeout',
  'http2_recv_timeout',
  'keepalive_min_timeout',
  'keepalive_timeout',
  'lingering_timeout',
  'memcached_connect_timeout',
  'memcached_next_upstream_timeout',
  'memcached_read_timeout',
  'memcached_send_timeout',
  'preread_timeout',
  'proxy_connect_timeout',
  'proxy_next_upstream_timeout',
  'proxy_protocol_timeout',
  'proxy_read_timeout',
  'proxy_send_timeout',
  'proxy_timeout',
  'quic_idle_timeout',
  'resolver_timeout',
  'scgi_connect_timeout',
  'scgi_read_timeout',
  'scgi_send_timeout',
  'send_timeout',
  'ssl_handshake_timeout',
  'ssl_session_timeout',
  'timeout',
  'uwsgi_connect_timeout',
  'uwsgi_read_timeout',
  'uwsgi_send_timeout',
  'worker_shutdown_timeout',
];

/**
 * Refuses what looks like a timeout and is none: a slip would silently leave the default.
 * @throws InputError with file, line and the nearest directive
 */
export function checkNames(file: string, directives: readonly Directive[]): void {
  for (const { name, line, block } of directives) {
    if (/_tim\w*$/.test(name) && !TIMEOUTS.includes(name)) {
      const hint = didYouMean(name, TIMEOUTS);
      if (hint !== '') throw new InputError(`${file}:${line}: unknown directive ${name}${hint}`);
    }
    if (block !== null) checkNames(file, block);
  }
}

/**
 * The value of a timeout as the innermost block that sets it says; null where none does.
 * @throws InputError unless it is a time
 */
export function timeIn(
  file: string,
  blocks: readonly (readonly Directive[])[],
  name: string,
): SetValue<number> | null {
  for (const block of blocks) {
    const found = block.findLast((directive) => directive.name === name);
    if (found !== undefined) return { value: secondsOf(file, found), origin: `${file}:${found.line}` };
  }
  return null;
}

function secondsOf(file: string, { name, args, line }: Directive): number {
  const [text = ''] = args;
  if (TIME.test(text)) {
    const parts = [...text.matchAll(PART)].map(([, digits, unit]) => Number(digits) * UNITS[unit ?? 's']);
    return parts.reduce((sum, part) => sum + part, 0);
  }
  throw new InputError(
    `${file}:${line}: ${name}: expected a time such as 75s, 10m or 1h (seconds without unit), got ${text || 'nothing'}`,
  );
}

/** Every directive of a name, at any depth. */
export function allOf(directives: readonly Directive[], name: string): Directive[] {
  return directives.flatMap((one) => [
    ...(one.name === name ? [one] : []),
    ...(one.block === null ? [] : allOf(one.block, name)),
  ]);
}
