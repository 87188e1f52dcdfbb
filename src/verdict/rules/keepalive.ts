import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** An end probed an idle connection, got no answer, and gave up. */
function by(end: EndOfPath): Rule {
  const other = end === CLIENT ? 'backend' : 'client';
  return {
    class: 'keepalive-failure',
    subtype: `by-${end.name}`,
    originator: end.name,
    title: `the ${end.name}'s keepalive probes went unanswered and its kernel gave the connection up`,
    requires: [end.born, 'unanswered-probes'],
    excludes: ['form-passive', 'form-refusal', 'answers-syn'],
    weights: {
      ...OWN_HOST,
      [end.born]: ORIGIN_SEEN,
      'unanswered-probes': 12,
      'probe-spacing': 12,
      'declares-keepalive-failure': 6,
      'user-timed-out': -8,
    },
    unless: { 'probe-spacing': -6, 'ip-id-continues': -5 },
    impact: 'harmful',
    advice: [`find out where the probes got lost: the path to the ${other}, or the ${other} itself`],
  };
}

/**
 * An end waited no longer than its TCP_USER_TIMEOUT: it resets after fewer probes than their count, and is silent where
 * it waits for an acknowledgement or for room, so that the peer's next segment finds no socket (net/ipv4/tcp_timer.c,
 * tcp_keepalive_timer, tcp_write_timeout, tcp_probe_timer). Repeats that ran out (tcp_retries2) end in the same way.
 */
function timeout(end: EndOfPath): Rule {
  const other = end === CLIENT ? 'backend' : 'client';
  return {
    class: 'keepalive-failure',
    subtype: 'user-timeout',
    originator: end.name,
    title: `the ${end.name} had heard nothing for as long as its timeout allows and gave the connection up`,
    requires: [end.born, 'user-timed-out'],
    excludes: [
      'form-refusal',
      'answers-syn',
      'trigger-never-crossed',
      'trigger-untranslated',
      'after-earlier-reset',
      'sender-closed-before',
    ],
    weights: {
      ...OWN_HOST,
      [end.born]: ORIGIN_SEEN,
      'user-timed-out': 18,
      'unanswered-probes': 12,
      'probe-spacing': 12,
      'answers-segment': ANSWER_FITS,
      'form-passive': FORM_FITS,
    },
    impact: 'harmful',
    advice: [
      `find out why nothing of the ${other} got through: the path between, or the ${other} itself`,
      `if the wait was too short, raise TCP_USER_TIMEOUT on the ${end.name}`,
    ],
  };
}

/** A box that owns a socket on each side probed one end from it, got no answer, and ended both connections. */
const byBalancer: Rule = {
  class: 'keepalive-failure',
  subtype: 'by-lb',
  originator: 'load-balancer',
  title: "the load balancer's own keepalive probes went unanswered and it gave the connection up",
  requires: ['born-between', 'balancer-gave-up'],
  excludes: ['form-passive', 'form-refusal', 'answers-syn'],
  weights: {
    ...OWN_HOST,
    'proxy-likely': 6,
    'born-between': ORIGIN_SEEN,
    'balancer-gave-up': 18,
    'unanswered-probes': 12,
    'probe-spacing': 12,
    // A box that owns no socket of the connection seldom probes in an end's name.
    'forwarded-connection': -12,
  },
  impact: 'harmful',
  advice: [
    'find out why the probed end no longer answered: it is gone, or the path to it lost the probes or the answers',
  ],
};

export const keepalive: readonly Rule[] = [
  by(CLIENT),
  by(BACKEND),
  timeout(CLIENT),
  timeout(BACKEND),
  byBalancer,
];
