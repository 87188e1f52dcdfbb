import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { ORIGIN_SEEN } from './weights.js';

/**
 * An end whose data was never acknowledged gave up and said so by a reset, as FreeBSD and its kin do
 * (sys/netinet/tcp_timer.c, tcp_timer_rexmt, by way of tcp_drop); Linux gives up in silence.
 */
function by(end: EndOfPath): Rule {
  const other = end === CLIENT ? 'backend' : 'client';
  return {
    class: 'keepalive-failure',
    subtype: 'retransmission-timeout',
    originator: end.name,
    title: `the ${end.name} repeated its data until its kernel gave the connection up`,
    requires: [end.born, 'repeats-exhausted'],
    excludes: ['form-passive', 'form-refusal', 'answers-syn', 'unanswered-probes'],
    weights: {
      ...OWN_HOST,
      [end.born]: ORIGIN_SEEN,
      'repeats-exhausted': 20,
      'form-bsd-active': 6,
      'declares-keepalive-failure': 6,
    },
    impact: 'harmful',
    advice: [`find out where the data got lost: the path to the ${other}, or the ${other} itself`],
  };
}

export const gaveUpRepeating: readonly Rule[] = [by(CLIENT), by(BACKEND)];
