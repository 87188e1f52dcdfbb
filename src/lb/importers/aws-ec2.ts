import type { ConfigDocument } from '../document.js';
import type { Importer } from '../importer.js';
import { isJsonObject, listAt, textAt } from '../json-shape.js';
import type { Device } from '../model.js';
import { NO_SETTINGS } from '../product.js';
import { awsNatGateway } from '../products/aws-nat-gateway.js';
import { awsSecurityGroup } from '../products/aws-security-group.js';
import { readerOf } from '../reader.js';

/** NAT gateways, and the connection tracking of security groups. */
export const awsEc2: Importer = {
  id: 'aws-ec2',
  understands: ['aws ec2 describe-nat-gateways', 'aws ec2 describe-network-interfaces'],
  recognises: ({ value }) =>
    isJsonObject(value) && (Array.isArray(value.NatGateways) || Array.isArray(value.NetworkInterfaces)),
  build: async (documents) => {
    const devices: Device[] = [];
    for (const document of documents) devices.push(...natGateways(document), ...(await interfaces(document)));
    return { devices };
  },
};

/** There is nothing to set on one: that it is there is all that counts. */
function natGateways({ name: source, value }: ConfigDocument): Device[] {
  return listAt(value, 'NatGateways')
    .slice(0, 1)
    .map((gateway) =>
      awsNatGateway.device({
        name: textAt(gateway, 'NatGatewayId') ?? awsNatGateway.model.name,
        source,
        settings: NO_SETTINGS,
      }),
    );
}

async function interfaces(document: ConfigDocument): Promise<Device[]> {
  const devices: Device[] = [];
  for (const [index, raw] of listAt(document.value, 'NetworkInterfaces').entries()) {
    const item = readerOf(document).at('NetworkInterfaces', index);
    const idle = await item.at('ConnectionTrackingConfiguration', 'TcpEstablishedTimeout').seconds();
    const timers = new Map(idle === null ? [] : [['idle', { value: idle, origin: document.name }]]);
    const id = textAt(raw, 'NetworkInterfaceId');
    const address = textAt(raw, 'PrivateIpAddress');
    devices.push(
      awsSecurityGroup.device({
        name: `security groups of ${id ?? `interface ${index + 1}`}`,
        source: document.name,
        settings: { timers, switches: new Map() },
        group: document.name,
        ...(id === null ? {} : { names: { eni: id } }),
        ...(address === null ? {} : { covers: ({ backend }) => backend === null || backend.ip === address }),
      }),
    );
  }
  return devices;
}
