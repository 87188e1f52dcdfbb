import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const KATRAN = { title: 'facebookincubator/katran', url: 'https://github.com/facebookincubator/katran' };
const GLB = {
  title: 'github/glb-director: how it works',
  url: 'https://github.com/github/glb-director/blob/master/docs/README.md',
};
const MAGLEV = {
  title: 'Google Cloud: Backend service-based external passthrough NLB',
  url: 'https://cloud.google.com/load-balancing/docs/network/networklb-backend-service',
};

const FORWARDS = {
  kind: 'pass-through',
  preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
  precedence: [],
  mayReset: 'backend',
} as const;

/** Balancers that choose by hash and answers go around: what they forget is only who got the flow. */
export const katran = defineProduct({
  model: {
    ...FORWARDS,
    id: 'katran',
    name: 'Katran',
    timers: [
      timer({
        setting: 'TCP idle timeout',
        default: 'none',
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        confidence: 'source-code',
        source: KATRAN,
      }),
    ],
    exceptions: [{ text: 'Its table drops the least recently used flows when it is full.', source: KATRAN }],
  },
});

export const glbDirector = defineProduct({
  model: {
    ...FORWARDS,
    id: 'glb-director',
    name: 'GitHub GLB director',
    timers: [
      timer({
        setting: 'TCP idle timeout',
        default: 'none',
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        confidence: 'source-code',
        source: GLB,
      }),
    ],
    exceptions: [
      {
        text: 'It keeps no state: a flow that changes servers gets a second chance at its old one.',
        source: GLB,
      },
    ],
  },
});

export const maglev = defineProduct({
  model: {
    ...FORWARDS,
    id: 'maglev',
    name: 'Maglev',
    timers: [
      timer({
        setting: 'connection tracking timeout',
        default: 60,
        configurable: false,
        activity: 'any-packet',
        onExpiry: 'lose-affinity',
        states: 'any',
        source: MAGLEV,
      }),
    ],
    exceptions: [],
  },
});
