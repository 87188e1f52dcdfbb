import { formatDuration } from '../../lb/duration.js';
import type { Device } from '../../lb/model.js';
import { type ConfigCheck, timed } from './exposure.js';

/** Interval of F5's own keepalives in the stock TCP profile. */
const STOCK_SECONDS = 1800;

/** A device whose own keepalives come after its own idle timer. */
export const ownKeepalive: ConfigCheck = {
  id: 'keepalive/own-after-timeout',
  level: 'warning',
  documentation:
    "F5's TCP profile sends keepalives of its own, by default every 1800 s, and ends idle flows after 300 s: the keepalive cannot protect anything.",
  run: ({ devices }) =>
    devices
      .filter(({ model }) => model === 'f5-standard')
      .flatMap((device: Device) => timed(device))
      .filter(({ seconds }) => seconds <= STOCK_SECONDS)
      .map(({ device, effective, seconds }) => ({
        expected: `keepAliveInterval below ${formatDuration(seconds)}`,
        observed: `${formatDuration(STOCK_SECONDS)} unless it was changed`,
        text: `The stock keepAliveInterval of ${formatDuration(STOCK_SECONDS)} is longer than the idleTimeout of ${formatDuration(seconds)} on ${device.name}: it never keeps a flow.`,
        source: effective.source,
        remedy: [],
      })),
};
