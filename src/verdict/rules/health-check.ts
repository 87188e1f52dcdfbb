import type { Rule } from '../rule.js';

/** A connection that only the server side shows, opened and reset by the balancer without a byte of data. */
export const healthCheck: Rule = {
  class: 'health-check',
  subtype: 'tcp-probe',
  originator: 'load-balancer',
  title: 'a health check of the load balancer: it opened the connection and reset it',
  requires: ['no-partner', 'born-between', 'sender-sent-no-data'],
  excludes: ['answers-syn', 'answers-segment', 'idle-before'],
  weights: { 'no-partner': 12, 'born-between': 10, 'sender-sent-no-data': 6 },
  impact: 'harmless',
  advice: ['expected: a health check ends like this; exclude it from statistics'],
};
