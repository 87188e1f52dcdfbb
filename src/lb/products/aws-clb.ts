import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const CLB_PAGE = {
  title: 'AWS: Configure the idle connection timeout for your Classic Load Balancer',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html',
};
const CLB_API = {
  title: 'AWS: ConnectionSettings in the Elastic Load Balancing API (2012-06-01)',
  url: 'https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_ConnectionSettings.html',
};
/** The API's own maximum; the guide grants 4000. */
const API_MAX = 3600;

export const awsClb = defineProduct({
  model: {
    id: 'aws-clb',
    name: 'AWS Classic Load Balancer',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'ConnectionSettings.IdleTimeout',
        default: 60,
        min: 1,
        max: 4000,
        warnAbove: { seconds: API_MAX, source: CLB_API },
        activity: 'payload',
        onExpiry: 'close',
        source: CLB_PAGE,
        note: 'TCP keepalives do not count',
        change:
          'aws elb modify-load-balancer-attributes --load-balancer-name <load-balancer> --load-balancer-attributes "{\\"ConnectionSettings\\":{\\"IdleTimeout\\":{value}}}"',
      }),
    ],
    precedence: [
      {
        text: "A backend's HTTP keep-alive has to be longer than IdleTimeout, or it closes first.",
        source: CLB_PAGE,
      },
    ],
    exceptions: [],
  },
});
