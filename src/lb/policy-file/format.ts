import type { EndModel } from '../model.js';

/** The key that tells our own policy file from every other, with the one version there is. */
export const VERSION_KEY = 'policyVersion';
export const POLICY_VERSION = 1;

/** Keys at the top of the file. */
export const TOP_KEYS = [VERSION_KEY, 'client', 'path', 'backend'] as const;

/** What can be said of an end of the path: each a duration. */
export const END_KEYS: readonly (keyof EndModel)[] = ['keepalive', 'grpcPing', 'idle', 'grpcMinPing'];

export const END_WORDS: Readonly<Record<keyof EndModel, string>> = {
  keepalive: 'interval of its TCP keepalives',
  grpcPing: 'interval of its gRPC (HTTP/2) pings',
  idle: 'idle timer of its own connections, such as an HTTP keep-alive timeout',
  grpcMinPing: 'least interval between gRPC pings that it accepts on a connection without calls',
};

/** Keys that every device has, whatever its product. */
export const DEVICE_KEYS = ['product', 'name', 'since', 'addresses', 'ports'] as const;

export const DEVICE_WORDS: Readonly<Record<(typeof DEVICE_KEYS)[number], string>> = {
  product: 'what the device is',
  name: 'what to call it in the report; its product by default',
  since: 'when this configuration became valid: it may not hold for flows that were opened before',
  addresses: 'frontend or backend addresses of the flows that pass it; all by default',
  ports: 'frontend or backend ports of the flows that pass it; all by default',
};

/** A duration with its unit, or `none` for a timer that is off. */
export const DURATION_PATTERN = '^(none|(\\d+(\\.\\d+)?(ms|s|m|h|d))+)$';
