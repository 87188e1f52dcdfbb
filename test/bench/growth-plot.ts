import type { Dimension, Growth, GrowthPoint } from './growth.js';
import { type Panel, plot } from './plot.js';
import { bytesText, secondsText } from './quantities.js';

const SIZES: Readonly<Record<Dimension, string>> = {
  packets: 'packets in the capture',
  connections: 'connections open at a time',
};

/** Time and memory against packets and connections; memory only where the system tells it. */
export function growthPlot({ packets, connections }: Growth, machine: string): string {
  const panels = [
    timePanel('packets', packets),
    timePanel('connections', connections),
    memoryPanel('packets', packets),
    memoryPanel('connections', connections),
  ];
  return plot(
    'How time and memory grow',
    `rst-analyze on ${machine}. Dotted: proportional growth.`,
    panels.filter(({ points }) => points.length > 0),
  );
}

function timePanel(dimension: Dimension, points: readonly GrowthPoint[]): Panel {
  return {
    title: `Time by ${dimension}`,
    xLabel: SIZES[dimension],
    points: points.map(({ size, usage }) => ({ x: size, y: usage.wall })),
    yText: secondsText,
  };
}

function memoryPanel(dimension: Dimension, points: readonly GrowthPoint[]): Panel {
  return {
    title: `Peak memory by ${dimension}`,
    xLabel: SIZES[dimension],
    points: points.flatMap(({ size, usage }) => (usage.peak === null ? [] : [{ x: size, y: usage.peak }])),
    yText: bytesText,
  };
}
