import type { ConfigDocument } from '../document.js';
import type { Importer } from '../importer.js';
import { isJsonObject } from '../json-shape.js';
import type { Device } from '../model.js';
import { awsClb } from '../products/aws-clb.js';
import { readerOf } from '../reader.js';

/** Classic Load Balancers. */
export const awsElb: Importer = {
  id: 'aws-elb',
  understands: ['aws elb describe-load-balancer-attributes'],
  recognises: ({ value }) => isJsonObject(value) && isJsonObject(value.LoadBalancerAttributes),
  build: async (documents) => {
    const devices: Device[] = [];
    for (const document of documents) devices.push(await classic(document));
    return { devices };
  },
};

async function classic(document: ConfigDocument): Promise<Device> {
  const { name } = document;
  const attributes = readerOf(document).at('LoadBalancerAttributes');
  const idle = await attributes.at('ConnectionSettings', 'IdleTimeout').seconds();
  const timers = new Map(idle === null ? [] : [['idle', { value: idle, origin: name }]]);
  return awsClb.device({ name: awsClb.model.name, source: name, settings: { timers, switches: new Map() } });
}
