import { BACKEND, CLIENT, type EndOfPath, type Rule } from '../rule.js';
import { CLAIMED_BY_FORGER, FORGED_SHAPE } from './claims.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

const NOT_BY_A_BOX = [
  'ip-id-continues',
  'timestamp-continues',
  'unanswered-probes',
  'answers-old-connection',
  // With nothing to compare a RST with, any would look foreign.
  'only-resets-seen',
] as const;

/** A box on an end's side that stands in the way: it answers a segment in that end's name and lets nothing pass. */
function inline(end: EndOfPath): Rule {
  return {
    class: 'middlebox-injected',
    subtype: 'inline-reject',
    originator: 'middlebox',
    title: `a box on the ${end.name}'s side rejected a segment in the ${end.name}'s name`,
    requires: [end.born, 'ttl-unlike-sender', 'answers-segment'],
    excludes: NOT_BY_A_BOX,
    weights: {
      ...CLAIMED_BY_FORGER,
      ...FORGED_SHAPE,
      [end.born]: ORIGIN_SEEN,
      'ttl-unlike-sender': 14,
      'answered-too-soon': 10,
      'answers-segment': ANSWER_FITS,
      'form-passive': FORM_FITS,
    },
    impact: 'harmful',
    advice: [`look for a firewall between the ${end.name} and the capture on its side`],
  };
}

/** A RST that came from an end's side, but from another network position than that end's own segments. */
function elsewhere(end: EndOfPath): Rule {
  return {
    ...inline(end),
    subtype: 'out-of-band',
    title: `a box on the ${end.name}'s side forged the reset in the ${end.name}'s name`,
    requires: [end.born, 'ttl-unlike-sender'],
    weights: {
      ...CLAIMED_BY_FORGER,
      ...FORGED_SHAPE,
      [end.born]: ORIGIN_SEEN,
      'ttl-unlike-sender': 14,
      'answered-too-soon': 10,
      'sender-went-on': 6,
      'form-passive': FORM_FITS,
    },
  };
}

/** A RST in an end's name with that end's TTL, but not with its clock and counter: forged by a box that copies. */
function forged(end: EndOfPath): Rule {
  return {
    class: 'middlebox-injected',
    subtype: 'out-of-band',
    originator: 'middlebox',
    title: `a box on the ${end.name}'s side that watches the traffic forged the reset in the ${end.name}'s name`,
    requires: [end.born, 'forgery-marks'],
    excludes: [...NOT_BY_A_BOX, 'form-refusal'],
    weights: {
      ...CLAIMED_BY_FORGER,
      ...FORGED_SHAPE,
      [end.born]: ORIGIN_SEEN - 12,
      'timestamp-missing': 11,
      'ip-id-foreign': 6,
      'ip-id-mirrors-trigger': 12,
      'sender-went-on': 20,
      'ttl-unlike-sender': 6,
    },
    unless: { 'ip-id-continues': 3, 'sequence-exact': 3 },
    impact: 'unknown',
    advice: [`look for an intrusion prevention system or filter that sees the traffic of the ${end.name}`],
  };
}

/** A box that turns a segment around: its number and window stay on the RST that it sends back. */
function mirror(end: EndOfPath): Rule {
  return {
    ...forged(end),
    subtype: 'mirror',
    title: `a box on the ${end.name}'s side made a segment into a reset in the ${end.name}'s name and sent it back`,
    requires: [end.born, 'ip-id-turned-around'],
    weights: { ...forged(end).weights, [end.born]: ORIGIN_SEEN - 8, 'ip-id-mirrors-trigger': 14 },
    impact: 'harmful',
  };
}

/** A forged RST whose number was not the one expected: its receiver took no notice. */
function stale(end: EndOfPath): Rule {
  return {
    ...forged(end),
    subtype: 'stale-ignored',
    title: `a box on the ${end.name}'s side forged a reset in the ${end.name}'s name, and its receiver took no notice`,
    requires: [end.born, 'forgery-marks', 'receiver-ignored'],
    weights: { ...forged(end).weights, 'receiver-ignored': 6 },
    impact: 'harmless',
    advice: [
      'nothing was lost this time; look for an intrusion prevention system or filter that sees the traffic',
    ],
  };
}

export const injectedNearEnds: readonly Rule[] = [CLIENT, BACKEND].flatMap((end) => [
  inline(end),
  elsewhere(end),
  forged(end),
  mirror(end),
  stale(end),
]);
