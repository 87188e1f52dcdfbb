import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const REUSE_PAGE = {
  title: 'Oracle: Load balancer connection management',
  url: 'https://docs.oracle.com/en-us/iaas/Content/Balance/Reference/connectionreuse.htm',
};

export const ociLb = defineProduct({
  model: {
    id: 'oci-lb',
    name: 'Oracle Cloud load balancer',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'connectionConfiguration.idleTimeout',
        default: 60,
        otherDefaults: [{ seconds: 300, when: 'for TCP listeners' }],
        activity: 'payload-each-way',
        onExpiry: 'close',
        source: REUSE_PAGE,
        note: 'between two receives or between two sends: the one does not restart the timer of the other',
      }),
      timer({
        key: 'backend',
        setting: 'backend keep-alive timeout',
        default: 300,
        configurable: false,
        scope: 'other',
        activity: 'http',
        onExpiry: 'close',
        states: 'kept for the next request',
        source: REUSE_PAGE,
      }),
    ],
    precedence: [{ text: "A backend's own keep-alive should be at least 310 s.", source: REUSE_PAGE }],
    exceptions: [],
  },
});
