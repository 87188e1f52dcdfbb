import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const STREAM = {
  title: 'nginx: ngx_stream_proxy_module',
  url: 'https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_timeout',
};

export const nginxStream = defineProduct({
  model: {
    id: 'nginx-stream',
    name: 'nginx, stream',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        setting: 'proxy_timeout',
        default: 600,
        activity: 'payload',
        onExpiry: 'fin-both',
        source: STREAM,
        note: 'one timer for both sides: a read or a write on either restarts it',
        change: 'proxy_timeout {value}s;',
      }),
      timer({
        key: 'connect',
        setting: 'proxy_connect_timeout',
        default: 60,
        scope: 'half-open',
        activity: 'unknown',
        onExpiry: 'unknown',
        states: 'connecting to a server',
        source: STREAM,
      }),
    ],
    precedence: [{ text: 'A server goes before stream.', source: STREAM }],
    exceptions: [{ text: 'A leg with unread bytes is closed with a reset by the kernel.', source: STREAM }],
  },
});
