import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const LISTENER_PAGE = {
  title: 'AWS: Network Load Balancers, connection idle timeout',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
};

export const awsNlbTls = defineProduct({
  model: {
    id: 'aws-nlb-tls',
    name: 'AWS Network Load Balancer, TLS listener',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'option', clientAddress: 'option' },
    timers: [
      timer({
        setting: 'idle timeout',
        default: 350,
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'rst-sender-on-next',
        source: LISTENER_PAGE,
        note: 'a TCP keepalive of either side makes it send keepalives of its own to both every 20 s',
      }),
    ],
    precedence: [{ text: 'The timeout of TLS listeners cannot be changed.', source: LISTENER_PAGE }],
    exceptions: [],
  },
});
