import { defineProduct } from '../define.js';
import type { ProductModel } from '../product-model.js';
import { timer } from '../timer.js';

const TCP_PROFILE = {
  title: 'F5: terraform-provider-bigip, TCP profile',
  url: 'https://registry.terraform.io/providers/F5Networks/bigip/latest/docs/resources/bigip_ltm_profile_tcp',
};
const FASTL4_PROFILE = {
  title: 'F5: terraform-provider-bigip, FastL4 profile',
  url: 'https://registry.terraform.io/providers/F5Networks/bigip/latest/docs/resources/bigip_ltm_profile_fastl4',
};
const STOCK_KEEPALIVE_SECONDS = 1800;

function model(
  id: string,
  name: string,
  source: typeof TCP_PROFILE,
): Omit<ProductModel, 'kind' | 'preserves'> {
  return {
    id,
    name,
    timers: [
      timer({
        setting: 'idleTimeout',
        default: 300,
        activity: 'any-packet',
        onExpiry: 'rst-both-at-timer',
        confidence: 'source-code',
        source,
        change: `tmsh modify ltm profile ${id === 'f5-fastl4' ? 'fastl4' : 'tcp'} <profile> idle-timeout {value}`,
      }),
      ...(id === 'f5-fastl4'
        ? []
        : [
            timer({
              key: 'keepalive',
              setting: 'keepAliveInterval',
              default: STOCK_KEEPALIVE_SECONDS,
              scope: 'other',
              activity: 'any-packet',
              onExpiry: 'unknown',
              states: 'interval of its own keepalives',
              confidence: 'source-code',
              source,
            }),
          ]),
    ],
    switches: [{ key: 'reset', setting: 'resetOnTimeout', default: true, offAction: 'silent-drop', source }],
    precedence: [
      {
        text: 'The profiles of the client side and the server side may differ: the smaller idleTimeout fires first.',
        source,
      },
      { text: 'An iRule that sets IP::idle_timeout goes before the profile.', source },
    ],
    exceptions: [
      { text: 'With tm.rstcause.pkt on, the text of the cause stands in the payload of the reset.', source },
    ],
  };
}

export const f5Standard = defineProduct({
  model: {
    ...model('f5-standard', 'F5 BIG-IP, standard virtual server', TCP_PROFILE),
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'unknown', clientAddress: 'option' },
  },
});

export const f5FastL4 = defineProduct({
  model: {
    ...model('f5-fastl4', 'F5 BIG-IP, FastL4', FASTL4_PROFILE),
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'unknown', clientAddress: 'option' },
  },
});
