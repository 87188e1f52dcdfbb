import {
  BALANCER_STANDS_THERE,
  NOT_OWN_HOST,
  OWN_HOST,
  REPLY_IN_BETWEEN,
  type Rule,
  type Weights,
} from '../rule.js';
import { CLAIMED_OTHER, CLAIMED_REJECTED } from './claims.js';
import { ABORT_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** A reset made in between on a connection that was not idle: state lost, a limit, a rule. */
export const resetInUse: Rule = {
  class: 'lb-other',
  subtype: 'reset-in-use',
  originator: 'load-balancer',
  title: 'the load balancer, or a box next to it, reset a connection in use',
  requires: ['born-between'],
  excludes: ['answers-syn', 'no-partner', 'answers-old-connection', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    ...CLAIMED_OTHER,
    // As short an idle time ends few connections, but it does.
    'idle-before': -8,
    'idle-long-before': -7,
    'idle-cluster': -10,
    'idle-known-timer': -4,
    'form-bare-window': 3,
    'window-mirrors-trigger': -8,
    'born-between': ORIGIN_SEEN,
    'data-in-flight': 3,
    ...REPLY_IN_BETWEEN,
    // A box that forwards packets would have kept what it answers.
    'trigger-crossed': -9,
    'ip-id-mirrors-trigger': -12,
    'ip-id-turned-around': -10,
    'receiver-ignored': -12,
    // A balancer that lost its state lost all of it; a rule, or a backend that left, chooses.
    'others-lived': -2,
    // That one has the idle timer of a balancer.
    'idle-elsewhere': -11,
    ...BALANCER_STANDS_THERE,
  },
  impact: 'harmful',
  advice: ["look at the load balancer's log for this time: failover, configuration change, connection limit"],
};

/** The balancer lost or dropped its state, or restarted: what was in use is reset at once, whatever its idle time. */
export const massReset: Rule = {
  ...resetInUse,
  subtype: 'mass-reset',
  title: 'the load balancer reset many connections at once: it lost its state, failed over, or was reloaded',
  requires: ['born-between', 'mass-reset'],
  excludes: ['answers-syn', 'no-partner', 'answers-old-connection', 'proxy-leg'],
  weights: {
    ...resetInUse.weights,
    'mass-reset': 1,
    'idle-before': 0,
    'idle-cluster': 0,
    'idle-known-timer': 0,
    'idle-separates': -8,
    'both-ends': 2,
    'idle-long-before': -3,
  },
};

/** The same, and this connection was quiet just then: it hears of it with its next segment. */
export const massResetBefore: Rule = {
  ...massReset,
  title: 'the load balancer had lost its state a while before, and answered the next packet with a reset',
  requires: ['born-between', 'mass-reset-since', 'answers-segment'],
  weights: {
    ...massReset.weights,
    'mass-reset-since': 1,
    'idle-long-before': 0,
    'idle-separates': 0,
  },
};

/** A box that answers SYNs for the backends (SYN cookies) has told the client yes, and then finds nobody behind it. */
export const synProxyFailure: Rule = {
  class: 'lb-other',
  subtype: 'syn-proxy-failure',
  originator: 'load-balancer',
  title: 'the load balancer had answered the SYN itself, and reset the connection when no backend took it',
  requires: ['born-between', 'nothing-said', 'backend-never-answered'],
  excludes: ['answers-syn', 'idle-before', 'proxy-leg', 'sender-opened', 'answers-old-connection'],
  weights: {
    ...NOT_OWN_HOST,
    'born-between': ORIGIN_SEEN,
    'nothing-said': 6,
    'answers-final-ack': 3,
    'no-partner': 3,
    'form-passive': FORM_FITS,
    'ip-id-mirrors-trigger': -12,
    'ip-id-turned-around': -10,
  },
  impact: 'harmful',
  advice: [
    'check that the frontend has a healthy backend, and what its log says of the connections that it did not get',
  ],
};

/** A SYN that was answered in between as a closed port would. */
const REFUSED_BETWEEN: Weights = {
  ...NOT_OWN_HOST,
  ...CLAIMED_REJECTED,
  'born-between': ORIGIN_SEEN,
  'answers-syn': 8,
  'form-refusal': FORM_FITS,
};

/** A SYN answered by a reset in between: nobody to forward it to, or a rule that rejects it. */
export const rejected: Rule = {
  class: 'lb-other',
  subtype: 'rejected',
  originator: 'load-balancer',
  title: 'the load balancer, or a box next to it, refused the connection',
  requires: ['born-between', 'answers-syn'],
  excludes: ['trigger-crossed'],
  weights: { ...REFUSED_BETWEEN, ...BALANCER_STANDS_THERE },
  impact: 'harmful',
  advice: [
    'check that the frontend has a healthy backend, and what rejects the connection: listener, security rule, limit',
  ],
};

/** A box in front of the balancer that lets a SYN through to nobody looks like the balancer itself. */
export const rejectedByBox: Rule = {
  ...rejected,
  class: 'middlebox-injected',
  subtype: 'inline-reject',
  originator: 'middlebox',
  title: 'a box in front of the load balancer refused the connection',
  weights: { ...REFUSED_BETWEEN, 'born-between': ORIGIN_SEEN - 7, 'first-router': 6 },
  advice: ['look for a firewall on the path and its log for this time'],
};

/** A full proxy is the TCP end that this side talks to: what looks like its own socket's reset is just that. */
export const proxyClose: Rule = {
  class: 'lb-other',
  subtype: 'proxy-close',
  originator: 'load-balancer',
  title: 'the load balancer closed hard a TCP connection that it ends itself',
  requires: ['born-between'],
  excludes: ['forwarded-connection', 'unanswered-probes', 'balancer-gave-up'],
  weights: {
    ...OWN_HOST,
    ...CLAIMED_OTHER,
    'form-bare-window': 3,
    'born-between': ORIGIN_SEEN,
    'form-active': ABORT_FITS,
    'form-passive': FORM_FITS,
    'answers-segment': 3,
    'several-at-once': 6,
    'mass-reset': 1,
    'closed-after-idle': -6,
    'sender-sent-no-data': 3,
    'proxy-likely': 12,
    'own-errand': -6,
    'end-reset-nearby': -4,
    'proxy-closed-nearby': 3,
    'at-fixed-interval': -8,
    // A timer's doing, and whoever stops has none for each connection.
    'idle-in-step': -6,
    'sender-closed-before': 6,
    'balancer-unanswered': 8,
    'proxy-speaks-for-itself': -6,
    'client-reset-before': -10,
    'backend-reset-before': -10,
  },
  // With nothing that shows a proxy, the called end itself is as good a guess.
  unless: { 'proxy-likely': -4 },
  impact: 'harmful',
  advice: ["look at the load balancer's log for this time: it names why it closed the connection"],
};
