import { CLOSED_BY_FIN, RESET_SEEN, SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import { streamsOf } from './streams.js';

/** The moments of a leg's life that a proxy brings about on its other leg too. Nanoseconds on one clock; null: not seen. */
export interface Life {
  readonly row: number;
  /** Null where the capture began in the middle of it. */
  readonly begin: number | null;
  /** When its client first said something, and when that was first answered. */
  readonly asked: number | null;
  readonly answered: number | null;
  /** Its longest time without any segment, if there was one to speak of. */
  readonly pause: Pause | null;
  readonly end: number;
  /** How it ended: 0 openly, else by FIN, by RST, or by a refusal. */
  readonly ending: number;
}

export interface Pause {
  readonly begin: number;
  readonly end: number;
  /** The side that ended it. */
  readonly ender: number;
}

/** Shorter pauses are everybody's. */
const LEAST_GAP = 0.05e9;
const OPEN = 0;
const BY_FIN = 1;
const BY_RESET = 2;
const REFUSED = 3;

/** The life of a connection; `onClock` turns times of its vantage into those of the clock. */
export function lifeOf(log: FlowLog, row: number, onClock: (time: number) => number): Life {
  const { flags, synTime, longestGap, longestGapEnd, longestGapEnder, lastTime } = log.connections.at(row);
  const streams = streamsOf(log);
  const begun = (flags & SYN_SEEN) !== 0;
  const saidAt = (side: 0 | 1) => {
    const said = begun ? streams.of(row, side) : null;
    return said === null || said.length === 0 ? null : onClock(said.firstTime);
  };
  return {
    row,
    begin: begun ? onClock(synTime) : null,
    asked: saidAt(0),
    answered: saidAt(1),
    pause:
      longestGap < LEAST_GAP
        ? null
        : {
            begin: onClock(longestGapEnd - longestGap),
            end: onClock(longestGapEnd),
            ender: longestGapEnder,
          },
    end: onClock(lastTime),
    ending: endingOf(flags),
  };
}

/** Whether nobody answered for the backend: a proxy may tell its client so long before it ends that leg. */
export function isRefused({ ending }: Life): boolean {
  return ending === REFUSED;
}

/** Whether a connection came to its end while it was captured. */
export function isOver({ ending }: Life): boolean {
  return ending !== OPEN;
}

function endingOf(flags: number): number {
  if ((flags & CLOSED_BY_FIN) !== 0) return BY_FIN;
  if ((flags & RESET_SEEN) === 0) return OPEN;
  return (flags & SYN_ACK_SEEN) === 0 && (flags & SYN_SEEN) !== 0 ? REFUSED : BY_RESET;
}
