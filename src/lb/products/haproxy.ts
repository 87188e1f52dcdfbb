import { defineProduct } from '../define.js';
import type { EffectiveTimeout, ExpiryAction, FlowQuery } from '../model.js';
import type { Instance } from '../product.js';
import type { ProductModel, TimerModel } from '../product-model.js';
import { type Candidate, candidateOf, effectiveOf, shortest } from '../resolve.js';
import { timer } from '../timer.js';

const MANUAL = {
  title: 'HAProxy configuration manual',
  url: 'https://docs.haproxy.org/2.8/configuration.html#4-timeout%20client',
};
/** Measured with haproxy 2.6.12: see docs/lb.md. */
const STREAM_SOURCE = {
  title: 'HAProxy: src/stream.c and src/proto_tcp.c',
  url: 'https://github.com/haproxy/haproxy/blob/master/src/stream.c',
};

function proxyTimer(
  over: Partial<TimerModel> & Pick<TimerModel, 'key' | 'setting' | 'onExpiry'>,
): TimerModel {
  return timer({
    unit: 'duration',
    default: 'none',
    activity: 'payload',
    source: MANUAL,
    change: `${over.setting} {value}s`,
    ...over,
  });
}

const model: ProductModel = {
  id: 'haproxy',
  name: 'HAProxy',
  kind: 'proxy',
  preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
  timers: [
    proxyTimer({
      key: 'server',
      setting: 'timeout server',
      scope: 'server-leg',
      onExpiry: 'fin-client-rst-server',
    }),
    proxyTimer({ key: 'client', setting: 'timeout client', scope: 'client-leg', onExpiry: 'fin-both' }),
    proxyTimer({
      key: 'tunnel',
      setting: 'timeout tunnel',
      scope: 'flow',
      onExpiry: 'fin-client-rst-server',
    }),
    proxyTimer({
      key: 'http-keep-alive',
      setting: 'timeout http-keep-alive',
      scope: 'other',
      activity: 'http',
      onExpiry: 'fin-both',
      states: 'HTTP mode, between requests',
    }),
    proxyTimer({
      key: 'http-request',
      setting: 'timeout http-request',
      scope: 'other',
      activity: 'http',
      onExpiry: 'fin-both',
      states: 'HTTP mode, until a request is complete (408)',
    }),
    proxyTimer({
      key: 'client-fin',
      setting: 'timeout client-fin',
      scope: 'half-closed',
      onExpiry: 'fin-both',
      states: 'half-closed',
    }),
    proxyTimer({
      key: 'server-fin',
      setting: 'timeout server-fin',
      scope: 'half-closed',
      onExpiry: 'fin-client-rst-server',
      states: 'half-closed',
    }),
    proxyTimer({
      key: 'connect',
      setting: 'timeout connect',
      scope: 'half-open',
      onExpiry: 'unknown',
      states: 'connecting to a server',
    }),
  ],
  switches: [
    {
      key: 'linger',
      setting: 'closing without option nolinger',
      default: true,
      offAction: 'rst-both-legs',
      source: {
        title: 'HAProxy: option nolinger',
        url: 'https://docs.haproxy.org/2.8/configuration.html#4-option%20nolinger',
      },
    },
    {
      key: 'tcp',
      setting: 'mode tcp',
      default: true,
      offAction: 'fin-both',
      source: { title: 'HAProxy: mode', url: 'https://docs.haproxy.org/2.8/configuration.html#4-mode' },
    },
  ],
  precedence: [
    {
      text: 'In a tunnel (TCP mode, WebSocket, CONNECT) timeout tunnel replaces timeout client and timeout server.',
      source: MANUAL,
    },
    {
      text: 'Otherwise whichever of timeout client and timeout server fires first ends both legs.',
      source: MANUAL,
    },
    {
      text: 'In HTTP mode between requests: http-keep-alive, else http-request, else client.',
      source: MANUAL,
    },
    { text: 'A timeout that is not set never fires.', source: MANUAL },
  ],
  exceptions: [
    {
      text: 'The server leg is closed with a reset where the server had not closed first, except when timeout client fired alone: then with FIN (measured with 2.6.12).',
      source: STREAM_SOURCE,
    },
    { text: 'With option nolinger both legs are closed with a reset.', source: MANUAL },
  ],
};

const byKey = new Map(model.timers.map((one) => [one.key, one]));

/** The value of a timer of this instance. */
function configured(key: string, instance: Instance): Candidate {
  return candidateOf(byKey.get(key) as TimerModel, instance);
}

function isSet({ seconds }: Candidate): boolean {
  return seconds !== Number.POSITIVE_INFINITY;
}

/** The timer that ends an idle connection (configuration manual, `timeout tunnel` and `timeout http-keep-alive`). */
function resolve(instance: Instance, flow: FlowQuery): EffectiveTimeout {
  const http = instance.settings.switches.get('tcp')?.value === false;
  return http ? betweenRequests(instance, flow) : inTunnel(instance);
}

function inTunnel(instance: Instance): EffectiveTimeout {
  const tunnel = configured('tunnel', instance);
  const legs = [configured('server', instance), configured('client', instance)];
  const action = closing(instance);
  if (isSet(tunnel))
    return effective(
      instance,
      tunnel,
      'haproxy/tunnel-replaces',
      'timeout tunnel replaces the others in TCP mode',
      legs,
      action,
    );
  const winner = shortest(legs) as Candidate;
  const losers = [...legs.filter((one) => one !== winner), tunnel];
  return effective(
    instance,
    winner,
    'haproxy/shorter-leg',
    'of client and server, the one that fires first ends both legs',
    losers,
    action,
  );
}

function betweenRequests(instance: Instance, flow: FlowQuery): EffectiveTimeout {
  if (flow.leg === 'server') {
    const server = configured('server', instance);
    return effective(instance, server, 'haproxy/http-server', 'it bounds the wait for the server', [], null);
  }
  const chain = ['http-keep-alive', 'http-request', 'client'].map((key) => configured(key, instance));
  const winner = chain.find(isSet) ?? (chain.at(-1) as Candidate);
  const losers = chain.filter((one) => one !== winner);
  return effective(
    instance,
    winner,
    'haproxy/http-keep-alive',
    'between requests it is the first of its line that is set',
    losers,
    'fin-both',
  );
}

/** Both legs are closed hard where lingering was turned off. */
function closing({ settings }: Instance): ExpiryAction | null {
  return settings.switches.get('linger')?.value === false ? 'rst-both-legs' : null;
}

function effective(
  instance: Instance,
  winner: Candidate,
  rule: string,
  because: string,
  losers: readonly Candidate[],
  action: ExpiryAction | null,
): EffectiveTimeout {
  const won = { rule, because, losers, lost: because, ...(action === null ? {} : { action }) };
  const { clauses: _, ...rest } = effectiveOf(
    model,
    { ...instance, settings: withoutSwitches(instance) },
    winner,
    won,
  );
  return rest;
}

/** The switches are read here, not by the general resolver. */
function withoutSwitches({ settings }: Instance): Instance['settings'] {
  return { timers: settings.timers, switches: new Map() };
}

export const haproxy = defineProduct({ model, resolve });
