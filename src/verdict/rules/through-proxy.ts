import { BACKEND, CLIENT, type Doubt, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { CLAIMED_IDLE, CLAIMED_RELAYED } from './claims.js';
import { ABORT_FITS, ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** What speaks for a proxy's own socket, as it stands on the leg that it ends. */
const PROXY_SOCKET = {
  ...OWN_HOST,
  'proxy-likely': 12,
  'at-fixed-interval': -8,
  'born-between': ORIGIN_SEEN,
  'form-active': ABORT_FITS,
} as const;

/** An end resets its leg, and the proxy ends the other one with a RST of its own. */
function relayed(end: EndOfPath): Rule {
  const before = end === CLIENT ? 'client-reset-before' : 'backend-reset-before';
  return {
    class: end.class,
    subtype: 'relayed-by-proxy',
    originator: 'load-balancer',
    title: `the ${end.name} had reset its own leg, and the load balancer passed that on with a reset of its own`,
    requires: ['born-between', before],
    excludes: ['answers-syn', 'proxy-speaks-for-itself', 'forwarded-connection'],
    weights: {
      ...PROXY_SOCKET,
      ...CLAIMED_RELAYED,
      // Where the other leg does not show, this is the commonest reason for a proxy to close hard.
      'proxy-leg': 4,
      'proxy-likely': PROXY_SOCKET['proxy-likely'] + 4,
      [before]: 18,
      // Ends do not abort in step, a proxy that leaves or loses a backend closes all at once.
      'reset-burst': -8,
      // Where the other leg does not show, a reset there just then does.
      'end-reset-nearby': 16,
      'proxy-closed-nearby': -8,
      'nothing-forwarded': -10,
      'own-errand': -15,
    },
    // Unless it was another client's, or was not captured.
    unless: { 'end-reset-nearby': -4 },
    impact: 'harmful',
    advice: [`look for the cause at the ${end.name}: the finding about its own leg says more`],
  };
}

/** An end may have closed the other leg just then: where that is not known, it cannot be ruled out. */
const NO_LEG: Doubt = { surest: 0.85, unless: ['both-legs-known', 'idle-known-timer'] };

/** With nothing that shows a proxy, the end itself may have closed what was idle, by a timer of its own: undecided. */
const NO_PROXY: Doubt = { surest: 0.69, unless: ['proxy-likely', 'proxy-leg', 'declares-balancer'] };

/** The proxy's own idle timer ended both legs, and it closed this one with a reset. */
const idleProxy: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'proxy-close',
  originator: 'load-balancer',
  title: 'the load balancer closed hard, after an idle time, a TCP connection that it ends itself',
  requires: ['born-between', 'idle-before'],
  excludes: [
    'answers-syn',
    'unanswered-probes',
    'balancer-gave-up',
    'balancer-unanswered',
    'silence-broken',
    'forwarded-connection',
  ],
  weights: {
    ...PROXY_SOCKET,
    ...CLAIMED_IDLE,
    'form-bare-window': 3,
    'sender-closed-before': 4,
    'idle-before': 6,
    'idle-long-before': 3,
    'idle-cluster': 10,
    // It was waiting for the rest of a request.
    'nothing-forwarded': 6,
    'reset-burst': -10,
    'ended-together': -8,
    'answers-segment': -6,
    'data-in-flight': -15,
    'client-reset-before': -10,
    'backend-reset-before': -10,
    'proxy-speaks-for-itself': -6,
    'own-errand': -12,
    'end-reset-nearby': -15,
    'end-closed-nearby': -10,
    'proxy-closed-nearby': 3,
  },
  doubts: [NO_LEG, NO_PROXY],
  // A check that waits for an answer gives up after as short a time.
  unless: { 'idle-long-before': -2, 'proxy-likely': -8, 'proxy-leg': -3 },
  impact: 'harmful',
  advice: [
    "compare the idle time with the proxy's timers for its clients and servers, and send a heartbeat before it",
  ],
};

/** A connection that the proxy had kept for later requests, and no longer wanted. */
const poolPurge: Rule = {
  ...idleProxy,
  subtype: 'idle-pool-purge',
  title: 'the load balancer threw away a connection to the backend that it had kept and nobody used',
  requires: [...idleProxy.requires, 'sender-opened'],
  excludes: [...idleProxy.excludes, 'request-outstanding', 'sender-closed-before'],
  // They go in one sweep, however long each had been kept.
  weights: { ...idleProxy.weights, 'no-partner': 2, 'ended-together': 0 },
  impact: 'harmless',
  advice: [
    'no request was lost: a proxy drops kept connections that it has no use for, some of them with a reset',
  ],
};

/** The proxy had closed the idle leg by FIN: a RST of its own follows at once, or its kernel's answers what comes later. */
const afterIdleClose: Rule = {
  ...idleProxy,
  title: 'the load balancer had closed the idle connection, and reset what was left of it',
  requires: ['born-between', 'closed-after-idle'],
  excludes: [
    'answers-syn',
    'unanswered-probes',
    'balancer-gave-up',
    'closed-by-both',
    'forwarded-connection',
    'silence-broken',
  ],
  weights: {
    ...PROXY_SOCKET,
    'form-passive': FORM_FITS,
    'answers-segment': ANSWER_FITS,
    'closed-after-idle': 5,
    'closed-in-step': 3,
    'closed-in-burst': -15,
    'ended-together': -8,
    'reset-burst': -10,
    'data-after-close': 4,
    'client-reset-before': -10,
    'backend-reset-before': -10,
    'proxy-speaks-for-itself': -6,
    'own-errand': -12,
    'end-reset-nearby': -15,
    'end-closed-nearby': -10,
    'proxy-closed-nearby': 3,
  },
};

export const throughProxy: readonly Rule[] = [
  relayed(CLIENT),
  relayed(BACKEND),
  idleProxy,
  poolPurge,
  afterIdleClose,
];
