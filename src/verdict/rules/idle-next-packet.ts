import { BALANCER_STANDS_THERE, type Doubt, NOT_OWN_HOST, REPLY_IN_BETWEEN, type Rule } from '../rule.js';
import { CLAIMED_FORGOTTEN } from './claims.js';
import { ORIGIN_SEEN } from './weights.js';

/** With nothing that shows it was made in between, the end may have lost the connection, and its kernel answered: undecided. */
const MADE_BY_END: Doubt = {
  surest: 0.69,
  unless: ['born-between', 'ttl-unlike-sender', 'declares-balancer'],
};

/**
 * The balancer forgot the flow in silence and answers the first segment after that with a reset, as AWS NLB and the
 * NAT gateways do, and a stateful firewall that rejects what it does not know.
 */
export const idleNextPacket: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'next-packet',
  originator: 'load-balancer',
  title: 'the load balancer had forgotten the idle flow and answered the next packet with a reset',
  requires: ['born-between', 'answers-segment', 'idle-before'],
  excludes: ['both-ends', 'trigger-crossed', 'answers-syn', 'closed-by-both', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    ...BALANCER_STANDS_THERE,
    ...CLAIMED_FORGOTTEN,
    'born-between': ORIGIN_SEEN,
    ...REPLY_IN_BETWEEN,
    'idle-long-before': 6,
    'idle-known-timer': 4,
    'idle-separates': 8,
    'longer-idle-survived': -10,
    'mass-reset': -12,
    'mass-reset-since': -8,
    'ip-id-turned-around': -10,
    'data-in-flight': -8,
  },
  doubts: [MADE_BY_END],
  // Idle timers that short are rare; boxes that reject for other reasons are not.
  unless: { 'idle-long-before': -3 },
  impact: 'harmful',
  advice: ['send a TCP keepalive or application heartbeat before the idle timeout, or raise the timeout'],
};
