import type { PairingMethod } from '../method.js';
import { continuation } from './continuation.js';
import { httpContent } from './http-content.js';
import { httpForwarded } from './http-forwarded.js';
import { isn } from './isn.js';
import { isnClient } from './isn-client.js';
import { lifetime } from './lifetime.js';
import { proxyProtocol } from './proxy-protocol.js';
import { segments } from './segments.js';
import { shift } from './shift.js';
import { shiftSyn } from './shift-syn.js';
import { stream } from './stream.js';
import { timing } from './timing.js';
import { tlsHello } from './tls-hello.js';

/** Every method, strongest first: what one has paired, the next leaves alone. Forwarded connections come before proxied ones. */
export const METHODS: readonly PairingMethod[] = [
  isn,
  isnClient,
  segments,
  continuation,
  shift,
  shiftSyn,
  proxyProtocol,
  tlsHello,
  httpForwarded,
  httpContent,
  stream,
  timing,
  lifetime,
];

/** Whether a method, by its name, goes by times alone. */
export function isWeak(name: string | null): boolean {
  return METHODS.some((method) => method.name === name && method.weak === true);
}
