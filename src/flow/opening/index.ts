import type { Beginning } from './beginning.js';
import { readClientHello } from './client-hello.js';
import { readHttpRequest } from './http-request.js';

/**
 * Every protocol whose first bytes tell connections apart. Each looks at the bytes from `at` up to `end` and notes what
 * it recognises.
 */
export const PROTOCOLS: readonly ((bytes: Uint8Array, at: number, end: number, into: Beginning) => void)[] = [
  readClientHello,
  readHttpRequest,
];
