import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { ORIGIN_SEEN } from './weights.js';

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
    },
    unless: { 'probe-spacing': -6, 'ip-id-continues': -5 },
    impact: 'harmful',
    advice: [`find out where the probes got lost: the path to the ${other}, or the ${other} itself`],
  };
}

export const keepalive: readonly Rule[] = [by(CLIENT), by(BACKEND)];
