import { backendIdle } from './backend-idle.js';
import type { ConfigCheck } from './exposure.js';
import { grpc } from './grpc.js';
import { keepaliveInterval } from './keepalive-interval.js';
import { keepaliveUncounted } from './keepalive-uncounted.js';
import { order } from './order.js';
import { ownKeepalive } from './own-keepalive.js';
import { proxyLegs } from './proxy-legs.js';

/** Every check of a configuration alone; a further one is one more line. */
export const CONFIG_CHECKS: readonly ConfigCheck[] = [
  keepaliveInterval,
  keepaliveUncounted,
  backendIdle,
  order,
  grpc,
  ownKeepalive,
  proxyLegs,
];
