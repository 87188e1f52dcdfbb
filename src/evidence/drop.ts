import type { Side } from '../flow/connection.js';
import type { Path } from '../pair/path.js';
import { FIN, SYN } from '../wire/tcp-flags.js';
import type { Crowds } from './crowd.js';
import { byFold } from './detectors/folded.js';
import { pathAlive } from './detectors/history.js';
import { LEAST_IDLE, LONG_IDLE, longerSurvived } from './detectors/idle.js';
import type { ResetEvent } from './event.js';
import { type Fact, type FactId, fact, nameOf, spell } from './fact.js';
import { isProbe, trustInLoss } from './scene.js';
import { crossed, isReset, type Packet } from './timeline.js';
import type { Watch } from './watching.js';

/** One lost segment is loss; a dead path loses the repeats too. */
const LEAST_LOST = 2;

/** Lost segments that are looked at; more say nothing new. */
const MOST_LOST = 64;
/** Where captures lose packets themselves, a few missing ones are no drop; a capture that may have ended leaves doubt. */
const LEAST_TRUST = 0.35;

/** A flow whose packets stopped crossing: seen leaving one end, never arriving at the other, until the captures end. */
export interface Drop {
  readonly path: Path;
  /** Who noticed first: the sender of the first segment that vanished. */
  readonly sender: Side;
  /** Segments that vanished, of either side, in order. */
  readonly lost: readonly Packet[];
  readonly lastCrossing: Packet;
  /** Nanoseconds from the last segment that crossed to the first that vanished. */
  readonly gap: number;
  readonly facts: ReadonlyMap<FactId, Fact>;
}

/** What a path looks like when its balancer forgot it in silence; null when it does not. */
export function findDrop(
  path: Path,
  timeline: readonly Packet[],
  events: readonly ResetEvent[],
  watch: Watch,
  crowd: Pick<Crowds, 'crossedAround' | 'survivedLonger'>,
): Drop | null {
  if (path.client === null || path.server === null) return null;
  const last = timeline.findLastIndex(crossed);
  const lastCrossing = timeline[last];
  if (lastCrossing === undefined || isReset(lastCrossing)) return null;
  const after = timeline.slice(last + 1, last + 1 + MOST_LOST);
  const answeredBetween = events.some((event) => event.origin.possible.join() === 'between');
  const earlierReset = timeline.slice(0, last).some(isReset);
  if (answeredBetween || earlierReset) return null;
  const lost = after.filter((packet) => !isReset(packet) && wantsAnswer(packet, timeline));
  const trust = lost.length < LEAST_LOST ? 0 : trustInLoss(lost, { path, watch });
  if (trust < LEAST_TRUST) return null;
  const first = lost[0] as Packet;
  const gap = first.time - lastCrossing.time;
  const fold = path.folded.find(({ isLater, time }) => !isLater && time <= first.time);
  const crossing = crowd.crossedAround(path, first.time, (lost.at(-1) as Packet).time);
  const facts = dropFacts(lost, lastCrossing, gap, trust, fold !== undefined);
  const alive = pathAlive(crossing);
  facts.set(alive.id, alive);
  const longer = longerSurvived(crowd.survivedLonger(path, gap), [lastCrossing, first]);
  facts.set(longer.id, longer);
  if (fold !== undefined) facts.set('tuple-folded', byFold(fold, first));
  return { path, sender: first.from, lost, lastCrossing, gap, facts };
}

/** Data, FIN and keepalive probes are repeated until answered; a plain acknowledgement may vanish unnoticed. */
function wantsAnswer(packet: Packet, timeline: readonly Packet[]): boolean {
  if ((packet.flags & SYN) !== 0) return false;
  return (
    packet.length > 0 ||
    (packet.flags & FIN) !== 0 ||
    isProbe(packet, timeline.slice(0, timeline.indexOf(packet)))
  );
}

function dropFacts(
  lost: readonly Packet[],
  lastCrossing: Packet,
  gap: number,
  trust: number,
  isFolded: boolean,
): Map<FactId, Fact> {
  const first = lost[0] as Packet;
  const who = nameOf(first.from);
  const cited = lost.slice(0, 4);
  const packets = [lastCrossing, first];
  const times = lost.length === 1 ? 'once' : `${lost.length} times`;
  // Under the same ends it may have arrived as a part of the other connection.
  const asWhat = isFolded ? ' for this connection' : '';
  const idle = () => `nothing crossed for ${spell(gap)} before the first lost segment`;
  const facts = [
    fact(
      'vanished-before',
      true,
      () => `the ${who} sent on ${times} and nothing of it arrived at the other end${asWhat}`,
      cited,
      trust,
    ),
    fact('idle-before', gap >= LEAST_IDLE, idle, packets),
    fact('idle-long-before', gap >= LONG_IDLE, idle, packets),
  ];
  return new Map(facts.map((one) => [one.id, one]));
}
