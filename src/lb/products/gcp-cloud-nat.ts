import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const NAT_API = {
  title: 'Google Cloud: routers, nats[].tcpEstablishedIdleTimeoutSec',
  url: 'https://cloud.google.com/compute/docs/reference/rest/v1/routers',
};

export const gcpCloudNat = defineProduct({
  model: {
    id: 'gcp-cloud-nat',
    name: 'Google Cloud NAT',
    kind: 'nat',
    preserves: { sequence: 'yes', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'tcpEstablishedIdleTimeoutSec',
        default: 1200,
        activity: 'any-packet',
        onExpiry: 'silent-drop',
        source: NAT_API,
        note: 'that it sends no reset is reported, not documented',
        change:
          'gcloud compute routers nats update <nat> --router=<router> --region=<region> --tcp-established-idle-timeout={value}s',
      }),
      timer({
        key: 'transitory',
        setting: 'tcpTransitoryIdleTimeoutSec',
        default: 30,
        scope: 'half-open',
        activity: 'any-packet',
        onExpiry: 'silent-drop',
        states: 'half-open and half-closed',
        source: NAT_API,
      }),
      timer({
        key: 'time-wait',
        setting: 'tcpTimeWaitTimeoutSec',
        default: 120,
        scope: 'half-closed',
        activity: 'unknown',
        onExpiry: 'unknown',
        states: 'closed',
        source: NAT_API,
      }),
    ],
    precedence: [],
    exceptions: [],
  },
});
