import type { Side } from '../../flow/connection.js';
import { isAhead } from '../ahead.js';
import { type Fact, fact, nameOf } from '../fact.js';
import { knownReached, type Scene } from '../scene.js';
import { endOf, numberedZero, type Packet } from '../timeline.js';

/** One that guesses sends all its guesses at once: nanoseconds. */
const AT_ONCE = 0.05e9;
/** RSTs with numbers that nobody had reached: one may follow data that was not captured. */
const LEAST_GUESSES = 2;
/**
 * Whether several RSTs in one host's name have numbers that it had not reached, one after the other: whoever does not know
 * the connection's state makes them up, so that one will be honoured. A kernel's RST has its next number, or the one that
 * the other end acknowledged (RFC 9293, 3.5.2).
 */
export function numbers(scene: Scene): Fact[] {
  const guesses = ([0, 1] as const)
    .map((side) => guessed(scene, side))
    .find((all) => all.length >= LEAST_GUESSES);
  if (guesses === undefined)
    return [fact('numbers-guessed', false, 'the RSTs have numbers that their alleged sender had reached')];
  const [first] = guesses;
  const text = () =>
    `${guesses.length} RSTs in the ${nameOf(first.from)}'s name have numbers that it had not reached, one beyond the other`;
  const trust = scene.watch.trust(endOf(first.from), first.time, scene.path);
  const isSeenNear = scene.path[endOf(first.from)] !== null;
  return [fact('numbers-guessed', true, text, guesses, isSeenNear ? Math.max(LEAST_TRUST, trust) : 1)];
}

/** In a capture that misses much, data that was not captured may have moved the numbers. */
const LEAST_TRUST = 0.5;

/** RSTs of the event in one side's name, close together, each beyond all that this side is known to have reached. */
function guessed({ event, timeline }: Scene, side: Side): Packet[] {
  const own = event.packets.filter((packet) => packet.from === side && !numberedZero(packet));
  const [first] = own;
  if (first === undefined) return [];
  const train = own.filter(({ time }) => time - first.time <= AT_ONCE);
  const until = train.at(-1)?.time;
  // The clock that two damaged captures agree on may be none: then nothing is at once with anything.
  if (until === undefined) return [];
  const highest = knownReached(
    side,
    timeline.filter(({ time }) => time <= until),
  );
  if (highest === null) return [];
  const beyond = train.filter(({ seq }) => isAhead(seq, highest));
  return [...new Map(beyond.map((packet) => [packet.seq, packet])).values()];
}
