import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const RESOURCE_PAGE = {
  title: 'Azure: NAT gateway resource (2023-07-10)',
  url: 'https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource',
};
const OVERVIEW_PAGE = {
  title: 'Azure: What is Azure NAT Gateway (2022-12-06)',
  url: 'https://learn.microsoft.com/azure/nat-gateway/nat-overview',
};

export const azureNatGateway = defineProduct({
  model: {
    id: 'azure-nat-gateway',
    name: 'Azure NAT gateway',
    kind: 'nat',
    preserves: { sequence: 'yes', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'idleTimeoutInMinutes',
        unit: 'min',
        default: 240,
        min: 240,
        max: 7200,
        activity: 'any-packet',
        onExpiry: 'rst-sender-on-next',
        states: 'any flow that it no longer knows',
        source: RESOURCE_PAGE,
        note: 'keepalives of one side suffice',
        change: 'az network nat gateway update -g <resource-group> -n <nat-gateway> --idle-timeout {value}',
      }),
      timer({
        key: 'fin-reuse',
        setting: 'port reuse timer after FIN',
        default: 65,
        configurable: false,
        scope: 'half-closed',
        activity: 'unknown',
        onExpiry: 'unknown',
        states: 'closed by FIN',
        source: RESOURCE_PAGE,
      }),
      timer({
        key: 'rst-reuse',
        setting: 'port reuse timer after RST',
        default: 16,
        configurable: false,
        scope: 'half-closed',
        activity: 'unknown',
        onExpiry: 'unknown',
        states: 'closed by RST',
        source: RESOURCE_PAGE,
      }),
    ],
    precedence: [
      {
        text: 'For outbound flows of its subnets it goes before outbound rules and instance-level public IPs; only a route to an appliance or gateway goes before it.',
        source: OVERVIEW_PAGE,
      },
      { text: 'Flows that were open before it was attached keep their old way out.', source: OVERVIEW_PAGE },
    ],
    exceptions: [],
  },
});
