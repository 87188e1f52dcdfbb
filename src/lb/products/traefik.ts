import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const ENTRYPOINTS = {
  title: 'Traefik: EntryPoints, respondingTimeouts',
  url: 'https://doc.traefik.io/traefik/routing/entrypoints/#respondingtimeouts',
};
const TCP_SOURCE = {
  title: 'Traefik: pkg/tcp/proxy.go (v3)',
  url: 'https://github.com/traefik/traefik/blob/v3.0/pkg/tcp/proxy.go',
};

const SPLITS = {
  kind: 'proxy',
  preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
} as const;

export const traefikHttp = defineProduct({
  model: {
    ...SPLITS,
    id: 'traefik-http',
    name: 'Traefik, HTTP',
    timers: [
      timer({
        setting: 'respondingTimeouts.idleTimeout',
        unit: 'duration',
        default: 180,
        scope: 'client-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'between requests',
        confidence: 'source-code',
        source: ENTRYPOINTS,
        change: '--entryPoints.<entry-point>.transport.respondingTimeouts.idleTimeout={value}s',
      }),
      timer({
        key: 'backend',
        setting: 'forwardingTimeouts.idleConnTimeout',
        unit: 'duration',
        default: 90,
        scope: 'server-leg',
        activity: 'http',
        onExpiry: 'fin-both',
        states: 'kept for the next request',
        confidence: 'source-code',
        source: ENTRYPOINTS,
      }),
    ],
    precedence: [],
    exceptions: [],
  },
});

export const traefikTcp = defineProduct({
  model: {
    ...SPLITS,
    id: 'traefik-tcp',
    name: 'Traefik, TCP',
    timers: [
      timer({
        setting: 'idle timeout of TCP routers',
        default: 'none',
        configurable: false,
        activity: 'unknown',
        onExpiry: 'unknown',
        confidence: 'source-code',
        source: TCP_SOURCE,
      }),
    ],
    precedence: [],
    exceptions: [
      {
        text: 'A reset of one side reaches the other as FIN; the rest is cut after terminationDelay.',
        source: TCP_SOURCE,
      },
    ],
  },
});
