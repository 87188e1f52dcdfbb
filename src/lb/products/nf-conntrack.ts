import { defineProduct, type Resolver } from '../define.js';
import type { Product } from '../product.js';
import type { ProductModel } from '../product-model.js';
import { candidateOf, effectiveOf } from '../resolve.js';
import { timer } from '../timer.js';

const CONNTRACK_SOURCE = {
  title: 'Linux: net/netfilter/nf_conntrack_proto_tcp.c',
  url: 'https://github.com/torvalds/linux/blob/v6.18/net/netfilter/nf_conntrack_proto_tcp.c',
};
const KUBE_PROXY_SOURCE = {
  title: 'Kubernetes: kube-proxy configuration (v1alpha1)',
  url: 'https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/',
};
const UNTRANSLATED = {
  title: 'kubernetes/kubernetes issue 74839',
  url: 'https://github.com/kubernetes/kubernetes/issues/74839',
};

/** The same kernel table; kube-proxy writes its own value into it. */
function model(id: string, name: string, idle: Partial<ProductModel['timers'][number]>): ProductModel {
  return {
    id,
    name,
    kind: 'filter',
    preserves: { sequence: 'yes', ports: 'option', clientAddress: 'option' },
    timers: [
      timer({
        setting: 'nf_conntrack_tcp_timeout_established',
        default: 432_000,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        confidence: 'source-code',
        source: CONNTRACK_SOURCE,
        change: 'sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established={value}',
        ...idle,
      }),
      timer({
        key: 'unacknowledged',
        setting: 'nf_conntrack_tcp_timeout_unacknowledged',
        default: 300,
        scope: 'other',
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'established, while data is not acknowledged',
        confidence: 'source-code',
        source: CONNTRACK_SOURCE,
      }),
      timer({
        key: 'max-retrans',
        setting: 'nf_conntrack_tcp_timeout_max_retrans',
        default: 300,
        scope: 'other',
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'after 3 retransmissions, or while the last window was 0',
        confidence: 'source-code',
        source: CONNTRACK_SOURCE,
      }),
      timer({
        key: 'close-wait',
        setting: 'nf_conntrack_tcp_timeout_close_wait',
        default: id === 'kube-proxy' ? 3600 : 60,
        scope: 'half-closed',
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'half-closed',
        confidence: 'source-code',
        source: id === 'kube-proxy' ? KUBE_PROXY_SOURCE : CONNTRACK_SOURCE,
      }),
    ],
    precedence: [
      {
        text: 'First that holds: retransmissions, an accepted reset, unacknowledged data, a zero window, then the state.',
        source: CONNTRACK_SOURCE,
      },
    ],
    exceptions: [
      {
        text: 'It never sends a reset itself; a segment that it no longer translates is reset by the host that gets it.',
        source: UNTRANSLATED,
      },
    ],
    mayReset: 'host',
  };
}

/** Unacknowledged data makes conntrack forget sooner; otherwise the timer of the state counts. */
function resolver(product: ProductModel): Resolver {
  const [established, unacknowledged] = product.timers;
  return (instance, { dataInFlight }) => {
    const usual = candidateOf(established, instance);
    const sooner = candidateOf(unacknowledged, instance);
    if (dataInFlight !== true || (sooner.seconds ?? 0) >= (usual.seconds ?? 0))
      return effectiveOf(product, instance, usual, {
        rule: `${product.id}/idle`,
        because: 'nothing was waiting to be acknowledged',
        losers: [],
        lost: '',
      });
    const because = 'data was not acknowledged yet';
    return effectiveOf(product, instance, sooner, {
      rule: `${product.id}/unacknowledged`,
      because,
      losers: [usual],
      lost: because,
    });
  };
}

function define(product: ProductModel): Product {
  return defineProduct({ model: product, resolve: resolver(product) });
}

export const nfConntrack = define(model('nf-conntrack', 'Linux nf_conntrack', {}));

export const kubeProxy = define(
  model('kube-proxy', 'kube-proxy', {
    setting: 'conntrack.tcpEstablishedTimeout',
    default: 86_400,
    source: KUBE_PROXY_SOURCE,
    change: 'conntrack: { tcpEstablishedTimeout: {value}s }',
  }),
);
