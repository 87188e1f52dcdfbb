import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const PROTO_SOURCE = {
  title: 'Linux: net/netfilter/ipvs/ip_vs_proto_tcp.c',
  url: 'https://github.com/torvalds/linux/blob/v6.18/net/netfilter/ipvs/ip_vs_proto_tcp.c',
};
const CORE_SOURCE = {
  title: 'Linux: net/netfilter/ipvs/ip_vs_core.c',
  url: 'https://github.com/torvalds/linux/blob/v6.18/net/netfilter/ipvs/ip_vs_core.c',
};

export const ipvs = defineProduct({
  model: {
    id: 'ipvs',
    name: 'Linux IPVS',
    kind: 'pass-through',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'tcp timeout',
        default: 900,
        activity: 'any-packet',
        onExpiry: 'rst-opener-on-next',
        confidence: 'source-code',
        source: PROTO_SOURCE,
        change: 'ipvsadm --set {value} 0 0',
      }),
      timer({
        key: 'fin',
        setting: 'tcpfin timeout',
        default: 120,
        scope: 'half-closed',
        activity: 'any-packet',
        onExpiry: 'unknown',
        states: 'FIN_WAIT',
        confidence: 'source-code',
        source: PROTO_SOURCE,
      }),
    ],
    precedence: [
      {
        text: 'Each TCP state has a timer of its own; ipvsadm sets those of ESTABLISHED and FIN_WAIT.',
        source: PROTO_SOURCE,
      },
    ],
    exceptions: [
      {
        text: "After expiry a client's segment falls through to the director's own stack, which owns the address and resets the client; the server hears nothing.",
        source: CORE_SOURCE,
      },
    ],
  },
});
