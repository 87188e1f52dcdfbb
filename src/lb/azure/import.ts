import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../product.js';
import { expandedPublicIps, importFrontend, importPublicIp } from './import-frontends.js';
import { importLbRule, importNatRule, importOutboundRule } from './import-rules.js';
import { type Item, itemsOf } from './recognise.js';
import { fromResourceId } from './resource-id.js';
import { type LoadBalancerJson, loadBalancerSchema, publicIpSchema } from './schema.js';
import type { AzureConfig, PublicIp, ResourceName, Rule } from './types.js';
import { validated } from './validate.js';

const BASIC = 'basic';

/**
 * The load balancer that documents describe together: one load balancer and any number of public IPs, in any order.
 * @throws InputError when there is not exactly one load balancer, or when a value has the wrong type
 */
export function importAzure(documents: readonly ConfigDocument[]): AzureConfig {
  const items = documents.flatMap(itemsOf);
  const lb = onlyLoadBalancer(items);
  const given = items
    .filter((item) => item.kind === 'public-ip')
    .map((item) => importPublicIp(validated(publicIpSchema, item)));
  const frontends = lb.frontendIPConfigurations ?? [];
  return {
    ...nameOf(lb),
    basic: lb.sku?.name?.toLowerCase() === BASIC,
    frontends: frontends.map(importFrontend),
    inbound: inboundRules(lb),
    outbound: (lb.outboundRules ?? []).flatMap(importOutboundRule),
    publicIps: withoutConflicts([...given, ...expandedPublicIps(frontends)]),
  };
}

function onlyLoadBalancer(items: readonly Item[]): LoadBalancerJson {
  const balancers = items.filter((item) => item.kind === 'load-balancer');
  const [first, ...others] = balancers.map((item) => validated(loadBalancerSchema, item));
  if (first === undefined) {
    throw new InputError(
      `${items[0].file} holds only a public IP; the load balancer is missing: add the output of "az network lb show"`,
    );
  }
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
