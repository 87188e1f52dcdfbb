import type { Dimension, Growth, GrowthPoint } from './growth.js';
import { type Panel, plot } from './plot.js';
import { bytesText, secondsText } from './quantities.js';

const SIZES: Readonly<Record<Dimension, string>> = {
  packets: 'packets in the capture',
  connections: 'connections open at a time',
};

/** Time and memory against packets and connections; memory only where the system tells it. */
export function growthPlot({ packets, connections }: Growth, machine: string): string {
  return plot('How time and memory grow', `rst-analyze on ${machine}. Dotted: proportional growth.`, [
    timePanel('packets', packets),
    timePanel('connections', connections),
    ...memoryPanels('packets', packets),
    ...memoryPanels('connections', connections),
  ]);
}

function timePanel(dimension: Dimension, points: readonly GrowthPoint[]): Panel {
  return {
    title: `Time by ${dimension}`,
    xLabel: SIZES[dimension],
    points: points.map(({ size, usage }) => ({ x: size, y: usage.wall })),
    yText: secondsText,
  };
}

/** One panel, or none. */
function memoryPanels(dimension: Dimension, points: readonly GrowthPoint[]): Panel[] {
  const known = points.flatMap(({ size, usage }) =>
    usage.peak === null ? [] : [{ x: size, y: usage.peak }],
  );
  if (known.length === 0) return [];
  return [
    {
      title: `Peak memory by ${dimension}`,
      xLabel: SIZES[dimension],
      points: known,
      yText: bytesText,
    },
  ];
}
