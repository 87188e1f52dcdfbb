import type { ContenderName } from './contenders.js';
import { countText } from './quantities.js';
import type { Traffic } from './traffic.js';

/** One piece of work that contenders are timed on. */
export interface Work {
  readonly name: WorkName;
  readonly title: string;
  readonly traffic: Traffic;
  /** Who takes part; everybody when absent. */
  readonly only?: readonly ContenderName[];
}

export type WorkName = 'small' | 'full' | 'memory' | 'million' | 'huge';

/** How large the generated captures are. */
export interface Scale {
  readonly smallPackets: number;
  readonly fullPackets: number;
  readonly hugePackets: number;
  readonly concurrent: number;
  readonly mostConcurrent: number;
  /** From, to: packets of the growth captures, a power of ten each. */
  readonly growthPackets: readonly [number, number];
  readonly growthConcurrent: readonly [number, number];
}

/** As in a support case: a busy balancer, 350 MB of small packets, 1.3 GB of full ones, 10 GB of a long capture. */
export const FULL_SCALE: Scale = {
  smallPackets: 5_000_000,
  fullPackets: 2_000_000,
  hugePackets: 135_000_000,
  concurrent: 20_000,
  mostConcurrent: 1_000_000,
  growthPackets: [10_000, 10_000_000],
  growthConcurrent: [1000, 1_000_000],
};

/** Everything once, within seconds. */
export const SHORT_SCALE: Scale = {
  smallPackets: 20_000,
  fullPackets: 5000,
  hugePackets: 40_000,
  concurrent: 80,
  mostConcurrent: 4000,
  growthPackets: [1000, 10_000],
  growthConcurrent: [10, 100],
};

export const SEED = 1;
/** One connection in five. */
export const USUAL_RESET_SHARE = 0.2;
/** A few hundred RSTs in 10 GB. */
const RARE_RESET_SHARE = 0.0001;
const ALONE: readonly ContenderName[] = ['rst-analyze'];

/** The work at a scale, by the part of the benchmark that it belongs to. */
export function workOf(scale: Scale): Record<'small' | 'full' | 'memory' | 'huge', readonly Work[]> {
  const { smallPackets, concurrent, mostConcurrent } = scale;
  const usual = { concurrent, resetShare: USUAL_RESET_SHARE, seed: SEED };
  const rare = { concurrent, resetShare: RARE_RESET_SHARE, seed: SEED, packetSize: 'small' as const };
  return {
    small: [
      {
        name: 'small',
        title: `${countText(smallPackets)} small packets`,
        traffic: { ...usual, packets: smallPackets, packetSize: 'small' },
      },
    ],
    full: [
      {
        name: 'full',
        title: `${countText(scale.fullPackets)} full-size packets`,
        traffic: { ...usual, packets: scale.fullPackets, packetSize: 'full' },
      },
    ],
    memory: [
      {
        name: 'memory',
        title: `${countText(smallPackets)} packets, ${countText(concurrent)} concurrent, few RSTs`,
        traffic: { ...rare, packets: smallPackets },
        only: ALONE,
      },
      {
        name: 'million',
        title: `${countText(smallPackets)} packets, ${countText(mostConcurrent)} concurrent, few RSTs`,
        traffic: { ...rare, packets: smallPackets, concurrent: mostConcurrent },
        only: ALONE,
      },
    ],
    huge: [
      {
        name: 'huge',
        title: `${countText(scale.hugePackets)} packets, ${countText(concurrent)} concurrent, few RSTs`,
        traffic: { ...rare, packets: scale.hugePackets },
        only: ALONE,
      },
    ],
  };
}
