import { NOT_OWN_HOST, OWN_HOST, type Rule } from '../rule.js';
import { FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** A reset made in between on a connection that was not idle: state lost, a limit, a rule. */
export const resetInUse: Rule = {
  class: 'lb-other',
  subtype: 'reset-in-use',
  originator: 'load-balancer',
  title: 'the load balancer, or a box next to it, reset a connection in use',
  requires: ['born-between'],
  excludes: ['answers-syn', 'idle-before', 'no-partner', 'answers-old-connection', 'proxy-leg'],
  weights: {
    ...NOT_OWN_HOST,
    'born-between': ORIGIN_SEEN,
    'data-in-flight': 3,
    'form-passive': FORM_FITS,
    'trigger-crossed': -6,
    'ip-id-mirrors-trigger': -12,
  },
  impact: 'harmful',
  advice: ["look at the load balancer's log for this time: failover, configuration change, connection limit"],
};

/** A SYN answered by a reset in between: nobody to forward it to, or a rule that rejects it. */
export const rejected: Rule = {
  class: 'lb-other',
  subtype: 'rejected',
  originator: 'load-balancer',
  title: 'the load balancer, or a box next to it, refused the connection',
  requires: ['born-between', 'answers-syn'],
  excludes: ['trigger-crossed'],
  weights: { ...NOT_OWN_HOST, 'born-between': ORIGIN_SEEN, 'answers-syn': 8, 'form-refusal': FORM_FITS },
  impact: 'harmful',
  advice: [
    'check that the frontend has a healthy backend, and what rejects the connection: listener, security rule, limit',
  ],
};

/** Traits of a box that forges: a copied IP ID, a reset between live segments. */
export const injectedBetween: Rule = {
  class: 'middlebox-injected',
  subtype: 'inline-reject',
  originator: 'middlebox',
  title: 'a box between the two captures forged the reset',
  requires: ['born-between'],
  excludes: ['no-partner', 'answers-old-connection'],
  weights: {
    ...NOT_OWN_HOST,
    'born-between': ORIGIN_SEEN - 7,
    'ip-id-mirrors-trigger': 15,
    'trigger-crossed': 6,
    'data-in-flight': 3,
    'idle-long-before': -10,
    'both-ends': 3,
  },
  impact: 'harmful',
  advice: ['look for a firewall or intrusion prevention system on the path and its log for this time'],
};

/** A full proxy is the TCP end that this side talks to: what looks like its own socket's reset is just that. */
export const proxyClose: Rule = {
  class: 'lb-other',
  subtype: 'proxy-close',
  originator: 'load-balancer',
  title: 'the load balancer ends this TCP connection itself, and closed it hard',
  requires: ['born-between'],
  excludes: ['forwarded-connection', 'unanswered-probes'],
  weights: {
    ...OWN_HOST,
    'born-between': ORIGIN_SEEN,
    'form-active': FORM_FITS,
    'form-passive': FORM_FITS,
    'answers-segment': 3,
    'several-at-once': 3,
    'sender-sent-no-data': 3,
    'proxy-likely': 6,
    'sender-closed-before': 4,
    'proxy-speaks-for-itself': -6,
    'client-reset-before': -10,
    'backend-reset-before': -10,
  },
  impact: 'harmful',
  advice: ["look at the load balancer's log for this time: it names why it closed the connection"],
};
