import type { Device, EffectiveTimeout, FlowQuery } from '../model.js';
import { resolveInbound } from './inbound.js';
import { AZURE_STANDARD, AZURE_STANDARD_MODEL } from './model.js';
import { isOutbound, resolveOutbound } from './outbound.js';
import { problemsOf } from './problems.js';
import { remediesFor } from './remedies.js';
import type { AzureConfig } from './types.js';

/**
 * An Azure load balancer whose configuration was read.
 * @param source where it came from, as given
 */
export function azureDevice(config: AzureConfig, source: string): Device {
  return {
    model: AZURE_STANDARD,
    name: config.name,
    source,
    product: AZURE_STANDARD_MODEL,
    problems: problemsOf(config),
    resolve: (flow: FlowQuery): EffectiveTimeout => ({
      activity: 'any-packet',
      device: config.name,
      ...(isOutbound(config, flow) ? resolveOutbound(config, flow) : resolveInbound(config, flow)),
    }),
    remedies: remediesFor,
  };
}
