import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const EXTERNAL_PAGE = {
  title: 'Google Cloud: Backend service-based external passthrough NLB',
  url: 'https://cloud.google.com/load-balancing/docs/network/networklb-backend-service',
};
const INTERNAL_PAGE = {
  title: 'Google Cloud: Internal passthrough NLB, connection tracking',
  url: 'https://cloud.google.com/load-balancing/docs/internal',
};
const MAX_TRACKING_SECONDS = 57_600;

const FORWARDS = {
  kind: 'pass-through',
  preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
  mayReset: 'backend',
} as const;

export const gcpExternalPassthrough = defineProduct({
  model: {
    ...FORWARDS,
    id: 'gcp-external-passthrough',
    name: 'Google Cloud external passthrough NLB',
    timers: [
      timer({
        setting: 'connection tracking timeout',
        default: 60,
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'any',
        source: EXTERNAL_PAGE,
      }),
    ],
    precedence: [
      {
        text: 'Tracking mode, then session affinity, then persistence on unhealthy backends.',
        source: INTERNAL_PAGE,
      },
    ],
    exceptions: [{ text: 'Answers of the backend go to the client directly.', source: EXTERNAL_PAGE }],
  },
});

export const gcpInternalPassthrough = defineProduct({
  model: {
    ...FORWARDS,
    id: 'gcp-internal-passthrough',
    name: 'Google Cloud internal passthrough NLB',
    timers: [
      timer({
        setting: 'connectionTrackingPolicy.idleTimeoutSec',
        default: 600,
        max: MAX_TRACKING_SECONDS,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'any',
        source: INTERNAL_PAGE,
        change:
          'gcloud compute backend-services update <backend-service> --region=<region> --idle-timeout-sec={value}',
      }),
    ],
    precedence: [
      {
        text: 'Tracking mode, then session affinity, then persistence on unhealthy backends.',
        source: INTERNAL_PAGE,
      },
    ],
    exceptions: [
      {
        text: 'The timeout can be set only with tracking per session and an affinity coarser than the five-tuple.',
        source: INTERNAL_PAGE,
      },
    ],
  },
});
