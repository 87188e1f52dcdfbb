import { TCP_RESET_PAGE } from '../azure/facts.js';
import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const PROBE_PAGE = {
  title: 'Azure: Load Balancer health probes',
  url: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
};

export const azureBasic = defineProduct({
  model: {
    id: 'azure-basic',
    name: 'Azure Basic Load Balancer',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'idleTimeoutInMinutes',
        unit: 'min',
        default: 240,
        min: 240,
        max: 1800,
        activity: 'any-packet',
        onExpiry: 'silent-drop',
        source: TCP_RESET_PAGE,
        change:
          'az network lb rule update -g <resource-group> --lb-name <load-balancer> -n <rule> --idle-timeout {value}',
      }),
    ],
    precedence: [
      { text: "The frontend IP's timeout goes before the rule's where they differ.", source: TCP_RESET_PAGE },
    ],
    exceptions: [
      {
        text: 'TCP reset is a feature of the Standard SKU only; Basic was retired on 2025-09-30.',
        source: TCP_RESET_PAGE,
      },
      { text: 'When every probe of a pool is down, all its TCP flows end.', source: PROBE_PAGE },
    ],
  },
});
