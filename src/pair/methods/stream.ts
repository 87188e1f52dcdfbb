import type { FlowLog } from '../../flow/log.js';
import { OPENED_BROKEN, OPENED_HTTP } from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { type TimedPair, withoutOutliers } from '../outliers.js';
import { ProxyCandidates } from '../proxied.js';
import { type Reach, streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';
import { asksTheSame } from '../words.js';

/** Bytes that two conversations must have in common at least, both ways together: a greeting is everybody's. */
const LEAST_COMMON = 24;

/**
 * Pairs the legs of a proxy by what is said on them, both ways: as far as it was taken, else by the first bytes. What
 * two connections of one vantage say pairs nothing.
 */
export const stream: PairingMethod = {
  name: 'stream',
  proxied: true,
  find(context, pair) {
    const { client, server } = context;
    const candidates = new ProxyCandidates(context);
    const taken = { client: new Set<number>(), server: new Set<number>() };
    const found: TimedPair[] = [];
    for (const reach of ['whole', 'short'] as const) {
      joinUnique(conversations(client.log, reach), conversations(server.log, reach), (a, b) => {
        if (taken.client.has(a) || taken.server.has(b)) return;
        const free = candidates.isFree('client', a) && candidates.isFree('server', b);
        if (!free || !candidates.couldBelong(a, b) || !askTheSame(client.log, server.log, a, b)) return;
        taken.client.add(a);
        taken.server.add(b);
        found.push({ client: a, server: b, ahead: aheadBy(client.log, server.log, a, b) });
      });
    }
    for (const one of withoutOutliers(found)) pair(one.client, one.server);
  },
};

/** Whether two HTTP legs have the same requests: a pooled one may begin like another and go on for other clients. */
function askTheSame(client: FlowLog, server: FlowLog, a: number, b: number): boolean {
  const [here, there] = [streamsOf(client).of(a, 0), streamsOf(server).of(b, 0)];
  if (here === null || there === null || (here.kinds & there.kinds & OPENED_HTTP) === 0) return true;
  if (((here.kinds | there.kinds) & OPENED_BROKEN) !== 0) return true;
  return asksTheSame(here, there);
}

/** What the first bytes of the client tell of the clocks, against the captures' own beginnings. */
function aheadBy(client: FlowLog, server: FlowLog, a: number, b: number): number | null {
  const [here, there] = [streamsOf(client).of(a, 0), streamsOf(server).of(b, 0)];
  if (here === null || there === null || here.length === 0 || there.length === 0) return null;
  const { firstTime } = here;
  return there.firstTime - firstTime;
}

/** Between the digests of the two directions, so that they are not one sum. */
const STEP = 0x85ebca6b;

function conversations(log: FlowLog, reach: Reach): Keyed {
  const streams = streamsOf(log);
  const up = new Uint32Array(3);
  const down = new Uint32Array(3);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const whole = streams.digest(row, 0, reach, up) && streams.digest(row, 1, reach, down);
      if (!whole || up[2] + down[2] < LEAST_COMMON) return false;
      for (let i = 0; i < 3; i += 1) key[i] = up[i] + Math.imul(down[i], STEP);
      return true;
    },
  };
}
