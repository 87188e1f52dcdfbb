import { isRefused, type Life } from './lives.js';

/** A proxy passes on the beginning and the end of a leg within this. */
const PASSES_WITHIN = 0.02e9;
/** Order within one capture, and between what one process does on two sockets. */
const ORDER_SLACK = 1e6;
/** Known pairs that make a habit, and how far from what they did others may be. */
const LEAST_KNOWN = 3;
const HABIT_SLACK = 2e6;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A moment that two legs have in common: what kind it is, and how much later it was on the server's. */
interface Mark {
  readonly kind: string;
  readonly later: number;
}

/**
 * How long after a client's leg the server's one goes through the same moments. Where legs are known that belong
 * together they tell, however badly the clocks are known: what is wrong with those is wrong with all of them alike.
 */
export class LifeHabits {
  readonly #known = new Map<string, { count: number; from: number; to: number }>();
  readonly #slack: number;

  /** @param uncertainty of the clock that the lives are told on, in nanoseconds */
  constructor(uncertainty: number) {
    this.#slack = 2 * uncertainty + ORDER_SLACK;
  }

  /** Learns from two lives of one connection. */
  learn(client: Life, server: Life): void {
    for (const { kind, later } of [opening(client, server), ...endings(client, server)]) {
      const known = this.#known.get(kind) ?? { count: 0, from: later, to: later };
      known.count += 1;
      known.from = Math.min(known.from, later);
      known.to = Math.max(known.to, later);
      this.#known.set(kind, known);
    }
  }

  /** The earliest and latest beginning that the server's leg of a client's can have. */
  beginning({ begin, asked }: Life): Range {
    return { from: begin - this.#slack, to: Math.max(begin, asked ?? begin) + PASSES_WITHIN + this.#slack };
  }

  /**
   * Whether two lives are as alike as those of two legs of one connection: at the beginning and after the longest pause
   * or, where there was none, at the end.
   * @param wholly at all of them
   */
  fit(client: Life, server: Life, wholly: boolean): boolean {
    if (!this.#begins(client, server)) return false;
    const pause = pauseOf(client, server);
    if (wholly) return endings(client, server).every((mark) => this.#isUsual(mark));
    if (pause !== null) return this.#isUsual(pause);
    return endings(client, server).some((mark) => this.#isUsual(mark));
  }

  #begins(client: Life, server: Life): boolean {
    if (this.#isUsual(opening(client, server))) return true;
    if (client.asked === null) return false;
    const passed = server.begin - client.asked;
    return passed >= -this.#slack && passed <= PASSES_WITHIN + this.#slack;
  }

  #isUsual({ kind, later }: Mark): boolean {
    const known = this.#known.get(kind);
    if (known === undefined || known.count < LEAST_KNOWN)
      return Math.abs(later) <= PASSES_WITHIN + this.#slack;
    return later >= known.from - HABIT_SLACK && later <= known.to + HABIT_SLACK;
  }
}

function opening(client: Life, server: Life): Mark {
  return { kind: 'begin', later: server.begin - client.begin };
}

/** The end of the longest pause, where both had one; who ended it decides which way it travelled. */
function pauseOf(client: Life, server: Life): Mark | null {
  if (client.gapEnd === null || server.gapEnd === null) return null;
  return { kind: `pause ${client.gapEnder} ${server.gapEnder}`, later: server.gapEnd - client.gapEnd };
}

function endings(client: Life, server: Life): Mark[] {
  const pause = pauseOf(client, server);
  const marks = [
    ...(pause === null ? [] : [pause]),
    { kind: `end ${client.ending} ${server.ending}`, later: server.end - client.end },
  ];
  if (!isRefused(server) || client.answered === null) return marks;
  return [...marks, { kind: 'apology', later: server.end - client.answered }];
}
