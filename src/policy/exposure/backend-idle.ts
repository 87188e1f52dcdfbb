import { formatDuration } from '../../lb/duration.js';
import { type ConfigCheck, timersFor } from './exposure.js';

/** A backend that closes kept connections before the proxy does: requests on their way meet a closed socket. */
export const backendIdle: ConfigCheck = {
  id: 'chain/backend-closes-first',
  level: 'warning',
  documentation:
    "A backend keeps idle connections for a shorter time than the proxy in front of it: it closes one in the moment in which the proxy sends a request on it, and the request fails with 502 or a reset. The backend's timer has to be the longer one.",
  run: (policy) => {
    const idle = policy.ends.backend.idle;
    if (idle === undefined) return [];
    return timersFor('backend', policy)
      .filter(({ device, seconds }) => device.product.kind === 'proxy' && idle <= seconds)
      .map(({ device, effective, seconds }) => ({
        expected: `backend keep-alive above ${formatDuration(seconds)}`,
        observed: `backend keep-alive of ${formatDuration(idle)}`,
        text: `The backend closes connections after ${formatDuration(idle)} without a request, ${device.name} only after ${formatDuration(seconds)}: a request sent in that moment is answered with a reset.`,
        source: effective.source,
        remedy: [
          {
            text: `Raise the backend's HTTP keep-alive above ${formatDuration(seconds)}, with a few seconds to spare.`,
            command: null,
          },
        ],
      }));
  },
};
