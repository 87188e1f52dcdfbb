import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const TIMEOUTS = {
  title: 'Envoy: How do I configure timeouts?',
  url: 'https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts',
};
const TCP_PROXY = {
  title: 'Envoy: tcp_proxy.proto, idle_timeout',
  url: 'https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/tcp_proxy/v3/tcp_proxy.proto',
};
const RST_PROPAGATION = {
  title: 'Envoy pull request 44148 (2026)',
  url: 'https://github.com/envoyproxy/envoy/pull/44148',
};

const SPLITS = {
  kind: 'proxy',
  preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
} as const;

export const envoyTcp = defineProduct({
  model: {
    ...SPLITS,
    id: 'envoy-tcp',
    name: 'Envoy, tcp_proxy',
    timers: [
      timer({
        setting: 'tcp_proxy idle_timeout',
        unit: 'duration',
        default: 3600,
        activity: 'payload',
        onExpiry: 'fin-both',
        source: TCP_PROXY,
        note: 'bytes received or sent on either side restart it; 0 turns it off',
        change: 'idle_timeout: {value}s',
      }),
    ],
    precedence: [
      { text: 'max_downstream_connection_duration bounds every connection, idle or not.', source: TCP_PROXY },
    ],
    exceptions: [
      {
        text: "Until 2026 a backend's reset reached the client as FIN; newer versions pass it on.",
        source: RST_PROPAGATION,
      },
    ],
  },
});

export const envoyHttp = defineProduct({
  model: {
    ...SPLITS,
    id: 'envoy-http',
    name: 'Envoy, HTTP connection manager',
    timers: [
      timer({
        setting: 'common_http_protocol_options.idle_timeout',
        unit: 'duration',
        default: 3600,
        scope: 'client-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'no stream is active',
        source: TIMEOUTS,
        change: 'idle_timeout: {value}s',
      }),
      timer({
        key: 'upstream-idle',
        setting: 'cluster common_http_protocol_options.idle_timeout',
        unit: 'duration',
        default: 3600,
        scope: 'server-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'no stream is active',
        source: TIMEOUTS,
        change: 'idle_timeout: {value}s',
      }),
      timer({
        key: 'stream',
        setting: 'stream_idle_timeout',
        unit: 'duration',
        default: 300,
        scope: 'other',
        activity: 'http',
        onExpiry: 'close',
        states: 'a stream is active (408 or stream reset)',
        source: TIMEOUTS,
      }),
    ],
    precedence: [
      {
        text: 'While a stream is open, the route timeout and stream_idle_timeout; otherwise idle_timeout.',
        source: TIMEOUTS,
      },
      { text: 'max_connection_duration bounds every connection.', source: TIMEOUTS },
    ],
    exceptions: [
      {
        text: "Until 2026 a backend's reset reached the client as FIN; newer versions pass it on.",
        source: RST_PROPAGATION,
      },
    ],
  },
});
