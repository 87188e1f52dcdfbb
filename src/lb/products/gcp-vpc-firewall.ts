import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const IDLE_PAGE = {
  title: 'Google Cloud: Communication between instances and the internet, idle connections',
  url: 'https://cloud.google.com/compute/docs/troubleshooting/general-tips#communicatewithinternet',
};

export const gcpVpcFirewall = defineProduct({
  model: {
    id: 'gcp-vpc-firewall',
    name: 'Google Cloud VPC firewall',
    kind: 'filter',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'idle timeout',
        default: 600,
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'silent-drop',
        source: IDLE_PAGE,
      }),
    ],
    precedence: [
      { text: 'It holds for each instance, after every timer of a load balancer.', source: IDLE_PAGE },
    ],
    exceptions: [
      {
        text: 'Inbound segments of a forgotten flow are dropped until the instance sends one itself.',
        source: IDLE_PAGE,
      },
    ],
  },
});
