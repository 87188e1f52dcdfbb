import { formatDuration } from '../../lb/duration.js';
import { type ConfigCheck, type Exposure, timersFor } from './exposure.js';

/** What a gRPC server accepts on a connection without calls, if nobody changed it (gRPC proposal A8, A9). */
const DEFAULT_MIN_PING_SECONDS = 300;
const PROPOSAL = {
  title: 'gRPC proposal A9: server-side connection management',
  url: 'https://github.com/grpc/proposal/blob/master/A9-server-side-conn-mgt.md',
};

/** Pings that are too rare for a timer or too frequent for the server. */
export const grpc: ConfigCheck = {
  id: 'keepalive/grpc-floor',
  level: 'warning',
  documentation:
    'A gRPC client pings to keep a quiet channel open. The pings have to come before the shortest timer fires, and not more often than the server allows, 300 s by default: below that it says too_many_pings and closes. For a timeout of 300 s or less both ends have to be changed.',
  run: (policy) => {
    const ping = policy.ends.client.grpcPing;
    if (ping === undefined) return [];
    const floor = policy.ends.backend.grpcMinPing ?? DEFAULT_MIN_PING_SECONDS;
    return [...tooFrequent(ping, floor), ...tooRare(ping, floor, policy)];
  },
};

function tooFrequent(ping: number, floor: number): Exposure[] {
  if (ping >= floor) return [];
  return [
    {
      expected: `pings at most every ${formatDuration(floor)}`,
      observed: `pings every ${formatDuration(ping)}`,
      text: `The client pings every ${formatDuration(ping)}, the server accepts one every ${formatDuration(floor)} on a channel without calls: it closes with too_many_pings.`,
      source: PROPOSAL,
      remedy: [
        {
          text: `Let the server accept pings every ${formatDuration(ping)} (permit_keepalive_time).`,
          command: null,
        },
      ],
    },
  ];
}

function tooRare(ping: number, floor: number, policy: Parameters<ConfigCheck['run']>[0]): Exposure[] {
  return timersFor('client', policy)
    .filter(({ seconds }) => ping >= seconds)
    .map(({ device, effective, seconds }) => ({
      expected: `pings below ${formatDuration(seconds)}`,
      observed: `pings every ${formatDuration(ping)}`,
      text: `The client pings every ${formatDuration(ping)}, ${device.name} gives a flow up after ${formatDuration(seconds)}.${seconds <= floor ? ` No interval is below that and at least the ${formatDuration(floor)} that the server demands: change both.` : ''}`,
      source: effective.source,
      remedy: [],
    }));
}
