import type { Captures } from './captures.js';
import { rstAnalyze } from './contenders.js';
import { type Command, failureOf, type Usage } from './measure.js';
import { medianUsage } from './statistics.js';
import type { Traffic } from './traffic.js';
import { type Scale, SEED, USUAL_RESET_SHARE } from './work.js';

/** What grows. */
export type Dimension = 'packets' | 'connections';

export interface GrowthPoint {
  /** Packets in the capture, or connections open at a time. */
  readonly size: number;
  readonly packets: number;
  readonly usage: Usage;
}

export interface Growth extends Readonly<Record<Dimension, readonly GrowthPoint[]>> {
  /** What failed, one line each. */
  readonly problems: readonly string[];
}

/** Packets for each of the connections that are open at a time: as in the work on small packets. */
const PACKETS_PER_SLOT = 250;

/** From one power of ten to another, three times as much and ten times as much. */
export function decades([from, to]: readonly [number, number]): number[] {
  const sizes: number[] = [];
  for (let size = from; size < to; size *= 10) sizes.push(size, size * 3);
  return [...sizes, to];
}

/** The captures of growing traffic: the same mix throughout, as long as packets grow. */
export function growthTraffic(scale: Scale): Readonly<Record<Dimension, readonly Traffic[]>> {
  const mix = { packetSize: 'small', resetShare: USUAL_RESET_SHARE, seed: SEED } as const;
  return {
    packets: decades(scale.growthPackets).map((packets) => ({
      ...mix,
      packets,
      concurrent: Math.min(scale.concurrent, Math.ceil(packets / PACKETS_PER_SLOT)),
    })),
    connections: decades(scale.growthConcurrent).map((concurrent) => ({
      ...mix,
      packets: scale.smallPackets,
      concurrent,
    })),
  };
}

/**
 * Measures both series from the smallest capture up. One that the program fails on is the last of its series: larger
 * ones would only fail later.
 */
export async function measureGrowth(
  scale: Scale,
  runs: number,
  captures: Captures,
  measure: (command: Command) => Promise<Usage>,
): Promise<Growth> {
  const problems: string[] = [];
  const point = async (traffic: Traffic, size: number): Promise<GrowthPoint> => {
    const { path } = await captures.get(traffic, 'client');
    const usages: Usage[] = [];
    for (let run = 0; run < runs; run += 1) usages.push(await measure(rstAnalyze('-q', path)));
    captures.clear();
    return { size, packets: traffic.packets, usage: medianUsage(usages) };
  };
  const series = async (traffics: readonly Traffic[], sizeOf: (traffic: Traffic) => number) => {
    const points: GrowthPoint[] = [];
    try {
      for (const traffic of traffics) points.push(await point(traffic, sizeOf(traffic)));
    } catch (error) {
      problems.push(failureOf(error));
    }
    return points;
  };
  const { packets, connections } = growthTraffic(scale);
  return {
    packets: await series(packets, (traffic) => traffic.packets),
    connections: await series(connections, (traffic) => traffic.concurrent),
    problems,
  };
}
