import type { Rule } from '../rule.js';
import { aborts } from './aborts.js';
import {
  massReset,
  massResetBefore,
  proxyClose,
  rejected,
  rejectedByBox,
  resetInUse,
  synProxyFailure,
} from './between-in-use.js';
import { drains } from './drain.js';
import { forgetfulBoxes } from './forgetful-box.js';
import { gaveUpRepeating } from './gave-up-repeating.js';
import { healthChecks } from './health-check.js';
import { idleBothEnds } from './idle-both-ends.js';
import { idleNextPacket } from './idle-next-packet.js';
import { idleOneLeg } from './idle-one-leg.js';
import { idleUnnat } from './idle-unnat.js';
import { injectedBetween } from './injected-between.js';
import { injectedNearEnds } from './injected-near-end.js';
import { keepalive } from './keepalive.js';
import { lateResets } from './late-reset.js';
import { refusals } from './refused.js';
import { replies } from './replies.js';
import { throughProxy } from './through-proxy.js';
import { tupleCollisions } from './tuple-collision.js';
import { unnatInUse } from './unnat-in-use.js';

/** Every rule. One file a family; a test misses none. */
export const RULES: readonly Rule[] = [
  idleBothEnds,
  idleOneLeg,
  idleNextPacket,
  idleUnnat,
  ...keepalive,
  ...gaveUpRepeating,
  ...refusals,
  ...aborts,
  ...replies,
  resetInUse,
  massReset,
  massResetBefore,
  synProxyFailure,
  rejected,
  rejectedByBox,
  ...injectedBetween,
  ...forgetfulBoxes,
  proxyClose,
  ...drains,
  ...throughProxy,
  ...injectedNearEnds,
  ...lateResets,
  ...tupleCollisions,
  ...healthChecks,
  unnatInUse,
];
