import type { CatalogueEntry } from './entry.js';

const AZURE_RESET = 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset';
const ALB =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html';

/** Keepalives and configurations: what will break, and what cannot be right. */
export const CONFIGURATION: readonly CatalogueEntry[] = [
  {
    number: 32,
    id: 'keepalive/not-below-timeout',
    level: 'warning',
    documentation:
      'A keepalive protects only if it comes before the timer fires; one that is equal to it does not.',
    decidedBy: 'exposure',
    how: 'exposure/keepalive-interval.ts, from the configuration and from what was seen',
    source: AZURE_RESET,
  },
  {
    number: 33,
    id: 'keepalive/not-counted',
    level: 'contradiction',
    documentation: 'TCP keepalives do not restart the timers of proxies that count data or requests.',
    decidedBy: 'exposure',
    how: 'exposure/keepalive-uncounted.ts, from the configuration and from what was seen',
    source: ALB,
  },
  {
    number: 34,
    id: 'keepalive/grpc-floor',
    level: 'warning',
    documentation:
      'gRPC pings have to come before the timer, and not more often than the server allows, 300 s by default.',
    decidedBy: 'exposure',
    how: 'exposure/grpc.ts, from a policy file',
    source: 'https://github.com/grpc/proposal/blob/master/A9-server-side-conn-mgt.md',
  },
  {
    number: 35,
    id: 'keepalive/own-after-timeout',
    level: 'warning',
    documentation: "F5's stock keepalive of 1800 s comes after its idle timeout of 300 s.",
    decidedBy: 'exposure',
    how: 'exposure/own-keepalive.ts',
    source:
      'https://registry.terraform.io/providers/F5Networks/bigip/latest/docs/resources/bigip_ltm_profile_tcp',
  },
  {
    number: 36,
    id: 'chain/backend-closes-first',
    level: 'warning',
    documentation: 'A backend has to keep idle connections longer than the proxy in front of it.',
    decidedBy: 'exposure',
    how: 'exposure/backend-idle.ts, from a policy file',
    source: 'https://cloud.google.com/load-balancing/docs/https',
  },
  {
    number: 37,
    id: 'chain/unequal-legs',
    level: 'hint',
    documentation:
      'Of unequal timeouts of client and server HAProxy uses the shorter one on both legs in TCP mode.',
    decidedBy: 'exposure',
    how: 'exposure/proxy-legs.ts; a timeout that is missing never fires',
    source: 'https://docs.haproxy.org/2.8/configuration.html#4-timeout%20client',
  },
  {
    number: 38,
    id: 'chain/silent-timer-first',
    level: 'warning',
    documentation: 'The shortest timer on the path wins; where it is a silent one, nobody is told.',
    decidedBy: 'exposure',
    how: 'exposure/order.ts, and the chain in the report',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
  },
  {
    number: 39,
    id: 'config/range',
    level: 'contradiction',
    documentation: 'A value outside of what the product accepts cannot be the one in effect.',
    decidedBy: 'configuration',
    how: 'problems of the policy, from the ranges of the models',
    source: AZURE_RESET,
  },
  {
    number: 40,
    id: 'config/value-missing',
    level: 'contradiction',
    documentation:
      'Where the value that decides was not supplied, nothing is judged by another; what to add is said.',
    decidedBy: 'policy',
    how: 'rules/unknowns.ts, and the importer of Azure',
    source: 'https://learn.microsoft.com/cli/azure/network/public-ip',
  },
  {
    number: 41,
    id: 'config/wrong-object',
    level: 'contradiction',
    documentation:
      'An attribute belongs to a load balancer, a listener or a target group, and means nothing elsewhere.',
    decidedBy: 'configuration',
    how: 'the importer of AWS refuses mixed lists, and says what was not used',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
  },
  {
    number: 42,
    id: 'config/younger-than-flow',
    level: 'warning',
    documentation: 'A configuration that is younger than the flow may not apply to it.',
    decidedBy: 'policy',
    how: 'since of a policy file: violations become inconclusive',
    source: 'https://learn.microsoft.com/azure/nat-gateway/nat-overview',
  },
];
