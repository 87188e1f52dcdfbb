import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const AGENT_PAGE = {
  title: 'Cilium: cilium-agent command line',
  url: 'https://docs.cilium.io/en/stable/cmdref/cilium-agent/',
};
const LOWERED = {
  title: 'cilium/cilium pull request 27665 (2023)',
  url: 'https://github.com/cilium/cilium/pull/27665',
};

export const cilium = defineProduct({
  model: {
    id: 'cilium',
    name: 'Cilium without kube-proxy',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'option', clientAddress: 'option' },
    timers: [
      timer({
        setting: 'bpf-ct-timeout-service-tcp',
        unit: 'duration',
        default: 8000,
        otherDefaults: [{ seconds: 21_600, when: 'up to about 1.14' }],
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        source: AGENT_PAGE,
        change: 'bpf-ct-timeout-service-tcp: {value}s',
      }),
      timer({
        key: 'regular',
        setting: 'bpf-ct-timeout-regular-tcp',
        unit: 'duration',
        default: 8000,
        otherDefaults: [{ seconds: 21_600, when: 'up to about 1.14' }],
        scope: 'other',
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'established, not through a service',
        source: AGENT_PAGE,
      }),
    ],
    precedence: [{ text: 'The flag or the ConfigMap goes before the default.', source: AGENT_PAGE }],
    exceptions: [
      { text: 'The default was lowered in 2023: read the running configuration.', source: LOWERED },
    ],
    mayReset: 'backend',
  },
});
