import { DEFAULT_MINUTES } from './facts.js';
import { fromResourceId, idKey } from './resource-id.js';
import type { FrontendJson, NatGatewayJson, PublicIpJson } from './schema.js';
import type { Frontend, NatGateway, PublicIp, PublicIpRef } from './types.js';

export function importFrontend(json: FrontendJson): Frontend {
  return {
    name: json.name,
    id: idKey(json.id ?? `/frontendIPConfigurations/${json.name}`),
    privateAddress: json.privateIPAddress ?? null,
    publicIp: json.publicIPAddress == null ? null : toRef(json.publicIPAddress.id),
  };
}

/** A public IP of its own: without a value it has the default. */
export function importPublicIp(json: PublicIpJson): PublicIp {
  const ref = toRef(json.id ?? json.name ?? '');
  return {
    ...ref,
    name: json.name ?? ref.name,
    address: json.ipAddress ?? null,
    minutes: json.idleTimeoutInMinutes ?? DEFAULT_MINUTES,
    instanceLevel: /\/networkInterfaces\//i.test(json.ipConfiguration?.id ?? ''),
  };
}

export function importNatGateway(json: NatGatewayJson): NatGateway {
  const named = toRef(json.id ?? json.name ?? '');
  return {
    name: json.name ?? named.name,
    resourceGroup: named.resourceGroup,
    minutes: json.idleTimeoutInMinutes ?? DEFAULT_MINUTES,
    publicIps: (json.publicIpAddresses ?? []).map(({ id }) => toRef(id)),
  };
}

/** Public IPs that frontends hold as a whole; a bare reference says nothing about the value. */
export function expandedPublicIps(frontends: readonly FrontendJson[]): PublicIp[] {
  return frontends.flatMap(({ publicIPAddress: ip }) => {
    if (ip?.idleTimeoutInMinutes == null) return [];
    return [
      {
        ...toRef(ip.id),
        address: ip.ipAddress ?? null,
        minutes: ip.idleTimeoutInMinutes,
        instanceLevel: false,
      },
    ];
  });
}

function toRef(id: string): PublicIpRef {
  return { id: idKey(id), ...fromResourceId(id) };
}
