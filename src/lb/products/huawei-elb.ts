import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const FAQ = {
  title: 'Huawei Cloud: ELB timeouts',
  url: 'https://support.huaweicloud.com/intl/en-us/elb_faq/elb_faq_0309.html',
};

export const huaweiElb = defineProduct({
  model: {
    id: 'huawei-elb',
    name: 'Huawei Cloud ELB',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'unknown', clientAddress: 'unknown' },
    timers: [
      timer({
        setting: 'keepalive_timeout',
        default: 300,
        otherDefaults: [{ seconds: 60, when: 'for HTTP and HTTPS listeners' }],
        min: 0,
        max: 4000,
        activity: 'unknown',
        onExpiry: 'close',
        source: FAQ,
      }),
    ],
    precedence: [],
    exceptions: [],
  },
});
