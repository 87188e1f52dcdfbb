import { ESTABLISHED, RESET_SEEN } from '../flow/connection-flags.js';
import type { Pairing } from '../pair/path.js';
import { firstAbove } from './sorted.js';

const SECOND = 1e9;
/** What was there so long before a moment, and was heard so long after it, came through it. */
const AROUND = 1 * SECOND;

/** When the connections that both captures show, as one or as the two legs of a proxy, and that came to no harm, began and were last heard. */
export class Lives {
  #spans: { readonly began: Float64Array; readonly ended: Float64Array } | null = null;

  constructor(private readonly pairing: Pairing) {}

  /** How many connections were there before a moment and were heard after it; `time` on the client's time line. */
  through(time: number): number {
    this.#spans ??= spansOf(this.pairing);
    const { began, ended } = this.#spans;
    const alreadyThere = firstAbove(began, time - AROUND, false);
    const notHeardAgain = firstAbove(ended, time + AROUND, false);
    return Math.max(0, alreadyThere - notHeardAgain);
  }
}

function spansOf({ client, server, pairs }: Pairing): { began: Float64Array; ended: Float64Array } {
  const began: number[] = [];
  const ended: number[] = [];
  if (client !== null && server !== null) {
    for (const pair of pairs) {
      const here = client.log.connections.at(pair.client);
      const { flags, firstTime, lastTime } = here;
      const wasReset = ((flags | server.log.connections.at(pair.server).flags) & RESET_SEEN) !== 0;
      // One that is too short to come through any moment must not count against those that do.
      const isShort = lastTime - firstTime < 2 * AROUND;
      if (wasReset || isShort || (flags & ESTABLISHED) === 0) continue;
      began.push(firstTime);
      ended.push(lastTime);
    }
  }
  return { began: Float64Array.from(began).sort(), ended: Float64Array.from(ended).sort() };
}
