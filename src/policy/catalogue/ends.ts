import type { CatalogueEntry } from './entry.js';

const LINUX_TIMER = 'https://github.com/torvalds/linux/blob/v6.18/net/ipv4/tcp_timer.c';
const LINUX_TCP = 'https://github.com/torvalds/linux/blob/v6.18/net/ipv4/tcp.c';

/** Resets that the ends make, and what else has to be ruled out. */
export const ENDS: readonly CatalogueEntry[] = [
  {
    number: 43,
    id: 'ends/keepalive-failure',
    level: 'contradiction',
    documentation:
      'An end gives up after unanswered probes in even steps, and resets with the number after theirs.',
    decidedBy: 'verdict',
    how: 'facts unanswered-probes and probe-spacing',
    source: LINUX_TIMER,
  },
  {
    number: 44,
    id: 'ends/no-reset-on-retransmission',
    level: 'contradiction',
    documentation:
      'Linux sends no reset when it gives up retransmitting: one that follows has another cause.',
    decidedBy: 'verdict',
    how: 'no rule takes retransmissions for a cause; rules late-reset and aborts',
    source: LINUX_TIMER,
  },
  {
    number: 45,
    id: 'ends/abort-at-once',
    level: 'hint',
    documentation:
      'A reset right after data or FIN to a host that closed is unread data or a hard close: idleness is not involved.',
    decidedBy: 'verdict',
    how: 'rules aborts and replies',
    source: LINUX_TCP,
  },
  {
    number: 46,
    id: 'ends/restart',
    level: 'warning',
    documentation:
      'A restarted host answers the first segment with a bare reset, after however short a time: that is no idle timeout.',
    decidedBy: 'verdict',
    how: 'rules replies',
    source: LINUX_TCP,
  },
  {
    number: 47,
    id: 'ends/metrics',
    level: 'hint',
    documentation: 'Counters of the load balancer tell its own resets from those that it forwarded.',
    decidedBy: 'undecidable',
    how: 'counters are not in captures or configurations; look at TCP_ELB_Reset_Count and IdleTimeoutCount',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html',
  },
  {
    number: 48,
    id: 'ends/unhealthy-target',
    level: 'warning',
    documentation: 'An unhealthy target with connection termination on resets its clients, idle or not.',
    decidedBy: 'configuration',
    how: 'a problem of the policy where the attribute is on; health itself is in no capture',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
  },
  {
    number: 49,
    id: 'ends/probe-down',
    level: 'warning',
    documentation: "A failed probe resets no established flow on Azure's Standard Load Balancer.",
    decidedBy: 'undecidable',
    how: 'whether a probe failed is in no capture of user flows',
    source: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  },
  {
    number: 50,
    id: 'idle/too-uncertain',
    level: 'contradiction',
    documentation:
      'What rests on the order or distance of events at both vantages is only as good as their clocks fit.',
    decidedBy: 'policy',
    how: 'the uncertainty of the clock widens every comparison; rules/timing.ts',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  {
    number: 51,
    id: 'idle/unacknowledged',
    level: 'warning',
    documentation:
      'Linux connection tracking forgets a flow with unacknowledged data after 300 s, well before its usual timeout.',
    decidedBy: 'policy',
    how: 'the resolver of nf-conntrack, where data was in flight',
    source: 'https://github.com/torvalds/linux/blob/v6.18/net/netfilter/nf_conntrack_proto_tcp.c',
  },
];
