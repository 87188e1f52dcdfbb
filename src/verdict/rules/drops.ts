import type { Rule } from '../rule.js';
import { COLLISION_ADVICE } from './tuple-collision.js';

/** The balancer forgot an idle flow without a word: what comes after that vanishes. Azure without TCP reset, GCP. */
const silentExpiry: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'silent-expiry',
  originator: 'load-balancer',
  title: 'the load balancer forgot the idle flow without a word; what was sent after that vanished',
  requires: ['vanished-before', 'idle-before'],
  excludes: [],
  weights: { 'vanished-before': 15, 'idle-long-before': 6, 'path-alive': 10, 'longer-idle-survived': -30 },
  impact: 'harmful',
  advice: ['send a TCP keepalive or application heartbeat before the idle timeout, or raise the timeout'],
};

/** The path broke, for this connection or for all, and nothing shows that idleness was why. */
const pathLoss: Rule = {
  class: 'undetermined',
  subtype: 'path-loss',
  originator: 'unknown',
  title: 'packets stopped getting across; whether the load balancer or the path lost them does not show',
  requires: ['vanished-before'],
  excludes: [],
  weights: { 'vanished-before': 15, 'path-alive': -12 },
  impact: 'harmful',
  advice: [
    'capture on both sides until another connection crosses: that shows whether the path or the flow is dead',
  ],
};

/** Another connection was given the same ends at the backend, and everything that comes back goes there. */
const displaced: Rule = {
  class: 'lb-other',
  subtype: 'tuple-collision',
  originator: 'client',
  title:
    "the load balancer gave the connection's address and port at the backend to another connection; what was meant for this one went there",
  requires: ['vanished-before', 'tuple-folded'],
  excludes: [],
  weights: { 'vanished-before': 15, 'tuple-folded': 20 },
  impact: 'harmful',
  advice: COLLISION_ADVICE,
};

/** What a flow that vanished can be. */
export const DROP_RULES: readonly Rule[] = [silentExpiry, displaced, pathLoss];
