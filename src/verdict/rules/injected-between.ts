import { NOT_OWN_HOST, REPLY_IN_BETWEEN, type Rule } from '../rule.js';
import { CLAIMED_BY_FORGER, FORGED_SHAPE } from './claims.js';
import { ORIGIN_SEEN } from './weights.js';

/** Traits of a box that forges: a copied IP ID, a reset between live segments. */
const outOfBand: Rule = {
  class: 'middlebox-injected',
  subtype: 'out-of-band',
  originator: 'middlebox',
  title: 'a box between the two captures forged the reset',
  requires: ['born-between'],
  excludes: ['no-partner', 'answers-old-connection'],
  weights: {
    ...NOT_OWN_HOST,
    ...CLAIMED_BY_FORGER,
    ...FORGED_SHAPE,
    'born-between': ORIGIN_SEEN - 9,
    ...REPLY_IN_BETWEEN,
    // Whoever only watches stops nothing.
    'trigger-never-crossed': -3,
    'ip-id-mirrors-trigger': 15,
    'trigger-crossed': 6,
    'answers-syn': -10,
    'form-refusal': -10,
    'data-in-flight': 3,
    'idle-long-before': -10,
    'both-ends': 3,
    // What went on being forwarded nobody stood in the way of.
    'still-forwarded': 9,
    'first-router': 9,
  },
  impact: 'harmful',
  advice: ['look for a firewall or intrusion prevention system on the path and its log for this time'],
};

/** The same by a box that stands in the way: what the RST answers went no further. */
const inlineReject: Rule = {
  ...outOfBand,
  subtype: 'inline-reject',
  title: 'a box between the two captures rejected a segment in the name of the other end',
  requires: ['born-between', 'answers-segment', 'trigger-never-crossed'],
  // Next to a balancer stands a firewall often enough: what it answers looks the same.
  weights: {
    ...outOfBand.weights,
    ...REPLY_IN_BETWEEN,
    'born-between': ORIGIN_SEEN - 5,
    'idle-before': -3,
    'idle-separates': -6,
    'still-forwarded': 3,
  },
};

/** A segment that a box between the captures made into a RST and sent back. */
const mirror: Rule = {
  ...outOfBand,
  subtype: 'mirror',
  title: 'a box between the two captures made a segment into a reset and sent it back',
  requires: ['born-between', 'ip-id-turned-around'],
  weights: { ...outOfBand.weights, 'ip-id-turned-around': 6 },
};

/** A forged RST whose number was not the one expected. */
const stale: Rule = {
  ...outOfBand,
  subtype: 'stale-ignored',
  title: 'a box between the two captures forged a reset, and its receiver took no notice',
  requires: ['born-between', 'receiver-ignored'],
  weights: { ...outOfBand.weights, 'receiver-ignored': 12 },
  impact: 'harmless',
  advice: [
    'nothing was lost this time; look for an intrusion prevention system on the path and its log for this time',
  ],
};

/** The same on the way to a proxy, which is the TCP end there: its own segments come from farther away, or from nearer. */
const beforeProxy: Rule = {
  class: 'middlebox-injected',
  subtype: 'inline-reject',
  originator: 'middlebox',
  title: "a box on the way to the load balancer rejected a segment in the load balancer's name",
  requires: ['born-between', 'proxy-leg', 'ttl-unlike-sender', 'answers-segment'],
  excludes: ['ip-id-continues', 'timestamp-continues', 'answers-syn', 'answers-old-connection'],
  weights: {
    ...CLAIMED_BY_FORGER,
    ...FORGED_SHAPE,
    'born-between': ORIGIN_SEEN - 5,
    'proxy-likely': 12,
    'ttl-unlike-sender': 14,
    'answers-segment': 6,
    'answered-too-soon': 10,
    'form-passive': 4,
  },
  impact: 'harmful',
  advice: [
    'look for a firewall between the load balancer and the capture of that side: its rules, its idle timeout, its log for this time',
  ],
};

/** What boxes between the captures forge. */
export const injectedBetween: readonly Rule[] = [outOfBand, inlineReject, mirror, stale, beforeProxy];
