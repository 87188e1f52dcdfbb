import type { ConfigDocument } from '../document.js';
import { minutesToSeconds } from '../duration.js';
import type { Device } from '../model.js';
import type { SetValue } from '../product.js';
import { azureInstanceIp } from '../products/azure-instance-ip.js';
import { azureNatGateway } from '../products/azure-nat-gateway.js';
import { type AzureResources, importAzure } from './import.js';
import { azureDevice } from './standard.js';
import type { ResourceName } from './types.js';

/**
 * The device that Azure documents describe: the load balancer with everything around it, or what stands alone.
 * @throws InputError when the documents cannot be understood
 */
export function azureDevices(documents: readonly ConfigDocument[]): Device[] {
  const resources = importAzure(documents);
  const source = documents.map(({ name }) => name).join(', ');
  return resources.lb === null ? alone(resources, source) : [azureDevice(resources.lb, source)];
}

/** Without a load balancer, a NAT gateway goes before instance-level public IPs. */
function alone({ natGateways, publicIps }: AzureResources, source: string): Device[] {
  const [gateway] = natGateways;
  if (gateway !== undefined)
    return [
      azureNatGateway.device({ ...named(gateway, 'nat-gateway', source), ...withIdle(gateway.minutes) }),
    ];
  return publicIps
    .filter(({ instanceLevel }) => instanceLevel)
    .slice(0, 1)
    .map((ip) => azureInstanceIp.device({ ...named(ip, 'public-ip', source), ...withIdle(ip.minutes) }));
}

function named({ name, resourceGroup }: ResourceName, placeholder: string, source: string) {
  const group = resourceGroup === null ? {} : { 'resource-group': resourceGroup };
  return { name, source, names: { [placeholder]: name, ...group } };
}

function withIdle(minutes: number) {
  const idle: SetValue<number> = { value: minutesToSeconds(minutes), origin: 'idleTimeoutInMinutes' };
  return { settings: { timers: new Map([['idle', idle]]), switches: new Map() } };
}
