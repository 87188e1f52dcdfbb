import type { CatalogueEntry } from './entry.js';

const AZURE_RESET = 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset';
const NAT_GATEWAY = 'https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource';
const NLB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html';
const IPVS = 'https://github.com/torvalds/linux/blob/v6.18/net/netfilter/ipvs/ip_vs_core.c';
const HAPROXY = 'https://docs.haproxy.org/2.8/configuration.html#4-timeout%20client';

/** Whether the idle timer of the declared device explains what was seen. */
export const IDLE: readonly CatalogueEntry[] = [
  {
    number: 14,
    id: 'idle/established-only',
    level: 'contradiction',
    documentation:
      'A device that resets established flows only cannot have reset one whose handshake was not complete, or that was closing.',
    decidedBy: 'policy',
    how: 'rules/established.ts',
    source: AZURE_RESET,
  },
  {
    number: 15,
    id: 'idle/both-ends',
    level: 'contradiction',
    documentation:
      'Where both ends are to be reset at the timer, each has to get one; a missing one may also have been lost before the capture.',
    decidedBy: 'policy',
    how: 'rules/both-ends.ts: inconclusive, as a loss cannot be ruled out',
    source: AZURE_RESET,
  },
  {
    number: 16,
    id: 'idle/at-the-timeout',
    level: 'contradiction',
    documentation:
      'An idle timer that resets by itself fires when the idle time is over: not earlier, and not later than its granularity allows.',
    decidedBy: 'policy',
    how: 'rules/timing.ts',
    source: AZURE_RESET,
  },
  {
    number: 17,
    id: 'idle/reset-not-owed',
    level: 'contradiction',
    documentation:
      'A device whose resets are off, or that has none, cannot have reset an idle flow: it drops it in silence.',
    decidedBy: 'policy',
    how: 'rules/reset-switch.ts',
    source: AZURE_RESET,
  },
  {
    number: 18,
    id: 'idle/inbound-precedence',
    level: 'contradiction',
    documentation:
      "Inbound on Azure the frontend public IP's minutes count where they differ from the rule's; a deviation names both.",
    decidedBy: 'policy',
    how: 'the resolver of azure-standard, and rules/losing-setting.ts',
    source: AZURE_RESET,
  },
  {
    number: 19,
    id: 'idle/outbound-precedence',
    level: 'contradiction',
    documentation:
      'Outbound on Azure: NAT gateway, then instance-level public IP, then outbound rule, then the fixed 4 minutes.',
    decidedBy: 'policy',
    how: 'the resolver of azure-standard',
    source: 'https://learn.microsoft.com/azure/nat-gateway/nat-overview',
  },
  {
    number: 20,
    id: 'idle/needs-trigger',
    level: 'contradiction',
    documentation:
      'A device that is silent at its timer resets only in answer to a later segment, and only its sender.',
    decidedBy: 'policy',
    how: 'rules/reset-switch.ts',
    source: NAT_GATEWAY,
  },
  {
    number: 21,
    id: 'idle/late-answer',
    level: 'contradiction',
    documentation:
      'Where a later segment is answered, the idle time ends with that segment; the reset may come however late.',
    decidedBy: 'policy',
    how: 'the idle time of a verdict, and rules/timing.ts',
    source: NLB,
  },
  {
    number: 22,
    id: 'idle/opener-only',
    level: 'contradiction',
    documentation: 'IPVS and the AWS NAT gateway answer only the end that opened the flow.',
    decidedBy: 'policy',
    how: 'rules/reset-switch.ts; that the hops match the director is left to the verdict',
    source: IPVS,
  },
  {
    number: 23,
    id: 'idle/silent-device',
    level: 'warning',
    documentation:
      'Of devices that only forget, no source says that they reset: a reset that was made in between is not theirs.',
    decidedBy: 'policy',
    how: 'rules/reset-switch.ts',
    source: 'https://cloud.google.com/load-balancing/docs/internal',
  },
  {
    number: 24,
    id: 'idle/silent-drop',
    level: 'hint',
    documentation:
      'What is sent after a silent expiry is repeated and never arrives: that is named as the drop that it is.',
    decidedBy: 'policy',
    how: 'findings of kind silent-drop, and rules/reset-switch.ts',
    source: AZURE_RESET,
  },
  {
    number: 25,
    id: 'idle/late-sweep',
    level: 'warning',
    documentation:
      'NetScaler sweeps its connections every 120 s by default: an idle reset may come that much later.',
    decidedBy: 'policy',
    how: 'lateSeconds of a model, and rules/cause-code.ts for the window codes',
    source:
      'https://developer-docs.netscaler.com/en-us/adc-nitro-api/current-release/configuration/ns/nstimeout',
  },
  {
    number: 26,
    id: 'idle/reset-on-timeout',
    level: 'warning',
    documentation:
      'F5 resets both ends at the timer unless resetOnTimeout is off; a payload has to say that the flow expired.',
    decidedBy: 'policy',
    how: 'the switch of f5-standard and f5-fastl4, and rules/cause-code.ts',
    source:
      'https://registry.terraform.io/providers/F5Networks/bigip/latest/docs/resources/bigip_ltm_profile_tcp',
  },
  {
    number: 27,
    id: 'idle/proxy-leg',
    level: 'contradiction',
    documentation:
      'A proxy closes each leg in its own way: HAProxy the client leg with FIN, the server leg with a reset unless timeout client fired alone.',
    decidedBy: 'policy',
    how: 'rules/proxy-leg.ts',
    source: HAPROXY,
  },
  {
    number: 28,
    id: 'idle/request-under-way',
    level: 'contradiction',
    documentation:
      'Between requests a proxy closes with FIN; while one is under way another timer runs, and nginx may reset.',
    decidedBy: 'policy',
    how: 'rules/proxy-leg.ts',
    source: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#reset_timedout_connection',
  },
  {
    number: 29,
    id: 'proxy/reset-propagation',
    level: 'warning',
    documentation:
      "Before 2026 Envoy told a client of a backend's reset with FIN; a reset means a newer version.",
    decidedBy: 'undecidable',
    how: 'needs the two legs of a proxy paired, and its version',
    source: 'https://github.com/envoyproxy/envoy/pull/44148',
  },
  {
    number: 30,
    id: 'idle/own-leg',
    level: 'contradiction',
    documentation: 'A proxy times each leg by itself: a gap on one says nothing of the other.',
    decidedBy: 'policy',
    how: 'idle times of a leg are measured on that leg, and timers resolved for it',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  },
  {
    number: 31,
    id: 'idle/only-what-crossed',
    level: 'warning',
    documentation:
      'Only segments that crossed the device restart its timer: repeats that were lost before it do not.',
    decidedBy: 'verdict',
    how: 'the idle time of a verdict counts from the last packet that crossed',
    source: 'https://www.rfc-editor.org/rfc/rfc9293',
  },
];
