import { SYN } from '../wire/tcp-flags.js';
import type { Scene } from './scene.js';
import type { Packet } from './timeline.js';

/** Order within one capture can be off by what packet sockets and timestamps allow, in nanoseconds. */
const ORDER_SLACK = 2e6;

/**
 * A segment of the RST's alleged sender that left it after the RST had been made in between, and arrived all the same:
 * whatever made the RST, what lies between still knew the connection and forwarded it. Undefined where none shows.
 */
export function stillForwarded({
  after,
  reset,
  sender,
  watch,
  path,
  uncertainty,
}: Scene): Packet | undefined {
  if (path.mode === 'proxy' || watch.clock === null) return undefined;
  const made = reset.time + 2 * uncertainty + ORDER_SLACK;
  return after.find(
    ({ from, flags, client, server, time }) =>
      from === sender && (flags & SYN) === 0 && client !== null && server !== null && time > made,
  );
}
