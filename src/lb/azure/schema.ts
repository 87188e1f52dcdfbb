import { z } from 'zod';

/** The part of Azure's flattened form that decides idle timeouts; every other key is let through unread. */

const MAX_PORT = 65_535;

const port = z.int().min(0).max(MAX_PORT);
const minutes = z.number().positive().nullish();
const flag = z.boolean().nullish();
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const reference = z.object({ id: z.string() });

/** A frontend may hold its public IP by reference or, expanded, as a whole. */
const publicIpOrReference = reference.extend({
  ipAddress: z.string().nullish(),
  idleTimeoutInMinutes: minutes,
});

const frontend = z.object({
  name: z.string(),
  id: z.string().nullish(),
  privateIPAddress: z.string().nullish(),
  publicIPAddress: publicIpOrReference.nullish(),
});

const common = {
  name: z.string(),
  protocol: z.string(),
  idleTimeoutInMinutes: minutes,
  enableTcpReset: flag,
};

const inbound = {
  ...common,
  backendPort: port.nullish(),
  enableFloatingIP: flag,
  frontendIPConfiguration: reference.nullish(),
};

const loadBalancingRule = z.object({ ...inbound, frontendPort: port });

/** A NAT rule forwards one frontend port to one machine, or a range of them to a pool. */
const natRule = z.object({
  ...inbound,
  frontendPort: port.nullish(),
  frontendPortRangeStart: port.nullish(),
  frontendPortRangeEnd: port.nullish(),
});

const outboundRule = z.object({ ...common, frontendIPConfigurations: list(reference) });

export const loadBalancerSchema = z.object({
  name: z.string().nullish(),
  id: z.string().nullish(),
  sku: z.object({ name: z.string().nullish() }).nullish(),
  frontendIPConfigurations: list(frontend),
  loadBalancingRules: list(loadBalancingRule),
  inboundNatRules: list(natRule),
  outboundRules: list(outboundRule),
});

export const publicIpSchema = z.object({
  name: z.string().nullish(),
  id: z.string().nullish(),
  ipAddress: z.string().nullish(),
  idleTimeoutInMinutes: minutes,
  ipConfiguration: reference.nullish(),
});

export const natGatewaySchema = z.object({
  name: z.string().nullish(),
  id: z.string().nullish(),
  idleTimeoutInMinutes: minutes,
  publicIpAddresses: list(reference),
});

export type LoadBalancerJson = z.infer<typeof loadBalancerSchema>;
export type PublicIpJson = z.infer<typeof publicIpSchema>;
export type NatGatewayJson = z.infer<typeof natGatewaySchema>;
export type FrontendJson = z.infer<typeof frontend>;
export type LbRuleJson = z.infer<typeof loadBalancingRule>;
export type NatRuleJson = z.infer<typeof natRule>;
export type OutboundRuleJson = z.infer<typeof outboundRule>;
