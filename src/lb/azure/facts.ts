import type { Clause, Dispute, Source } from '../model.js';

/** What Microsoft publishes about the Standard Load Balancer, and where. Minutes are Azure's unit for all of it. */

/** Precedence, reset behaviour, range 4 to 100 minutes, and the limits of resets. */
export const TCP_RESET_PAGE: Source = {
  title: 'Azure: Load Balancer TCP Reset and Idle Timeout (2024-07-31)',
  url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset',
};

/** A public IP's own timeout: 4 to 30 minutes for inbound flows, locked to 4 for outbound ones. */
export const PUBLIC_IP_PAGE: Source = {
  title: 'Azure: Public IP addresses (2023-08-24)',
  url: 'https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses',
};

/** Rules as the management API's schema describes them: 4 to 30 minutes, default 4, resets off. */
export const RULE_SCHEMA: Source = {
  title: 'Azure management API: LoadBalancingRule',
  url: 'https://learn.microsoft.com/python/api/azure-mgmt-network/azure.mgmt.network.models.loadbalancingrule',
};

/** Outbound rules: 4 to 120 minutes. */
export const OUTBOUND_PAGE: Source = {
  title: 'Azure: Outbound rules (2024-04-11)',
  url: 'https://learn.microsoft.com/azure/load-balancer/outbound-rules',
};

/** NAT gateways: 4 to 120 minutes, a reset to whoever sends after expiry. */
export const NAT_RESOURCE_PAGE: Source = {
  title: 'Azure: NAT gateway resource (2023-07-10)',
  url: 'https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource',
};

/** A NAT gateway goes before everything but routes; flows from before it was attached keep their way. */
export const NAT_OVERVIEW_PAGE: Source = {
  title: 'Azure: What is Azure NAT Gateway (2022-12-06)',
  url: 'https://learn.microsoft.com/azure/nat-gateway/nat-overview',
};

/** Minutes of a rule or public IP that does not say (RULE_SCHEMA). */
export const DEFAULT_MINUTES = 4;
/** The least that any Azure object accepts (TCP_RESET_PAGE). */
export const MIN_MINUTES = 4;
/** The most that the schema's text grants a rule (RULE_SCHEMA); the newer page grants more. */
export const SCHEMA_MAX_MINUTES = 30;
/** The most that an inbound rule can have (TCP_RESET_PAGE). */
export const INBOUND_MAX_MINUTES = 100;
/** The most that an outbound rule can have (OUTBOUND_PAGE); TCP_RESET_PAGE says 100. */
export const OUTBOUND_MAX_MINUTES = 120;
/** The most that a public IP can have (PUBLIC_IP_PAGE), and a rule of the Basic SKU (TCP_RESET_PAGE). */
export const PUBLIC_IP_MAX_MINUTES = 30;
/** The most that a NAT gateway can have (NAT_RESOURCE_PAGE). */
export const NAT_GATEWAY_MAX_MINUTES = 120;
/** What a public IP gives outbound flows, whatever it is set to (TCP_RESET_PAGE). */
export const OUTBOUND_LOCKED_MINUTES = 4;

export const ESTABLISHED_ONLY: Clause = {
  rule: 'azure/established-only',
  text: 'Azure sends idle resets only for flows in the ESTABLISHED state',
  source: TCP_RESET_PAGE,
};

export const BOTH_ENDS: Clause = {
  rule: 'azure/both-ends',
  text: 'with TCP reset on, Azure resets both ends when the idle timer fires',
  source: TCP_RESET_PAGE,
};

export const LATER_SEGMENTS: Clause = {
  rule: 'azure/later-segments',
  text: 'with TCP reset on, Azure also answers later segments of the expired flow with a reset',
  source: TCP_RESET_PAGE,
};

/** Rule at 6 minutes, public IP first at 4, then at 8: the flow lived 6 minutes both times (2023, never answered). */
export const PRECEDENCE_DISPUTE: Dispute = {
  about: 'precedence',
  text: "a user measured the rule's value whether the public IP's was lower or higher",
  source: {
    title: 'MicrosoftDocs/azure-docs issue 107907 (2023-04-10)',
    url: 'https://github.com/MicrosoftDocs/azure-docs/issues/107907',
  },
};

export const FLOATING_IP_DISPUTE: Dispute = {
  about: 'effect',
  text: 'a user reports that the idle timeout has no effect on rules with floating IP',
  source: {
    title: 'MicrosoftDocs/azure-docs issue 86536 (2022-01-17)',
    url: 'https://github.com/MicrosoftDocs/azure-docs/issues/86536',
  },
};
