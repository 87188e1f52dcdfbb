import type { FlowLog } from '../flow/log.js';
import type { End, Pairing } from '../pair/path.js';
import { Momentary, Values } from './sorted.js';

const SECOND = 1e9;
/** What one process or one timer wheel does at a time comes within this. */
const MOMENT = 0.01 * SECOND;
/** Gaps of one timer agree to this share, or to this much. */
const GAP_SHARE = 0.02;
const GAP_SLACK = 0.05 * SECOND;

/** What the other closes (FIN) of the same host say of one. */
export interface ClosesAround {
  /** At the same moment, after other times without data: no timer does that. */
  readonly otherwiseIdle: number;
  /** After the same time without data, in other moments: only a timer does that. */
  readonly likewiseIdle: number;
  /** As many of those are to be expected by chance, by how many came after about as long a time. */
  readonly likewiseByChance: number;
}

/** When each host closed its connections, and after how long without data of its own, at each vantage. */
export class Closes {
  readonly #tables: Partial<Record<End, { byHost: Values; byMoment: Momentary }>> = {};

  constructor(private readonly pairing: Pairing) {}

  /**
   * @param host address of who closed
   * @param time of its FIN at that vantage, in nanoseconds
   * @param gap without data of that host before it
   */
  around(end: End, host: string, time: number, gap: number): ClosesAround {
    const table = this.#tableOf(end);
    const slack = Math.max(GAP_SLACK, GAP_SHARE * gap);
    const near = (from: number, to: number) => table.byMoment.near(host, time, from, to);
    const alikeNow = near(gap - slack, gap + slack);
    const alike = table.byHost.between(host, gap - slack, gap + slack);
    const aboutAsLong = table.byHost.between(host, gap / 2, 1.5 * gap) - alike;
    return {
      otherwiseIdle: near(0, Number.POSITIVE_INFINITY) - alikeNow,
      likewiseIdle: Math.max(0, alike - alikeNow),
      likewiseByChance: gap > 2 * slack ? (Math.max(0, aboutAsLong) * 2 * slack) / (gap - 2 * slack) : alike,
    };
  }

  #tableOf(end: End): { byHost: Values; byMoment: Momentary } {
    const known = this.#tables[end];
    if (known !== undefined) return known;
    const table = { byHost: new Values(), byMoment: new Momentary(MOMENT) };
    const log = this.pairing[end]?.log;
    if (log !== undefined) collect(log, table);
    this.#tables[end] = table;
    return table;
  }
}

function collect(log: FlowLog, { byHost, byMoment }: { byHost: Values; byMoment: Momentary }): void {
  for (const row of log.connections.rows()) {
    const { detail, family, address0, address1 } = log.connections.at(row);
    if (detail < 0) continue;
    for (const side of [0, 1] as const) {
      const { finFrame, finTime, lastDataTime } = log.details.at(detail + side);
      if (finFrame === 0 || lastDataTime === 0 || lastDataTime > finTime) continue;
      const host = log.addresses.format(family, side === 0 ? address0 : address1);
      byHost.add(host, finTime - lastDataTime);
      byMoment.add(host, finTime, finTime - lastDataTime);
    }
  }
}
