import type { Path } from '../pair/path.js';
import { ACK, FIN, SYN } from '../wire/tcp-flags.js';
import { crossed, type Packet } from './timeline.js';

const SECOND = 1e9;
/** A reply comes within this of what it answers; every sane round trip fits. */
export const REPLY_WITHIN = 1 * SECOND;

/** The last packet that got across, and the first after it that did not, or the RST. */
export interface Stop {
  readonly lastCrossing: Packet | null;
  readonly stoppedAt: Packet;
}

/**
 * Where the conversation stopped. With both captures: the last packet that crossed, and the first after it that did
 * not. With one, packets that nobody answered are the best guess, and the RST itself where everything was answered.
 */
export function findStop(
  reset: Packet,
  trigger: Packet | null,
  before: readonly Packet[],
  path: Path,
  isBetween: boolean,
): Stop {
  if (path.client !== null && path.server !== null && before.some(crossed)) {
    const last = before.findLastIndex(crossed);
    const crossedLast = before[last] as Packet;
    const stoppedAt = before.slice(last + 1).find((packet) => !isStray(packet, crossedLast)) ?? reset;
    // What the RST of the far host answers had crossed: the idle time ended with it. A box in between let it pass.
    if (crossedLast === trigger && !isBetween)
      return { lastCrossing: before[last - 1] ?? null, stoppedAt: trigger };
    return { lastCrossing: crossedLast, stoppedAt };
  }
  // What a proxy's socket resets over had come to it: its silence ended with that.
  const hadCome = isBetween && path.mode === 'proxy' && (reset.flags & ACK) !== 0;
  const stopped = (hadCome ? null : trigger) ?? firstOfVainRepeats(reset, before) ?? reset;
  const from = stopped === reset ? before.length : before.indexOf(stopped);
  return { lastCrossing: before[from - 1] ?? null, stoppedAt: stopped };
}

/** A socket that sends FIN and RST ends the connection once, with the FIN: the idle time was over then. */
export function atClose(found: Stop, reset: Packet, before: readonly Packet[]): Stop {
  if (found.stoppedAt !== reset) return found;
  const at = before.findLastIndex((packet) => packet.from === reset.from && (packet.flags & FIN) !== 0);
  const fin = before[at];
  const follows = fin !== undefined && reset.time - fin.time <= REPLY_WITHIN;
  if (!follows || before.slice(at + 1).some((packet) => packet.length > 0)) return found;
  return { lastCrossing: before[at - 1] ?? null, stoppedAt: fin };
}

/** Data that the RST's sender repeated without any answer: the conversation had stopped when it was first sent. */
function firstOfVainRepeats(reset: Packet, before: readonly Packet[]): Packet | null {
  const lastAnswer = before.findLastIndex((packet) => packet.from !== reset.from);
  const waiting = before.slice(lastAnswer + 1).filter((packet) => packet.length > 1);
  const repeats = waiting.length > new Set(waiting.map(({ seq }) => seq)).size;
  return repeats ? (waiting[0] ?? null) : null;
}

/** An acknowledgement of what had just crossed may be missing at one vantage without meaning anything. */
function isStray(packet: Packet, last: Packet): boolean {
  return packet.length === 0 && (packet.flags & (SYN | FIN)) === 0 && packet.time - last.time < REPLY_WITHIN;
}
