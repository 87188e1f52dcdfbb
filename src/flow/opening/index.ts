import type { Beginning } from './beginning.js';
import { readClientHello } from './client-hello.js';
import { readHttpRequest } from './http-request.js';
import { readHttpResponse } from './http-response.js';

type Reader = (bytes: Uint8Array, at: number, end: number, into: Beginning) => void;

/**
 * Every protocol whose first bytes tell connections apart, by the side that speaks: who opened the connection, and who
 * was called. Each looks at the bytes from `at` up to `end` and notes what it recognises.
 */
export const PROTOCOLS: readonly [readonly Reader[], readonly Reader[]] = [
  [readClientHello, readHttpRequest],
  [readHttpResponse],
];
