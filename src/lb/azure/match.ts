import { sameAddress } from '../addresses.js';
import type { FlowQuery } from '../model.js';
import { addressOf, frontendOf } from './lookup.js';
import type { AzureConfig, Rule } from './types.js';

/** How well a rule fits a flow: `possible` when the address of its frontend is not known. */
type Fit = 'sure' | 'possible' | 'no';

/**
 * The rules that may have forwarded an inbound flow, by frontend port and, where known, frontend address. One sure
 * rule excludes the merely possible ones. Where the frontend was not captured, the backend port decides.
 */
export function matchingRules(config: AzureConfig, flow: FlowQuery): readonly Rule[] {
  const fits = config.inbound.map((rule) => ({ rule, fit: fitOf(config, rule, flow) }));
  const best: Fit = fits.some(({ fit }) => fit === 'sure') ? 'sure' : 'possible';
  return fits.filter(({ fit }) => fit === best).map(({ rule }) => rule);
}

function fitOf(config: AzureConfig, rule: Rule, flow: FlowQuery): Fit {
  if (flow.frontend === null) return fitsBackend(rule, flow.backend?.port ?? null) ? 'possible' : 'no';
  if (!hasPort(rule, flow.frontend.port)) return 'no';
  const address = addressOf(config, frontendOf(config, rule));
  if (address === null) return 'possible';
  return sameAddress(address, flow.frontend.ip) ? 'sure' : 'no';
}

function hasPort(rule: Rule, port: number): boolean {
  const ports = rule.frontendPorts;
  return ports === 'all' || (ports.from <= port && port <= ports.to);
}

function fitsBackend(rule: Rule, port: number | null): boolean {
  return port === null || rule.backendPort === null || rule.backendPort === port;
}
