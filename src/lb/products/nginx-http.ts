import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const CORE = {
  title: 'nginx: ngx_http_core_module',
  url: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_timeout',
};
const PROXY = {
  title: 'nginx: ngx_http_proxy_module',
  url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
};
const UPSTREAM = {
  title: 'nginx: ngx_http_upstream_module',
  url: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout',
};

export const nginxHttp = defineProduct({
  model: {
    id: 'nginx-http',
    name: 'nginx, http',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        key: 'keepalive',
        setting: 'keepalive_timeout',
        default: 75,
        scope: 'client-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'between requests',
        confidence: 'source-code',
        source: CORE,
        change: 'keepalive_timeout {value}s;',
      }),
      timer({
        key: 'upstream-keepalive',
        setting: 'keepalive_timeout (upstream)',
        default: 60,
        scope: 'server-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'kept for the next request',
        source: UPSTREAM,
        change: 'keepalive_timeout {value}s;',
      }),
      timer({
        key: 'header',
        setting: 'client_header_timeout',
        default: 60,
        scope: 'other',
        activity: 'payload',
        onExpiry: 'fin-both',
        states: 'until the request header is complete; with reset_timedout_connection a reset',
        source: CORE,
      }),
      timer({
        key: 'send',
        setting: 'send_timeout',
        default: 60,
        scope: 'other',
        activity: 'payload',
        onExpiry: 'fin-both',
        states: 'between two writes to the client',
        source: CORE,
      }),
      timer({
        key: 'read',
        setting: 'proxy_read_timeout',
        default: 60,
        scope: 'other',
        activity: 'payload',
        onExpiry: 'fin-both',
        states: 'between two reads from the backend (504)',
        source: PROXY,
      }),
    ],
    precedence: [
      {
        text: 'While a response is awaited, proxy_read_timeout; while one is sent, send_timeout.',
        source: PROXY,
      },
      { text: 'Between requests keepalive_timeout, bounded by keepalive_time.', source: CORE },
      { text: 'A location goes before its server, a server before http.', source: CORE },
    ],
    exceptions: [
      {
        text: 'reset_timedout_connection resets clients whose request timed out, and return 444; a kept connection that is idle still ends with FIN.',
        source: CORE,
      },
    ],
  },
});
