import { LATER_SEGMENTS, OUTBOUND_PAGE, TCP_RESET_PAGE } from '../azure/facts.js';
import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const AKS_PAGE = {
  title: 'Azure: Use a public standard load balancer in AKS',
  url: 'https://learn.microsoft.com/azure/aks/load-balancer-standard',
};

export const azureAks = defineProduct({
  model: {
    id: 'azure-aks',
    name: 'AKS default outbound rule',
    kind: 'nat',
    preserves: { sequence: 'yes', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'load-balancer-idle-timeout',
        unit: 'min',
        default: 1800,
        min: 240,
        max: 7200,
        activity: 'any-packet',
        onExpiry: 'rst-both-at-timer',
        source: AKS_PAGE,
        change: 'az aks update -g <resource-group> -n <cluster> --load-balancer-idle-timeout {value}',
      }),
    ],
    precedence: [
      {
        text: "The outbound rule's value goes before the public IP's fixed 4 minutes.",
        source: TCP_RESET_PAGE,
      },
    ],
    exceptions: [
      { text: LATER_SEGMENTS.text, source: LATER_SEGMENTS.source },
      {
        text: 'Services of type LoadBalancer have 4 minutes unless an annotation says otherwise, and TCP reset on.',
        source: AKS_PAGE,
      },
      {
        text: 'A NAT gateway or an instance-level public IP takes outbound flows away from it.',
        source: OUTBOUND_PAGE,
      },
    ],
  },
});
