import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const TIMEOUT_API = {
  title: 'NetScaler: nstimeout (NITRO)',
  url: 'https://developer-docs.netscaler.com/en-us/adc-nitro-api/current-release/configuration/ns/nstimeout',
};
const VSERVER_API = {
  title: 'NetScaler: lbvserver, clttimeout (NITRO)',
  url: 'https://developer-docs.netscaler.com/en-us/adc-nitro-api/current-release/configuration/lb/lbvserver',
};
/** Flows are swept every this many seconds, so that one may end up to as much late. */
const ZOMBIE_SECONDS = 120;

export const netscaler = defineProduct({
  model: {
    id: 'netscaler',
    name: 'NetScaler ADC',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'option' },
    timers: [
      timer({
        key: 'client',
        setting: 'cltTimeout',
        default: 180,
        otherDefaults: [{ seconds: 9000, when: 'for TCP virtual servers' }],
        scope: 'client-leg',
        activity: 'payload',
        onExpiry: 'rst-both-legs',
        confidence: 'reported',
        source: VSERVER_API,
        change: 'set lb vserver <vserver> -cltTimeout {value}',
      }),
      timer({
        key: 'server',
        setting: 'svrTimeout',
        default: 360,
        otherDefaults: [{ seconds: 9000, when: 'for TCP services' }],
        scope: 'server-leg',
        activity: 'payload',
        onExpiry: 'rst-both-legs',
        confidence: 'reported',
        source: VSERVER_API,
        change: 'set service <service> -svrTimeout {value}',
      }),
      timer({
        key: 'sweep',
        setting: 'zombie',
        default: ZOMBIE_SECONDS,
        min: 1,
        max: 600,
        scope: 'other',
        activity: 'unknown',
        onExpiry: 'unknown',
        states: 'how often flows are swept',
        source: TIMEOUT_API,
        change: 'set ns timeout -zombie {value}',
      }),
    ],
    precedence: [
      {
        text: 'Content-switching virtual server, load-balancing virtual server, service, then the global type value.',
        source: TIMEOUT_API,
      },
      { text: 'Changes hold for new connections only.', source: TIMEOUT_API },
    ],
    exceptions: [{ text: 'Its resets carry a reason code in the window field.', source: VSERVER_API }],
    lateSeconds: ZOMBIE_SECONDS,
  },
});
