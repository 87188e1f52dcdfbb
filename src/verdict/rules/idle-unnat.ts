import { CLIENT, OWN_HOST, type Rule } from '../rule.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/**
 * The balancer's translation expired, the backend spoke next, and its segment reached the client untranslated: a
 * stranger's, which the client's kernel answered with a reset. Each end then says that the other one reset it.
 */
export const idleUnnat: Rule = {
  class: 'lb-idle-timeout',
  subtype: 'unnat-after-expiry',
  originator: 'client',
  title:
    "the load balancer had forgotten the idle flow: the backend's packet reached the client untranslated, and its kernel reset it",
  requires: [CLIENT.born, 'trigger-untranslated', 'idle-before'],
  excludes: ['answers-syn'],
  weights: {
    ...OWN_HOST,
    [CLIENT.born]: ORIGIN_SEEN,
    'trigger-untranslated': 20,
    'answers-segment': ANSWER_FITS,
    'form-passive': FORM_FITS,
    'idle-long-before': 6,
  },
  impact: 'harmful',
  advice: [
    'send a TCP keepalive or application heartbeat before the translation expires, or raise its timeout',
    'drop what connection tracking calls invalid instead of letting it out untranslated',
  ],
};
