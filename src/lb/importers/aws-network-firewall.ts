import type { Importer } from '../importer.js';
import { isJsonObject } from '../json-shape.js';
import type { Device } from '../model.js';
import { awsNetworkFirewall } from '../products/aws-network-firewall.js';
import { readerOf } from '../reader.js';

const POLICIES = ['drop', 'continue', 'reject', 'fail_closed'];

/** AWS Network Firewall policies. */
export const awsFirewall: Importer = {
  id: 'aws-network-firewall',
  understands: ['aws network-firewall describe-firewall-policy'],
  recognises: ({ value }) =>
    isJsonObject(value) && (isJsonObject(value.FirewallPolicy) || isJsonObject(value.StatefulEngineOptions)),
  build: async (documents) => {
    const devices: Device[] = [];
    for (const document of documents) {
      const root = readerOf(document);
      const inner = root.at('FirewallPolicy');
      const options = (inner.missing ? root : inner).at('StatefulEngineOptions');
      const idle = await options.at('FlowTimeouts', 'TcpIdleTimeoutSeconds').seconds();
      const exception = options.at('StreamExceptionPolicy');
      const rejects =
        !exception.missing && (await exception.word(POLICIES, 'DROP, CONTINUE or REJECT')) === 'reject';
      const origin = document.name;
      devices.push(
        awsNetworkFirewall.device({
          name: awsNetworkFirewall.model.name,
          source: origin,
          settings: {
            timers: new Map(idle === null ? [] : [['idle', { value: idle, origin }]]),
            switches: new Map([['reject', { value: rejects, origin }]]),
          },
        }),
      );
    }
    return { devices };
  },
};
