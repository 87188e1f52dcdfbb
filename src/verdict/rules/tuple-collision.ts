import { CLIENT, NOT_OWN_HOST, OWN_HOST, type Rule } from '../rule.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** Two connections of different clients in one pair of ends at the backend hardly happen without consequence. */
const FOLDED = 20;

/** What to do where two living connections got the same ends at the backend. */
export const COLLISION_ADVICE: readonly string[] = [
  'find out why the load balancer gave one source address and port to two living connections: lost or flushed connection tracking, a failover without state, nodes that translate independently, or a translation that expires before the connections do',
  'give source translation more addresses or ports, let connection state outlive the longest idle time, and keep it when nodes change',
];

/** The earlier one speaks, and the balancer, which knows only the later one, resets it. */
const displaced: Rule = {
  class: 'lb-other',
  subtype: 'tuple-collision',
  originator: 'load-balancer',
  title:
    "the load balancer gave the connection's address and port at the backend to another connection, and reset this one",
  requires: ['born-between', 'tuple-folded'],
  excludes: ['answers-syn', 'no-partner', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    'born-between': ORIGIN_SEEN,
    'tuple-folded': FOLDED,
    'form-passive': FORM_FITS,
  },
  impact: 'harmful',
  advice: COLLISION_ADVICE,
};

/**
 * The later one's SYN meets the earlier one at the backend, which answers with that one's numbers; the client resets
 * what it does not know, and so ends the earlier connection of somebody else (RFC 9293, 3.5.1).
 */
const cleared: Rule = {
  class: 'lb-other',
  subtype: 'tuple-collision',
  originator: CLIENT.name,
  title:
    "the load balancer let a new connection collide with another one's address and port at the backend; the client reset what it did not know, and so ended the other one",
  requires: [CLIENT.born, 'tuple-folded', 'answers-old-connection'],
  excludes: [],
  weights: {
    ...OWN_HOST,
    [CLIENT.born]: ORIGIN_SEEN,
    'answers-old-connection': 15,
    'answers-segment': ANSWER_FITS,
    'tuple-folded': FOLDED,
    'form-passive': FORM_FITS,
  },
  impact: 'harmful',
  advice: COLLISION_ADVICE,
};

export const tupleCollisions: readonly Rule[] = [displaced, cleared];
