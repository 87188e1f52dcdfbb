import type { EffectiveTimeout, FlowQuery, Policy } from '../model.js';
import { resolveInbound } from './inbound.js';
import { resolveOutbound } from './outbound.js';
import { problemsOf } from './problems.js';
import { remediesFor } from './remedies.js';
import type { AzureConfig } from './types.js';

/** Product id of Azure's Standard Load Balancer. */
export const AZURE_STANDARD = 'azure-standard';

/**
 * The policy of an Azure load balancer whose configuration was read.
 * @param source where it came from, as given
 */
export function azurePolicy(config: AzureConfig, source: string): Policy {
  return {
    model: AZURE_STANDARD,
    source,
    problems: problemsOf(config),
    resolve: (flow: FlowQuery): EffectiveTimeout =>
      flow.direction === 'inbound' ? resolveInbound(config, flow) : resolveOutbound(config),
    remedies: remediesFor,
  };
}
