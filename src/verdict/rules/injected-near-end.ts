import { BACKEND, CLIENT, type EndOfPath, type Rule } from '../rule.js';
import { FORM_FITS, ORIGIN_SEEN } from './weights.js';

/** A RST that came from an end's side, but from another network position than that end's own segments. */
function near(end: EndOfPath): Rule {
  return {
    class: 'middlebox-injected',
    subtype: `near-${end.name}`,
    originator: 'middlebox',
    title: `a box on the ${end.name}'s side forged the reset in the ${end.name}'s name`,
    requires: [end.born, 'ttl-unlike-sender'],
    excludes: ['ip-id-continues', 'timestamp-continues', 'unanswered-probes'],
    weights: {
      [end.born]: ORIGIN_SEEN,
      'ttl-unlike-sender': 14,
      'ip-id-mirrors-trigger': 12,
      'answered-too-soon': 10,
      'form-passive': FORM_FITS,
    },
    impact: 'harmful',
    advice: [`look for a firewall between the ${end.name} and the capture on its side`],
  };
}

export const injectedNearEnds: readonly Rule[] = [near(CLIENT), near(BACKEND)];
