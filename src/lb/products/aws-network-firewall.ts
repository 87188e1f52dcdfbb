import { defineProduct } from '../define.js';
import { timer } from '../timer.js';

const FLOW_PAGE = {
  title: 'AWS Network Firewall: FlowTimeouts',
  url: 'https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_FlowTimeouts.html',
};
const EXCEPTION_PAGE = {
  title: 'AWS Network Firewall: Stream exception policy',
  url: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stream-exception-policy.html',
};

export const awsNetworkFirewall = defineProduct({
  model: {
    id: 'aws-network-firewall',
    name: 'AWS Network Firewall',
    kind: 'filter',
    preserves: { sequence: 'yes', ports: 'yes', clientAddress: 'yes' },
    timers: [
      timer({
        setting: 'FlowTimeouts.TcpIdleTimeoutSeconds',
        default: 350,
        min: 60,
        max: 6000,
        activity: 'any-packet',
        onExpiry: 'rst-sender-on-next',
        confidence: 'reported',
        source: FLOW_PAGE,
      }),
    ],
    switches: [
      {
        key: 'reject',
        setting: 'stream exception policy REJECT',
        default: false,
        offAction: 'silent-drop',
        source: EXCEPTION_PAGE,
      },
    ],
    precedence: [],
    exceptions: [
      {
        text: 'With the stream exception policy CONTINUE, segments of a forgotten flow are matched like new ones.',
        source: EXCEPTION_PAGE,
      },
    ],
    mayReset: 'sender, if the policy is REJECT',
  },
});
