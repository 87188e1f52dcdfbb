import { OUTBOUND_PAGE, PUBLIC_IP_PAGE } from '../azure/facts.js';
import { defineProduct } from '../define.js';
import type { ProductModel } from '../product-model.js';
import { candidateOf, effectiveOf } from '../resolve.js';
import { timer } from '../timer.js';

const model: ProductModel = {
  id: 'azure-instance-ip',
  name: 'Azure instance-level public IP',
  kind: 'pass-through',
  preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
  timers: [
    timer({
      key: 'outbound',
      setting: 'outbound idle timeout',
      unit: 'min',
      default: 240,
      configurable: false,
      activity: 'unknown',
      onExpiry: 'silent-drop',
      confidence: 'derived',
      source: PUBLIC_IP_PAGE,
      note: 'no reset flag exists on a public IP',
    }),
    timer({
      setting: 'idleTimeoutInMinutes',
      unit: 'min',
      default: 240,
      min: 240,
      max: 1800,
      activity: 'unknown',
      onExpiry: 'silent-drop',
      confidence: 'derived',
      source: PUBLIC_IP_PAGE,
      change: 'az network public-ip update -g <resource-group> -n <public-ip> --idle-timeout {value}',
    }),
  ],
  precedence: [
    {
      text: 'Outbound flows have 4 minutes whatever the public IP is set to; inbound ones have its value.',
      source: PUBLIC_IP_PAGE,
    },
    {
      text: 'It goes before outbound rules of a load balancer, and after a NAT gateway.',
      source: OUTBOUND_PAGE,
    },
  ],
  exceptions: [],
};

const [OUTBOUND, INBOUND] = model.timers;

export const azureInstanceIp = defineProduct({
  model,
  resolve: (instance, { direction }) => {
    const [winner, loser] = direction === 'outbound' ? [OUTBOUND, INBOUND] : [INBOUND, OUTBOUND];
    return effectiveOf(model, instance, candidateOf(winner, instance), {
      rule: direction === 'outbound' ? 'azure/instance-ip-outbound-locked' : 'azure/instance-ip-inbound',
      because: `the flow is ${direction}`,
      losers: [candidateOf(loser, instance)],
      lost: 'it is for the other direction',
    });
  },
});
