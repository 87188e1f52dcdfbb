import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const BACKEND_API = {
  title: 'Google Cloud: backendServices, timeoutSec',
  url: 'https://cloud.google.com/compute/docs/reference/rest/v1/backendServices',
};

export const gcpProxy = defineProduct({
  model: {
    id: 'gcp-proxy',
    name: 'Google Cloud proxy NLB',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'timeoutSec',
        default: 30,
        min: 1,
        max: 2_147_483_647,
        activity: 'unknown',
        onExpiry: 'close',
        confidence: 'reported',
        source: BACKEND_API,
        note: 'that it is an idle timeout here is reported; the API says that its meaning differs by load balancer',
        change: 'gcloud compute backend-services update <backend-service> --timeout={value}s',
      }),
    ],
    precedence: [],
    exceptions: [],
  },
});
