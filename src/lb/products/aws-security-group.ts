import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const TRACKING_PAGE = {
  title: 'AWS: Amazon EC2 security group connection tracking',
  url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
};

export const awsSecurityGroup = defineProduct({
  model: {
    id: 'aws-security-group',
    name: 'AWS security group connection tracking',
    kind: 'filter',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'TcpEstablishedTimeout',
        default: 432_000,
        otherDefaults: [{ seconds: 350, when: 'on Nitro v6 instance types' }],
        min: 60,
        max: 432_000,
        activity: 'any-packet',
        onExpiry: 'silent-drop',
        source: TRACKING_PAGE,
        change:
          'aws ec2 modify-network-interface-attribute --network-interface-id <eni> --connection-tracking-specification TcpEstablishedTimeout={value}',
      }),
    ],
    precedence: [
      {
        text: 'The network interface, then the launch template, then the default of the platform.',
        source: TRACKING_PAGE,
      },
    ],
    exceptions: [
      {
        text: 'Flows that open rules leave untracked have no timer, unless they come through a load balancer or gateway.',
        source: TRACKING_PAGE,
      },
    ],
  },
});
