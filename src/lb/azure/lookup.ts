import { sameResource } from './resource-id.js';
import type { AzureConfig, Frontend, PublicIp, PublicIpRef, Rule } from './types.js';

/** The frontend that a rule names; null when the configuration does not hold it. */
export function frontendOf(config: AzureConfig, rule: Rule): Frontend | null {
  const id = rule.frontendId;
  if (id === null) return config.frontends.length === 1 ? config.frontends[0] : null;
  return (
    config.frontends.find((frontend) => frontend.id === id || lastPart(frontend.id) === lastPart(id)) ?? null
  );
}

/** Names are unique among the frontends of one load balancer. */
function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The public IP that a frontend refers to; null when it was not supplied. */
export function publicIpOf(config: AzureConfig, ref: PublicIpRef): PublicIp | null {
  return config.publicIps.find((ip) => sameResource(ip, ref)) ?? null;
}

/** The address that clients connect to; null when the configuration does not say. */
export function addressOf(config: AzureConfig, frontend: Frontend | null): string | null {
  if (frontend?.publicIp == null) return frontend?.privateAddress ?? null;
  return publicIpOf(config, frontend.publicIp)?.address ?? null;
}
