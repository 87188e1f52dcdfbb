import type { CatalogueEntry } from './entry.js';

const AZURE_RESET = 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset';
const LINUX_IPV4 = 'https://github.com/torvalds/linux/blob/v6.18/net/ipv4/tcp_ipv4.c';
const RFC_5961 = 'https://www.rfc-editor.org/rfc/rfc5961';

/** Who sent a reset: mostly decided before any policy is asked, by the rules of the verdict. */
export const WHO: readonly CatalogueEntry[] = [
  {
    number: 1,
    id: 'who/forwarded',
    level: 'contradiction',
    documentation:
      'A reset that leaves one end and arrives at the other with the same number was sent by that end and forwarded.',
    decidedBy: 'verdict',
    how: 'facts born-client-side and born-server-side',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  {
    number: 2,
    id: 'who/seen-leaving',
    level: 'contradiction',
    documentation:
      'No end sent a reset that its own capture does not show, unless that capture is known to have gaps.',
    decidedBy: 'verdict',
    how: 'fact born-between, weighed by how far the capture can be trusted at that time',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  {
    number: 3,
    id: 'model/proxy-keeps-numbers',
    level: 'contradiction',
    documentation:
      'A full proxy has two connections: the same initial sequence numbers on both sides rule it out.',
    decidedBy: 'configuration',
    how: 'a problem of the policy when three or more connections are paired by number',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  {
    number: 4,
    id: 'model/forwarder-changes-numbers',
    level: 'contradiction',
    documentation:
      'A device that forwards keeps sequence numbers: where no connection of one side has the numbers of any of the other, something else stands between.',
    decidedBy: 'configuration',
    how: 'a problem of the policy when no connection of either side is paired',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
  {
    number: 5,
    id: 'who/keepalives-cross',
    level: 'hint',
    documentation: 'A keepalive probe that is seen on both sides was forwarded: no proxy stands between.',
    decidedBy: 'verdict',
    how: 'pairing by numbers says the same, and earlier',
    source: 'https://docs.haproxy.org/2.8/configuration.html#4-option%20tcpka',
  },
  {
    number: 6,
    id: 'who/ttl-differs',
    level: 'hint',
    documentation:
      "A reset whose TTL differs from that of its sender's other segments was made by another host.",
    decidedBy: 'verdict',
    how: 'facts ttl-as-sender and ttl-unlike-sender',
    source: 'https://www.rfc-editor.org/rfc/rfc791',
  },
  {
    number: 7,
    id: 'who/ip-id-continues',
    level: 'hint',
    documentation:
      "A reset that continues its sender's IP identification came from that sender's own socket.",
    decidedBy: 'verdict',
    how: 'facts ip-id-continues, form-active and form-passive',
    source: 'https://github.com/torvalds/linux/blob/v6.18/include/net/ip.h',
  },
  {
    number: 8,
    id: 'who/both-arrived',
    level: 'contradiction',
    documentation:
      'Resets that arrive at both ends and that neither sent were made in between; that is no forwarded reset of the backend.',
    decidedBy: 'verdict',
    how: 'fact both-ends',
    source: AZURE_RESET,
  },
  {
    number: 9,
    id: 'who/one-arrived',
    level: 'hint',
    documentation:
      'A reset that arrives at one end only, and that the other did not send, is that of a device which answers one side.',
    decidedBy: 'verdict',
    how: 'rules idle-one-leg and idle-next-packet',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
  },
  {
    number: 10,
    id: 'who/inert-reset',
    level: 'warning',
    documentation:
      'A reset whose number is not exactly the next one expected is answered with a challenge, and ends nothing.',
    decidedBy: 'verdict',
    how: 'fact sequence-exact, and the impact of a finding',
    source: RFC_5961,
  },
  {
    number: 11,
    id: 'who/reset-answered-by-reset',
    level: 'contradiction',
    documentation: 'No host answers a reset with a reset.',
    decidedBy: 'verdict',
    how: 'a RST is never taken for the trigger of another',
    source: LINUX_IPV4,
  },
  {
    number: 12,
    id: 'who/reply-needs-trigger',
    level: 'hint',
    documentation:
      'A bare reset takes its number from the segment that it answers; without that segment the capture has a gap, or the reset is forged.',
    decidedBy: 'verdict',
    how: 'facts answers-segment and form-passive',
    source: LINUX_IPV4,
  },
  {
    number: 13,
    id: 'idle/cause-code',
    level: 'hint',
    documentation:
      "F5 writes the cause into a reset's payload, NetScaler a code into its window; they count only where that product was declared.",
    decidedBy: 'policy',
    how: 'rules of src/policy/rules/cause-code.ts',
    source: 'https://my.f5.com/manage/s/article/K13223',
  },
];
