import { BALANCER_STANDS_THERE, NOT_OWN_HOST, type Rule } from '../rule.js';
import { CLAIMED_IDLE } from './claims.js';
import { ORIGIN_SEEN, SEQUENCE_FITS } from './weights.js';

/** The balancer's idle timer fires and resets both ends, as Azure does with TCP reset on, and F5 by default. */
export const idleBothEnds: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'both-ends-at-timer',
  originator: 'load-balancer',
  title: 'the idle timer of the load balancer fired and it reset both ends',
  requires: ['born-between', 'both-ends', 'idle-before'],
  excludes: ['answers-syn', 'closed-by-both', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    ...BALANCER_STANDS_THERE,
    ...CLAIMED_IDLE,
    'born-between': ORIGIN_SEEN,
    'both-ends': 10,
    'idle-long-before': 6,
    'idle-known-timer': 4,
    'idle-separates': 8,
    'longer-idle-survived': -10,
    'mass-reset': -12,
    'ip-id-turned-around': -10,
    'idle-cluster': 10,
    'data-in-flight': -15,
    'sequence-exact': SEQUENCE_FITS,
    'ip-id-mirrors-trigger': -12,
  },
  // Idle timers that short are rare; boxes that reject for other reasons are not.
  unless: { 'idle-long-before': -8 },
  impact: 'harmful',
  advice: ['send a TCP keepalive or application heartbeat before the idle timeout, or raise the timeout'],
};
