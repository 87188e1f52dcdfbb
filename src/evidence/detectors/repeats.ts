import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import type { Scene } from '../scene.js';
import { nearSender, numberedZero, type Packet } from '../timeline.js';

/** Fewer repeats than this are an ordinary loss; FreeBSD makes twelve (sys/netinet/tcp_timer.h, TCP_MAXRXTSHIFT). */
const LEAST_REPEATS = 5;
/** Repeats that are enough to show it: the longest apart. */
const CITED = 3;
/** A backoff never gets shorter, but for what a capture's clock and a timer's tick make of it. */
const BACKOFF_SLACK = 0.8;

/**
 * Whether the RST came when one more repeat was due of data that nobody acknowledged, in the form of a kernel that says so
 * when it gives up: window 0 (FreeBSD and its kin). Of an abort with a window, it is the application that gave up.
 */
export function repeats(scene: Scene): Fact[] {
  const { reset, seen, sender, seenAt, before } = scene;
  const who = nameOf(sender);
  const run = unanswered(scene);
  const last = run.at(-1);
  const byKernel = (reset.flags & ACK) !== 0 && !numberedZero(reset) && seen.window === 0;
  const steps = run.slice(1).map((packet, i) => timeOf(packet) - timeOf(run[i] as Packet));
  const backsOff = steps.every((step, i) => i === 0 || step >= BACKOFF_SLACK * (steps[i - 1] as number));
  const due = last !== undefined && seen.time - timeOf(last) >= BACKOFF_SLACK * (steps.at(-1) ?? 0);
  const state = byKernel && steps.length >= LEAST_REPEATS && backsOff && due;
  const text = () =>
    state
      ? `the ${who} repeated its data ${steps.length} times, up to ${spell(steps.at(-1) as number)} apart, and reset when the next repeat was due`
      : `the ${who} did not repeat its data until its kernel gave up`;
  const known = !byKernel || before.some((packet) => packet[seenAt] !== null);
  return [fact('repeats-exhausted', known ? state : null, text, state ? [...run.slice(-CITED), reset] : [])];
}

/** The sender's last data and its repeats, as its own side saw them, after which its peer said nothing. */
function unanswered({ before, sender, seenAt }: Scene): Packet[] {
  const seenHere = before.filter((packet) => packet[seenAt] !== null);
  const lastAnswer = seenHere.findLastIndex((packet) => packet.from !== sender);
  const waiting = seenHere.slice(lastAnswer + 1).filter((packet) => packet.length > 1);
  const first = waiting[0];
  return waiting.filter((packet) => packet.seq === first?.seq);
}

function timeOf(packet: Packet): number {
  return nearSender(packet).segment.time;
}
