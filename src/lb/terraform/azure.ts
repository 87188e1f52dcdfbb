import type { ConfigDocument } from '../document.js';
import { isJsonObject, type JsonObject, listAt } from '../json-shape.js';
import type { TerraformResource } from './resources.js';

/** Types of the azurerm provider, and the list of the load balancer that each belongs into. */
const RULES: Readonly<Record<string, string>> = {
  azurerm_lb_rule: 'loadBalancingRules',
  azurerm_lb_nat_rule: 'inboundNatRules',
  azurerm_lb_outbound_rule: 'outboundRules',
};

/** Terraform's names of what Azure's own form calls otherwise. */
const KEYS: Readonly<Record<string, string>> = {
  name: 'name',
  protocol: 'protocol',
  frontend_port: 'frontendPort',
  frontend_port_start: 'frontendPortRangeStart',
  frontend_port_end: 'frontendPortRangeEnd',
  backend_port: 'backendPort',
  idle_timeout_in_minutes: 'idleTimeoutInMinutes',
  tcp_reset_enabled: 'enableTcpReset',
  enable_tcp_reset: 'enableTcpReset',
  floating_ip_enabled: 'enableFloatingIP',
  enable_floating_ip: 'enableFloatingIP',
};

/** The azurerm resources of a plan or state in the form that `az` prints, for the importer of that. */
export function asAzureDocument(
  name: string,
  resources: readonly TerraformResource[],
): ConfigDocument | null {
  const of = (type: string) => resources.filter((one) => one.type === type);
  const items = [
    ...of('azurerm_lb').map((lb) => balancer(lb, resources)),
    ...of('azurerm_public_ip').map(publicIp),
    ...of('azurerm_nat_gateway').map((gateway) =>
      natGateway(gateway, of('azurerm_nat_gateway_public_ip_association')),
    ),
  ];
  if (items.length === 0) return null;
  return { name, text: JSON.stringify(items, null, 2), value: items };
}

function valuesOf({ values }: TerraformResource): JsonObject {
  return isJsonObject(values.value) ? values.value : {};
}

/** Ids are not known before a plan is applied: names stand in for them. */
function idOf(resource: TerraformResource, kind: string): string {
  const { id, name, resource_group_name: group } = valuesOf(resource);
  if (typeof id === 'string') return id;
  return `/resourceGroups/${String(group ?? 'unknown')}/providers/Microsoft.Network/${kind}/${String(name)}`;
}

function balancer(lb: TerraformResource, resources: readonly TerraformResource[]): JsonObject {
  const values = valuesOf(lb);
  const id = idOf(lb, 'loadBalancers');
  const lists = Object.entries(RULES).map(([type, key]) => [
    key,
    resources.filter((one) => one.type === type && belongs(one, values.id)).map((one) => rule(one, id)),
  ]);
  return {
    type: 'Microsoft.Network/loadBalancers',
    id,
    name: values.name,
    sku: { name: values.sku ?? 'Standard' },
    frontendIPConfigurations: listAt(values, 'frontend_ip_configuration').map((raw) => frontend(raw, id)),
    ...Object.fromEntries(lists),
  };
}

/** Before a plan is applied a rule does not name its load balancer. */
function belongs(rule: TerraformResource, id: unknown): boolean {
  const { loadbalancer_id: of } = valuesOf(rule);
  return typeof of !== 'string' || typeof id !== 'string' || of.toLowerCase() === id.toLowerCase();
}

function frontend(raw: unknown, lbId: string): JsonObject {
  const {
    name,
    public_ip_address_id: publicIpId,
    private_ip_address: address,
  } = isJsonObject(raw) ? raw : {};
  const isPublic = typeof publicIpId === 'string' && publicIpId !== '';
  return {
    name,
    id: `${lbId}/frontendIPConfigurations/${String(name)}`,
    ...(isPublic ? { publicIPAddress: { id: publicIpId } } : {}),
    ...(typeof address === 'string' && address !== '' ? { privateIPAddress: address } : {}),
  };
}

function rule(resource: TerraformResource, lbId: string): JsonObject {
  const values = valuesOf(resource);
  const known = Object.entries(KEYS).flatMap(([from, to]) =>
    values[from] == null ? [] : [[to, values[from]]],
  );
  const names = [
    values.frontend_ip_configuration_name,
    ...listAt(values, 'frontend_ip_configuration').map((raw) => (isJsonObject(raw) ? raw.name : undefined)),
  ].filter((name) => typeof name === 'string');
  const references = names.map((name) => ({ id: `${lbId}/frontendIPConfigurations/${name}` }));
  const isOutbound = resource.type === 'azurerm_lb_outbound_rule';
  const where = isOutbound
    ? { frontendIPConfigurations: references }
    : references.length === 1
      ? { frontendIPConfiguration: references[0] }
      : {};
  return { ...Object.fromEntries(known), ...where };
}

function publicIp(resource: TerraformResource): JsonObject {
  const values = valuesOf(resource);
  return {
    type: 'Microsoft.Network/publicIPAddresses',
    id: idOf(resource, 'publicIPAddresses'),
    name: values.name,
    ipAddress: values.ip_address ?? null,
    idleTimeoutInMinutes: values.idle_timeout_in_minutes ?? null,
  };
}

function natGateway(resource: TerraformResource, associations: readonly TerraformResource[]): JsonObject {
  const values = valuesOf(resource);
  const id = idOf(resource, 'natGateways');
  const ips = associations
    .map(valuesOf)
    .filter(({ nat_gateway_id: of }) => of === values.id)
    .flatMap(({ public_ip_address_id: ip }) => (typeof ip === 'string' ? [{ id: ip }] : []));
  return {
    type: 'Microsoft.Network/natGateways',
    id,
    name: values.name,
    idleTimeoutInMinutes: values.idle_timeout_in_minutes ?? null,
    publicIpAddresses: ips,
  };
}
