/** An Azure load balancer as read from its configuration, free of the form that it was written in. */

export type RuleKind = 'lb-rule' | 'nat-rule' | 'outbound-rule';

/** What a reader calls each kind of rule. */
export const RULE_WORDS: Readonly<Record<RuleKind, string>> = {
  'lb-rule': 'load-balancing rule',
  'nat-rule': 'inbound NAT rule',
  'outbound-rule': 'outbound rule',
};

/** An Azure object that the command line addresses by name and resource group. */
export interface ResourceName {
  readonly name: string;
  /** Null when the configuration does not say. */
  readonly resourceGroup: string | null;
}

/** A reference to a public IP, which holds its timeout but is another resource. */
export interface PublicIpRef extends ResourceName {
  /** The resource id in lower case: Azure compares ids without case. */
  readonly id: string;
}

export interface PublicIp extends PublicIpRef {
  readonly address: string | null;
  readonly minutes: number;
  /** Whether it belongs to a network interface: an instance-level public IP. */
  readonly instanceLevel: boolean;
}

/** A NAT gateway, which takes outbound flows before a load balancer sees them. */
export interface NatGateway extends ResourceName {
  readonly minutes: number;
  readonly publicIps: readonly PublicIpRef[];
}

export interface Frontend {
  readonly name: string;
  /** In lower case. */
  readonly id: string;
  readonly privateAddress: string | null;
  /** Null for a private frontend. */
  readonly publicIp: PublicIpRef | null;
}

/** An inclusive range of ports, or every port (HA ports). */
export type Ports = { readonly from: number; readonly to: number } | 'all';

/** A rule for TCP; rules for UDP have no TCP timer and are not kept. */
export interface Rule {
  readonly kind: RuleKind;
  readonly name: string;
  readonly frontendPorts: Ports;
  /** Null when the rule spreads over a range of backend ports. */
  readonly backendPort: number | null;
  readonly minutes: number;
  readonly tcpReset: boolean;
  readonly floatingIp: boolean;
  /** In lower case; null when the rule names none. */
  readonly frontendId: string | null;
}

export interface AzureConfig extends ResourceName {
  /** True for the Basic SKU, retired in 2025, which never resets. */
  readonly basic: boolean;
  readonly frontends: readonly Frontend[];
  /** Load-balancing rules and inbound NAT rules. */
  readonly inbound: readonly Rule[];
  readonly outbound: readonly Rule[];
  readonly publicIps: readonly PublicIp[];
  /** NAT gateways that were given: outbound flows of their subnets go through them. */
  readonly natGateways: readonly NatGateway[];
}
