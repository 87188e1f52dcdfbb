import { defineProduct } from '../define.js';
import type { ProductModel } from '../product-model.js';
import { timer } from '../timer.js';

const HTTPS_PAGE = {
  title: 'Google Cloud: External Application Load Balancer, timeouts and retries',
  url: 'https://cloud.google.com/load-balancing/docs/https',
};
const DISTRIBUTION_PAGE = {
  title: 'Google Cloud: Request distribution of Application Load Balancers',
  url: 'https://cloud.google.com/load-balancing/docs/https/request-distribution',
};

/** The client's timer differs by where the balancer runs; everything else is the same. */
function model(id: string, name: string, clientSeconds: number, clientMax: number): ProductModel {
  return {
    id,
    name,
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        key: 'client',
        setting: 'httpKeepAliveTimeoutSec',
        default: clientSeconds,
        min: 5,
        max: clientMax,
        scope: 'client-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        source: HTTPS_PAGE,
        change:
          'gcloud compute target-https-proxies update <target-proxy> --http-keep-alive-timeout-sec={value}',
      }),
      timer({
        key: 'backend',
        setting: 'backend keepalive timeout',
        default: 600,
        configurable: false,
        scope: 'server-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        source: HTTPS_PAGE,
      }),
      timer({
        key: 'response',
        setting: 'timeoutSec',
        default: 30,
        scope: 'other',
        activity: 'http',
        onExpiry: 'close',
        states: 'a request is waiting for its whole response',
        source: HTTPS_PAGE,
      }),
    ],
    precedence: [
      { text: 'While a request is open, timeoutSec bounds its whole response (504).', source: HTTPS_PAGE },
      {
        text: "Between requests each leg has its own timer: the target proxy's for clients, 600 s for backends.",
        source: DISTRIBUTION_PAGE,
      },
    ],
    exceptions: [
      {
        text: "A backend's own keep-alive has to be longer than 600 s, or it closes first (502).",
        source: HTTPS_PAGE,
      },
    ],
  };
}

export const gcpApplication = defineProduct({
  model: model('gcp-application', 'Google Cloud global Application Load Balancer', 610, 1200),
});
export const gcpApplicationRegional = defineProduct({
  model: model(
    'gcp-application-regional',
    'Google Cloud regional or internal Application Load Balancer',
    600,
    600,
  ),
});
