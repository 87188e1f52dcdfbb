import { BALANCER_STANDS_THERE, NOT_OWN_HOST, type Rule } from '../rule.js';
import { CLAIMED_IDLE } from './claims.js';
import { ORIGIN_SEEN, SEQUENCE_FITS } from './weights.js';

/** A reset toward one end only, out of nothing, after an idle time: the other one was lost, or is never sent. */
export const idleOneLeg: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'one-leg-at-timer',
  originator: 'load-balancer',
  title: 'the idle timer of the load balancer fired and it reset one end',
  requires: ['born-between', 'idle-before'],
  excludes: ['both-ends', 'answers-segment', 'answers-syn', 'closed-by-both', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    ...BALANCER_STANDS_THERE,
    ...CLAIMED_IDLE,
    'born-between': ORIGIN_SEEN,
    'idle-long-before': 6,
    'idle-known-timer': 4,
    'idle-separates': 8,
    'longer-idle-survived': -10,
    'mass-reset': -12,
    'ip-id-turned-around': -10,
    'idle-cluster': 10,
    'data-in-flight': -15,
    'sequence-exact': SEQUENCE_FITS + 3,
  },
  // Idle timers that short are rare; boxes that reject for other reasons are not.
  unless: { 'idle-long-before': -8 },
  impact: 'harmful',
  advice: ['send a TCP keepalive or application heartbeat before the idle timeout, or raise the timeout'],
};
