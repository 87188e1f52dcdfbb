import { CLOSED_BY_FIN, RESET_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { End, Pairing, Path } from '../pair/path.js';
import { Crowds } from './crowd.js';
import { establish, type Facts } from './detectors/index.js';
import { type Drop, findDrop } from './drop.js';
import { resetEvents } from './event.js';
import { type KeepaliveTrace, keepaliveTraces } from './keepalive-trace.js';
import { OtherLegs } from './other-legs.js';
import { beyondProxy } from './proxy.js';
import { type Scene, sceneOf } from './scene.js';
import { type Packet, timelineOf } from './timeline.js';
import { Watch } from './watching.js';

const SECOND = 1e9;
const ENDS: readonly End[] = ['client', 'server'];
/** Sooner than this after the other, a segment's absence at the far vantage may be transit. */
const STILL_TRAVELLING = 1 * SECOND;

/** One reset event with what was established about it. */
export interface JudgedScene {
  readonly scene: Scene;
  readonly facts: Facts;
}

/** Everything that happened on one path. */
export interface PathEvidence {
  readonly path: Path;
  readonly events: readonly JudgedScene[];
  readonly drop: Drop | null;
  /** What it shows of the keepalive settings of its ends, or of the proxy's own. */
  readonly keepalives: readonly KeepaliveTrace[];
}

/** Rows of one path in the logs of both vantages. */
interface PathRows {
  readonly client: number | null;
  readonly server: number | null;
  readonly method: string | null;
  /** Of a proxied path, the leg to look at: each is a TCP connection of its own. */
  readonly leg?: End;
}

/**
 * Goes through every path on which something ended badly and establishes the facts, path by path: what was put
 * together for one is garbage before the next is read. What paths say about each other is gathered on the way there,
 * as numbers; reading a path again costs less than keeping all of them.
 * @param wanted paths to establish facts for; the others still bear witness
 */
export function* gatherEvidence(pairing: Pairing, wanted: (path: Path) => boolean): Generator<PathEvidence> {
  const rows = pathsOfInterest(pairing);
  const otherLegs = new OtherLegs(pairing);
  const watch = new Watch(pairing, () => timelinesOf(rows, pairing), otherLegs);
  const crowds = new Crowds(pairing, otherLegs);
  for (const told of timelinesOf(rows, pairing)) for (const scene of scenesOf(told, watch)) crowds.add(scene);
  for (const told of timelinesOf(rows, pairing)) {
    if (wanted(told.path)) yield evidenceOf(told, watch, crowds);
  }
}

/** A path with what was kept of it, on one clock. */
interface ToldPath {
  /** What to look at: of a proxied path one leg. */
  readonly path: Path;
  readonly whole: Path;
  readonly timeline: readonly Packet[];
  readonly pairing: Pairing;
  /** Of the clock between the captures, in nanoseconds. */
  readonly uncertainty: number;
}

function* timelinesOf(rows: readonly PathRows[], pairing: Pairing): Generator<ToldPath> {
  const uncertainty = pairing.clock?.uncertainty ?? 0;
  for (const { client, server, method, leg } of rows) {
    const whole = pairing.path(client, server, method);
    const path = leg === undefined ? whole : legOf(whole, leg);
    yield { path, whole, timeline: timelineOf(path, pairing.clock), pairing, uncertainty };
  }
}

/** One leg of a proxied path: nothing of the other one crosses to it. */
function legOf(path: Path, leg: End): Path {
  return leg === 'client' ? { ...path, server: null } : { ...path, client: null };
}

/** Events before one that are looked at: a storm of resets on one connection must not cost its square. */
const EARLIER_EVENTS = 16;

/** One scene for each event of a path, as it stands alone. */
function scenesOf({ path, whole, timeline, uncertainty, pairing }: ToldPath, watch: Watch): Scene[] {
  const events = resetEvents(timeline, path, watch, uncertainty);
  return events.map((event, i) =>
    sceneOf(
      path,
      timeline,
      event,
      events.slice(Math.max(0, i - EARLIER_EVENTS), i),
      watch,
      uncertainty,
      beyondProxy(path, whole, event, pairing),
    ),
  );
}

function evidenceOf(told: ToldPath, watch: Watch, crowds: Crowds): PathEvidence {
  const { path, whole, timeline } = told;
  const scenes = scenesOf(told, watch);
  const crowdAround = crowds.aroundPath(scenes);
  const events = scenes.map((alone) => {
    const scene = { ...alone, crowd: crowdAround(alone) };
    return { scene, facts: establish(scene) };
  });
  const resets = scenes.map(({ event }) => event);
  const givenUp = events.flatMap(({ scene: { probing }, facts }) =>
    probing === null ? [] : [{ run: probing, timedOut: facts.get('user-timed-out')?.state === true }],
  );
  return {
    path: whole,
    events,
    drop: findDrop(path, timeline, resets, watch, crowds),
    keepalives: keepaliveTraces(path, timeline, givenUp),
  };
}

/** Paths with a RST at either vantage, or whose ends were heard at one vantage after the other had gone quiet. */
function pathsOfInterest(pairing: Pairing): PathRows[] {
  const { client, server } = pairing;
  const paths: PathRows[] = [];
  if (client !== null && server !== null) {
    for (const pair of pairing.pairs) {
      if (pair.proxied) {
        for (const leg of ENDS)
          if (hasReset((leg === 'client' ? client : server).log, pair[leg])) paths.push({ ...pair, leg });
        continue;
      }
      const reset = hasReset(client.log, pair.client) || hasReset(server.log, pair.server);
      if (reset || wentQuiet(pairing, pair)) paths.push(pair);
    }
  }
  if (client !== null) {
    for (const row of pairing.unpaired('client'))
      if (hasReset(client.log, row)) paths.push({ client: row, server: null, method: null });
  }
  if (server !== null) {
    for (const row of pairing.unpaired('server'))
      if (hasReset(server.log, row)) paths.push({ client: null, server: row, method: null });
  }
  return paths;
}

function hasReset(log: FlowLog, row: number): boolean {
  return (log.connections.at(row).flags & RESET_SEEN) !== 0;
}

/** One side sent on at its own vantage after the last that the other vantage saw of it. */
function wentQuiet(pairing: Pairing, pair: { client: number; server: number }): boolean {
  const { client, server, clock } = pairing;
  if (client === null || server === null || clock === null) return false;
  const closed = (log: FlowLog, row: number) => (log.connections.at(row).flags & CLOSED_BY_FIN) !== 0;
  if (closed(client.log, pair.client) || closed(server.log, pair.server)) return false;
  const here = client.log.connections.at(pair.client).detail;
  const there = server.log.connections.at(pair.server).detail;
  if (here < 0 || there < 0) return false;
  return ([0, 1] as const).some((side) => {
    const { lastTime } = client.log.details.at(here + side);
    const ahead = lastTime - clock.toClient(server.log.details.at(there + side).lastTime);
    return (side === 0 ? ahead : -ahead) > STILL_TRAVELLING;
  });
}
