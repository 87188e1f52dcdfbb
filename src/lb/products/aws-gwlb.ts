import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const GWLB_PAGE = {
  title: 'AWS: Gateway Load Balancers, idle timeout',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/gateway-load-balancers.html',
};

export const awsGwlb = defineProduct({
  model: {
    id: 'aws-gwlb',
    name: 'AWS Gateway Load Balancer',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'tcp.idle_timeout.seconds',
        default: 350,
        min: 60,
        max: 6000,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        source: GWLB_PAGE,
        change:
          'aws elbv2 modify-listener-attributes --listener-arn <listener-arn> --attributes Key=tcp.idle_timeout.seconds,Value={value}',
      }),
    ],
    precedence: [],
    exceptions: [
      {
        text: 'After the entry is gone, later segments may reach another appliance, which may drop or reset.',
        source: GWLB_PAGE,
      },
    ],
    mayReset: 'appliance',
  },
});
