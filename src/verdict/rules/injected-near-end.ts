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
    excludes: ['ip-id-continues', 'timestamp-continues', 'unanswered-probes', 'answers-old-connection'],
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

/** A RST in an end's name with that end's TTL, but not with its clock and counter: forged by a box that copies. */
function forged(end: EndOfPath): Rule {
  return {
    class: 'middlebox-injected',
    subtype: `out-of-band-${end.name}`,
    originator: 'middlebox',
    title: `a box on the ${end.name}'s side that watches the traffic forged the reset in the ${end.name}'s name`,
    requires: [end.born, 'forgery-marks'],
    excludes: [
      'ip-id-continues',
      'timestamp-continues',
      'unanswered-probes',
      'form-refusal',
      'answers-old-connection',
    ],
    weights: {
      [end.born]: ORIGIN_SEEN - 12,
      'timestamp-missing': 8,
      'ip-id-mirrors-trigger': 12,
      'sender-went-on': 20,
      'ttl-unlike-sender': 6,
    },
    unless: { 'ip-id-continues': 3, 'sequence-exact': 3 },
    impact: 'unknown',
    advice: [`look for an intrusion prevention system or filter that sees the traffic of the ${end.name}`],
  };
}

export const injectedNearEnds: readonly Rule[] = [CLIENT, BACKEND].flatMap((end) => [near(end), forged(end)]);
