import { BACKEND, CLIENT, type EndOfPath, OWN_HOST, type Rule } from '../rule.js';
import { FORM_FITS, ORIGIN_SEEN, SEQUENCE_FITS } from './weights.js';

/**
 * An end gave up after repeating its data in vain on a connection that had been idle: seen from one side only, a
 * balancer that forgot the flow without a word looks just like a peer or a path that died.
 */
function afterSilence(end: EndOfPath): Rule {
  return {
    class: 'lb-idle-timeout',
    subtype: 'silent-expiry',
    originator: end.name,
    title: `the load balancer may have forgotten the idle flow without a word; the ${end.name} gave up on what it sent after that`,
    requires: [end.born, 'sender-unanswered', 'idle-before'],
    excludes: ['answers-syn', 'unanswered-probes', 'form-passive', 'closed-by-both'],
    weights: {
      ...OWN_HOST,
      [end.born]: ORIGIN_SEEN,
      'form-active': FORM_FITS,
      'sequence-exact': SEQUENCE_FITS,
    },
    impact: 'harmful',
    advice: ['capture on the other side too: it shows whether the repeated data arrived there'],
  };
}

export const lateResets: readonly Rule[] = [afterSilence(CLIENT), afterSilence(BACKEND)];
