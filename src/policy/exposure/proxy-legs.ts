import { formatDuration } from '../../lb/duration.js';
import type { ConfigCheck } from './exposure.js';

const MANUAL = {
  title: 'HAProxy configuration manual, timeout client',
  url: 'https://docs.haproxy.org/2.8/configuration.html#4-timeout%20client',
};

/** HAProxy in TCP mode with different timeouts for its sides. */
export const proxyLegs: ConfigCheck = {
  id: 'chain/unequal-legs',
  level: 'hint',
  documentation:
    'In TCP mode HAProxy ends both legs when either of timeout client and timeout server fires. Where they differ and no timeout tunnel is set, only the shorter one has an effect; the manual recommends equal values.',
  run: ({ devices }) =>
    devices
      .filter(({ model }) => model === 'haproxy')
      .flatMap((device) => {
        const effective = device.resolve({ direction: 'inbound', frontend: null, backend: null });
        if (effective.rule !== 'haproxy/shorter-leg') return [];
        const [winner, loser] = effective.considered;
        if (winner.seconds === loser.seconds || winner.seconds === null || loser.seconds === null) return [];
        return [
          {
            expected: 'equal timeouts of client and server',
            observed: `${formatDuration(winner.seconds)} and ${formatDuration(loser.seconds)}`,
            text: `${winner.name} is ${formatDuration(winner.seconds)}, ${loser.name} ${formatDuration(loser.seconds)}: in TCP mode only the shorter one has an effect, on both legs.`,
            source: MANUAL,
            remedy: [
              { text: 'Set both to one value, or timeout tunnel for long-lived connections.', command: null },
            ],
          },
        ];
      }),
};
