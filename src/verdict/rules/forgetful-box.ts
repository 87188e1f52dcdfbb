import type { Rule } from '../rule.js';
import { idleBothEnds } from './idle-both-ends.js';
import { idleNextPacket } from './idle-next-packet.js';
import { idleOneLeg } from './idle-one-leg.js';

/**
 * How much less likely it is that another box between the captures ended an idle flow than that the balancer did, which is
 * known to stand there: stateful firewalls forget and reject as a matter of course, but few tell both ends of it.
 */
const FORGETS = -9;
const TELLS_ONE_END = -10;
const TELLS_BOTH_ENDS = -12;

/**
 * A stateful firewall between the captures has an idle timer too, and its reset is the same to the bit: only where it
 * stands tells it from the balancer.
 */
function byAnotherBox(rule: Rule, prior: number, title: string): Rule {
  return {
    ...rule,
    class: 'middlebox-injected',
    subtype: 'inline-reject',
    originator: 'middlebox',
    title,
    weights: {
      ...rule.weights,
      'declares-balancer': 0,
      // What ends idle flows is the balancer first of all.
      'idle-before': prior,
      'first-router': 6,
      // Another box with an idle timer does stand there, one of the two.
      'other-place': 9,
      // The balancer stands between the captures: there is no room for another one.
      'only-router': -6,
      'still-forwarded': 0,
      // Defaults of balancers and translators; firewalls wait for half an hour or more.
      'idle-known-timer': -5,
    },
    advice: [
      'find out which box stands there: the idle timeout and the log of a firewall between the captures, or captures on both sides of it, decide',
    ],
  };
}

export const forgetfulBoxes: readonly Rule[] = [
  byAnotherBox(
    idleNextPacket,
    FORGETS,
    'a stateful box between the captures, such as a firewall, had forgotten the idle flow and rejected the next packet',
  ),
  byAnotherBox(
    idleOneLeg,
    TELLS_ONE_END,
    'the idle timer of a stateful box between the captures, such as a firewall, fired and it reset one end',
  ),
  byAnotherBox(
    idleBothEnds,
    TELLS_BOTH_ENDS,
    'the idle timer of a stateful box between the captures, such as a firewall, fired and it reset both ends',
  ),
];
