import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import { expandedPublicIps, importFrontend, importNatGateway, importPublicIp } from './import-frontends.js';
import { importLbRule, importNatRule, importOutboundRule } from './import-rules.js';
import { type Item, itemsOf } from './recognise.js';
import { fromResourceId } from './resource-id.js';
import { type LoadBalancerJson, loadBalancerSchema, natGatewaySchema, publicIpSchema } from './schema.js';
import type { AzureConfig, NatGateway, PublicIp, ResourceName, Rule } from './types.js';
import { validated } from './validate.js';

const BASIC = 'basic';

/** What Azure documents hold together; `lb` is null where there is no load balancer among them. */
export interface AzureResources {
  readonly lb: AzureConfig | null;
  readonly publicIps: readonly PublicIp[];
  readonly natGateways: readonly NatGateway[];
}

/**
 * What documents describe together, in any order: a load balancer with its public IPs, NAT gateways, or instance-level
 * public IPs.
 * @throws InputError when there is more than one load balancer, nothing that has a timer of its own, or a wrong type
 */
export function importAzure(documents: readonly ConfigDocument[]): AzureResources {
  const items = documents.flatMap(itemsOf);
  const json = onlyLoadBalancer(items);
  const publicIps = withoutConflicts([
    ...ofKind(items, 'public-ip').map((item) => importPublicIp(validated(publicIpSchema, item))),
    ...expandedPublicIps(json?.frontendIPConfigurations ?? []),
  ]);
  const natGateways = ofKind(items, 'nat-gateway').map((item) =>
    importNatGateway(validated(natGatewaySchema, item)),
  );
  if (json !== null) return { lb: configOf(json, publicIps, natGateways), publicIps, natGateways };
  if (natGateways.length === 0 && !publicIps.some(({ instanceLevel }) => instanceLevel))
    throw new InputError(
      `${items[0].file} holds only a public IP; the load balancer is missing: add the output of "az network lb show"`,
    );
  return { lb: null, publicIps, natGateways };
}

function configOf(
  lb: LoadBalancerJson,
  publicIps: readonly PublicIp[],
  natGateways: readonly NatGateway[],
): AzureConfig {
  return {
    ...nameOf(lb),
    basic: lb.sku?.name?.toLowerCase() === BASIC,
    frontends: (lb.frontendIPConfigurations ?? []).map(importFrontend),
    inbound: inboundRules(lb),
    outbound: (lb.outboundRules ?? []).flatMap(importOutboundRule),
    publicIps,
    natGateways,
  };
}

function ofKind(items: readonly Item[], kind: Item['kind']): Item[] {
  return items.filter((item) => item.kind === kind);
}

function onlyLoadBalancer(items: readonly Item[]): LoadBalancerJson | null {
  const balancers = ofKind(items, 'load-balancer');
  const [first, ...others] = balancers.map((item) => validated(loadBalancerSchema, item));
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const names = [first, ...others].map((lb, index) => `${nameOf(lb).name} in ${balancers[index].file}`);
  throw new InputError(`more than one load balancer: ${names.join(', ')}; give the one in the captures`);
}

function nameOf(lb: LoadBalancerJson): ResourceName {
  const fromId = fromResourceId(lb.id ?? '');
  return { name: lb.name ?? (fromId.name || '<load-balancer>'), resourceGroup: fromId.resourceGroup };
}

function inboundRules(lb: LoadBalancerJson): Rule[] {
  return [
    ...(lb.loadBalancingRules ?? []).flatMap(importLbRule),
    ...(lb.inboundNatRules ?? []).flatMap(importNatRule),
  ];
}

/** The public IPs, each once. */
function withoutConflicts(ips: readonly PublicIp[]): readonly PublicIp[] {
  const byId = new Map<string, PublicIp>();
  for (const ip of ips) {
    const other = byId.get(ip.id);
    if (other !== undefined && other.minutes !== ip.minutes) {
      throw new InputError(
        `public IP ${ip.name} is given twice, with ${other.minutes} and with ${ip.minutes} minutes; give it once`,
      );
    }
    byId.set(ip.id, ip);
  }
  return [...byId.values()];
}
