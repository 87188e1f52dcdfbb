import type { Clause, Clauses, ExpiryAction } from '../model.js';
import { BOTH_ENDS, ESTABLISHED_ONLY, LATER_SEGMENTS, TCP_RESET_PAGE } from './facts.js';
import { type AzureConfig, type Frontend, RULE_WORDS, type Rule } from './types.js';

/** What happens to a flow of one rule when its timer fires, and why. */
export interface ResetAction {
  readonly action: ExpiryAction;
  readonly clauses: Clauses;
  readonly doubts: readonly string[];
  /** Whether setting the flag can turn resets on. */
  readonly possible: boolean;
}

const HA_PORTS_DOUBT =
  'The rule has HA ports on an internal frontend: Azure sends no TCP reset there when a network virtual appliance is in the path, which the configuration does not show.';

/** The rule's flag decides, whichever object gives the minutes; Basic and internal HA ports are the exceptions. */
export function resetActionOf(config: AzureConfig, rule: Rule, frontend: Frontend | null): ResetAction {
  if (config.basic) return silent(resetSwitch('the Basic SKU has no TCP reset'), false);
  const name = `${RULE_WORDS[rule.kind]} ${rule.name}`;
  if (!rule.tcpReset)
    return silent(resetSwitch(`TCP reset is off on ${name}`), !internalHaPorts(rule, frontend));
  const clauses = resetClauses(`TCP reset is on for ${name}`);
  if (!internalHaPorts(rule, frontend))
    return { action: 'rst-both-at-timer', clauses, doubts: [], possible: true };
  return { action: 'unknown', clauses, doubts: [HA_PORTS_DOUBT], possible: false };
}

/** The promises that hold where resets are on. */
export function resetClauses(because: string): Clauses {
  return {
    establishedOnly: ESTABLISHED_ONLY,
    bothEnds: BOTH_ENDS,
    laterSegments: LATER_SEGMENTS,
    resetSwitch: resetSwitch(because),
  };
}

/** The setting that decides about resets, as a clause. */
export function resetSwitch(because: string): Clause {
  return { rule: 'azure/reset-flag', text: because, source: TCP_RESET_PAGE };
}

function silent(because: Clause, possible: boolean): ResetAction {
  const clauses = { establishedOnly: ESTABLISHED_ONLY, resetSwitch: because };
  return { action: 'silent-drop', clauses, doubts: [], possible };
}

function internalHaPorts(rule: Rule, frontend: Frontend | null): boolean {
  return (
    rule.kind === 'lb-rule' && rule.frontendPorts === 'all' && frontend !== null && frontend.publicIp === null
  );
}
