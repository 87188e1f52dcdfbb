import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const TROUBLE_PAGE = {
  title: 'AWS: Troubleshoot NAT gateways',
  url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html',
};

export const awsNatGateway = defineProduct({
  model: {
    id: 'aws-nat-gateway',
    name: 'AWS NAT gateway',
    kind: 'nat',
    preserves: { sequence: 'yes', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'idle timeout',
        default: 350,
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'rst-opener-on-next',
        source: TROUBLE_PAGE,
        note: 'what happens to segments from the internet is not published',
      }),
    ],
    precedence: [],
    exceptions: [{ text: 'Its metric IdleTimeoutCount grows when the timer fires.', source: TROUBLE_PAGE }],
  },
});
