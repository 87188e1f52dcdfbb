import { DEFAULT_MINUTES } from './facts.js';
import { idKey } from './resource-id.js';
import type { LbRuleJson, NatRuleJson, OutboundRuleJson } from './schema.js';
import type { Ports, Rule, RuleKind } from './types.js';

/** Protocols in lower case that a rule for TCP can name. */
const TCP = ['tcp', 'all'];
const ALL = 'all';

/** Each importer returns no rule for one that is not about TCP. */
export function importLbRule(json: LbRuleJson): Rule[] {
  const haPorts = json.protocol.toLowerCase() === ALL && json.frontendPort === 0;
  return inboundRule('lb-rule', json, haPorts ? 'all' : { from: json.frontendPort, to: json.frontendPort });
}

export function importNatRule(json: NatRuleJson): Rule[] {
  const from = json.frontendPortRangeStart || (json.frontendPort ?? 0);
  return inboundRule('nat-rule', json, { from, to: json.frontendPortRangeEnd || from });
}

export function importOutboundRule(json: OutboundRuleJson): Rule[] {
  const frontends = json.frontendIPConfigurations ?? [];
  const frontendId = frontends.length === 1 ? frontends[0].id : null;
  return tcpOnly(
    { ...basics('outbound-rule', json, frontendId), frontendPorts: 'all', backendPort: null },
    json,
  );
}

function inboundRule(kind: RuleKind, json: LbRuleJson | NatRuleJson, frontendPorts: Ports): Rule[] {
  const rule: Rule = {
    ...basics(kind, json, json.frontendIPConfiguration?.id ?? null),
    frontendPorts,
    // Port 0 is how HA ports are written: the backend port is then the frontend's.
    backendPort: json.backendPort || null,
    floatingIp: json.enableFloatingIP ?? false,
  };
  return tcpOnly(rule, json);
}

function basics(
  kind: RuleKind,
  json: LbRuleJson | NatRuleJson | OutboundRuleJson,
  frontendId: string | null,
) {
  return {
    kind,
    name: json.name,
    minutes: json.idleTimeoutInMinutes ?? DEFAULT_MINUTES,
    tcpReset: json.enableTcpReset ?? false,
    floatingIp: false,
    frontendId: frontendId === null ? null : idKey(frontendId),
  };
}

function tcpOnly(rule: Rule, json: { readonly protocol: string }): Rule[] {
  return TCP.includes(json.protocol.toLowerCase()) ? [rule] : [];
}
