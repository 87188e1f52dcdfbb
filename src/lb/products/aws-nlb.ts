import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const NLB_PAGE = {
  title: 'AWS: Network Load Balancers, connection idle timeout',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
};
export const NLB_TIMEOUT_PAGE = {
  title: 'AWS: Update the TCP idle timeout for your NLB listener (2024-09)',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
};
const TARGET_PAGE = {
  title: 'AWS: Target groups for NLB',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html',
};

export const awsNlb = defineProduct({
  model: {
    id: 'aws-nlb',
    name: 'AWS Network Load Balancer, TCP listener',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'option', clientAddress: 'option' },
    timers: [
      timer({
        setting: 'tcp.idle_timeout.seconds',
        default: 350,
        min: 60,
        max: 6000,
        activity: 'any-packet',
        onExpiry: 'rst-sender-on-next',
        source: NLB_TIMEOUT_PAGE,
        note: 'data or a TCP keepalive of either side restarts it',
        change:
          'aws elbv2 modify-listener-attributes --listener-arn <listener-arn> --attributes Key=tcp.idle_timeout.seconds,Value={value}',
      }),
    ],
    precedence: [
      {
        text: "The attribute is the listener's; there is none on the load balancer.",
        source: NLB_TIMEOUT_PAGE,
      },
    ],
    exceptions: [
      {
        text: 'While a target is unhealthy, clients of its flows are answered with a reset unless connection termination is off.',
        source: TARGET_PAGE,
      },
      { text: 'That sequence numbers are kept is reported, not documented.', source: NLB_PAGE },
    ],
  },
});
