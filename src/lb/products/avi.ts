import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const FAST_PATH = {
  title: 'Avi: TCPFastPathProfile',
  url: 'https://avinetworks.com/docs/latest/api-guide/NetworkProfile/index.html',
};

export const aviFastPath = defineProduct({
  model: {
    id: 'avi-fast-path',
    name: 'Avi, TCP fast path',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'unknown', clientAddress: 'unknown' },
    timers: [
      timer({
        setting: 'session_idle_timeout',
        default: 300,
        min: 5,
        max: 14_400,
        activity: 'unknown',
        onExpiry: 'unknown',
        confidence: 'source-code',
        source: FAST_PATH,
      }),
    ],
    precedence: [],
    exceptions: [],
  },
});

export const aviProxy = defineProduct({
  model: {
    id: 'avi-proxy',
    name: 'Avi, TCP proxy',
    kind: 'proxy',
    preserves: { sequence: 'no', ports: 'unknown', clientAddress: 'unknown' },
    timers: [
      timer({
        setting: 'idle_connection_timeout',
        default: 'unknown',
        min: 5,
        max: 14_400,
        activity: 'unknown',
        onExpiry: 'close',
        confidence: 'source-code',
        source: FAST_PATH,
        note: 'a default of 600 s is reported; with idle_connection_type KEEP_ALIVE it probes and closes only dead peers',
      }),
    ],
    precedence: [{ text: 'idle_connection_type, then the value.', source: FAST_PATH }],
    exceptions: [],
  },
});
