import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const FAQ = {
  title: 'Azure: Application Gateway FAQ (2023-11-06)',
  url: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-faq',
};

export const azureApplicationGateway = defineProduct({
  model: {
    id: 'azure-application-gateway',
    name: 'Azure Application Gateway',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'no', clientAddress: 'no' },
    timers: [
      timer({
        key: 'keepalive',
        setting: 'keep-alive timeout',
        default: 120,
        otherDefaults: [{ seconds: 75, when: 'on v2 by the text of 2023' }],
        configurable: false,
        scope: 'client-leg',
        activity: 'http',
        onExpiry: 'close',
        source: FAQ,
      }),
      timer({
        key: 'idle',
        setting: 'frontend TCP idle timeout',
        unit: 'min',
        default: 240,
        otherDefaults: [{ seconds: 300, when: 'on a private frontend, fixed' }],
        min: 240,
        max: 1800,
        scope: 'client-leg',
        activity: 'unknown',
        onExpiry: 'close',
        source: FAQ,
        change: 'az network public-ip update -g <resource-group> -n <public-ip> --idle-timeout {value}',
      }),
      timer({
        key: 'request',
        setting: 'requestTimeout',
        default: 20,
        min: 1,
        max: 86_400,
        scope: 'other',
        activity: 'http',
        onExpiry: 'close',
        states: 'a request is waiting for the backend',
        source: FAQ,
      }),
    ],
    precedence: [
      { text: 'While a request waits for the backend its own timeout counts (502 or 504).', source: FAQ },
      {
        text: 'Between requests the shorter of the keep-alive and the frontend timeout ends the connection.',
        source: FAQ,
      },
    ],
    exceptions: [{ text: 'A change of configuration drains connections for up to 5 minutes.', source: FAQ }],
  },
});
