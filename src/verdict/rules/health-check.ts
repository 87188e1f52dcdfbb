import { OWN_HOST, type Rule } from '../rule.js';
import { ABORT_FITS } from './weights.js';

const SUREST_WITHOUT_RHYTHM = 0.85;

/**
 * A connection that the balancer opened itself and reset without a byte of data, to see whether the backend answers.
 * On one side only, and with a proxy, the marks of the RST are the balancer's own; a forwarding balancer has no part in
 * the connections that both captures show.
 */
const healthCheck: Rule = {
  class: 'health-check',
  subtype: 'tcp-probe',
  originator: 'load-balancer',
  title: 'a health check of the load balancer: it opened the connection and reset it',
  requires: ['born-between', 'sender-opened', 'sender-sent-no-data'],
  excludes: ['idle-before', 'unanswered-probes', 'answers-old-connection'],
  weights: {
    ...OWN_HOST,
    'proxy-likely': 12,
    'born-between': 10,
    'no-partner': 12,
    'sender-sent-no-data': 8,
    'at-fixed-interval': 13,
    'form-active': ABORT_FITS,
    'proxy-speaks-for-itself': 15,
    'proxy-leg': 11,
    'end-reset-nearby': -15,
  },
  // A client whose own leg was not captured may have done so through the balancer.
  doubts: [{ surest: SUREST_WITHOUT_RHYTHM, unless: ['at-fixed-interval', 'proxy-speaks-for-itself'] }],
  // A connection that the client's side shows too is the client's, whatever became of it.
  unless: { 'no-partner': -40 },
  impact: 'harmless',
  advice: ['expected: a health check ends like this; exclude it from statistics'],
};

/** One that asks something, and ends its connections in the same way at fixed intervals. */
const asking: Rule = {
  ...healthCheck,
  title:
    'a health check of the load balancer: it opened the connection, asked, and reset it, as it does at fixed intervals',
  requires: ['born-between', 'sender-opened', 'no-partner', 'at-fixed-interval'],
  excludes: ['unanswered-probes', 'answers-old-connection'],
  doubts: [{ surest: SUREST_WITHOUT_RHYTHM, unless: ['proxy-speaks-for-itself'] }],
  // That it asked tells nothing; that it waited long for the answer is no check's way.
  weights: { ...healthCheck.weights, 'sender-sent-no-data': 0, 'idle-long-before': -10 },
};

/** One for which nobody can have asked, whatever it said and however long it waited. */
const forNobody: Rule = {
  ...healthCheck,
  title:
    'a health check of the load balancer: it opened the connection while no client was there, and reset it',
  requires: ['born-between', 'sender-opened', 'own-errand'],
  excludes: ['unanswered-probes', 'answers-old-connection'],
  doubts: [{ surest: SUREST_WITHOUT_RHYTHM, unless: ['at-fixed-interval', 'proxy-speaks-for-itself'] }],
  weights: { ...healthCheck.weights, 'sender-sent-no-data': 0, 'own-errand': 10 },
};

export const healthChecks: readonly Rule[] = [healthCheck, asking, forNobody];
