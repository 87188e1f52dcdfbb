import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const ALB_PAGE = {
  title: 'AWS: Edit attributes for your Application Load Balancer',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
};
const TROUBLE_PAGE = {
  title: 'AWS: Troubleshoot your Application Load Balancers',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
};

export const awsAlb = defineProduct({
  model: {
    id: 'aws-alb',
    name: 'AWS Application Load Balancer',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'idle_timeout.timeout_seconds',
        default: 60,
        min: 1,
        max: 4000,
        activity: 'payload',
        onExpiry: 'close',
        source: ALB_PAGE,
        note: 'for the client leg and for the target leg alike; TCP keepalives and HTTP/2 PINGs do not count',
        change:
          'aws elbv2 modify-load-balancer-attributes --load-balancer-arn <load-balancer-arn> --attributes Key=idle_timeout.timeout_seconds,Value={value}',
      }),
      timer({
        key: 'keepalive',
        setting: 'client_keep_alive.seconds',
        default: 3600,
        min: 60,
        max: 604_800,
        scope: 'other',
        activity: 'unknown',
        onExpiry: 'fin-both',
        states: 'the whole life of a client connection; traffic does not restart it',
        source: ALB_PAGE,
      }),
    ],
    precedence: [
      {
        text: 'A client connection as old as client_keep_alive is closed after its next response.',
        source: ALB_PAGE,
      },
      { text: 'Otherwise each leg ends by itself after idle_timeout without data.', source: ALB_PAGE },
      {
        text: 'A target whose own keep-alive is shorter closes first, and requests on their way get 502.',
        source: TROUBLE_PAGE,
      },
    ],
    exceptions: [
      { text: 'A request that waits for the target gets 504, an unfinished one 408.', source: TROUBLE_PAGE },
    ],
  },
});
