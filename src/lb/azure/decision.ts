import type { Clauses, EffectiveTimeout } from '../model.js';
import type { NatGateway, PublicIpRef, ResourceName, RuleKind } from './types.js';

/** The objects that an operator changes to change a timeout. */
export interface Levers {
  readonly lb: ResourceName;
  /** Null when it is not known which rule forwards the flow. */
  readonly rule: { readonly kind: RuleKind; readonly name: string } | null;
  /** The public IP of the flow's frontend, when it has one. */
  readonly publicIp: PublicIpRef | null;
  /** The NAT gateway that took the flow, when one did. */
  readonly natGateway?: NatGateway;
  /** Whether this flow can have idle resets at all, whatever the flag says. */
  readonly resetPossible: boolean;
}

/** An effective timeout that remembers which Azure objects it came from. */
export interface AzureTimeout extends EffectiveTimeout {
  readonly clauses: Clauses;
  readonly levers: Levers;
}

/** Whether a timeout came from this model. */
export function isAzureTimeout(effective: EffectiveTimeout): effective is AzureTimeout {
  return 'levers' in effective;
}
