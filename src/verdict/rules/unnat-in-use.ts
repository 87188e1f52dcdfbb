import { CLIENT, OWN_HOST, type Rule } from '../rule.js';
import { ANSWER_FITS, FORM_FITS, ORIGIN_SEEN } from './weights.js';

/**
 * The balancer let a segment of a living connection through without translating it, as netfilter does with what its
 * connection tracking calls invalid (a number out of the window: net/netfilter/nf_conntrack_proto_tcp.c), and the
 * client's kernel, which knows no such connection, reset it.
 */
export const unnatInUse: Rule = {
  class: 'lb-other',
  subtype: 'reset-in-use',
  originator: 'client',
  title:
    "the load balancer let the backend's packet out untranslated while the connection was in use, and the client's kernel reset it",
  requires: [CLIENT.born, 'trigger-untranslated'],
  excludes: ['answers-syn', 'idle-before'],
  weights: {
    ...OWN_HOST,
    [CLIENT.born]: ORIGIN_SEEN,
    'trigger-untranslated': 20,
    'answers-segment': ANSWER_FITS,
    'form-passive': FORM_FITS,
  },
  impact: 'harmful',
  advice: [
    'drop what connection tracking calls invalid instead of letting it out untranslated (for Kubernetes: kube-proxy with `nf_conntrack_tcp_be_liberal`, or a rule that drops ctstate INVALID)',
    'find out what lost the translation or sent a segment out of the window: a flushed table, a failover, packets out of order',
  ],
};
