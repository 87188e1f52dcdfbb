import type { Ladder, LadderStep } from '../../result.js';
import { plural, seconds } from '../text/units.js';

/** Silence that is drawn as a gap of its own. */
const LEAST_GAP_SECONDS = 1;

/** What stands between two steps: silence, packets that are not shown, or nothing. */
export interface Between {
  readonly gapSeconds: number | null;
  readonly skipped: number;
}

/** What a packet is, in two words. */
export function packetWords({ flags, length, probe }: LadderStep): string {
  const ack = flags.includes('A') ? ' ACK' : '';
  const bytes = length > 0 ? ` ${plural(length, 'byte')}` : '';
  if (flags.includes('R')) return `RST${ack}`;
  if (flags.includes('S')) return `SYN${ack}`;
  if (flags.includes('F')) return `FIN${bytes || ack}`;
  if (probe) return 'keepalive';
  return bytes.trim() || ack.trim() || 'no flags';
}

/** What lies before a step of a ladder. */
export function before({ steps }: Ladder, index: number): Between {
  const [previous, step] = [steps[index - 1], steps[index]];
  const gap = previous === undefined ? 0 : step.seconds - previous.seconds;
  return {
    gapSeconds: gap >= LEAST_GAP_SECONDS ? gap : null,
    // Before the first step lies what nobody asked for, unless the story begins there.
    skipped: step.skippedBefore,
  };
}

/** `240.00 s of silence`; `12 packets not shown` where there was no silence. */
export function betweenWords({ gapSeconds, skipped }: Between): string[] {
  const hidden = skipped > 0 ? [`${plural(skipped, 'packet')} not shown`] : [];
  if (gapSeconds === null) return hidden;
  return skipped > 0 ? [`${seconds(gapSeconds)} later`, ...hidden] : [`${seconds(gapSeconds)} of silence`];
}

/** When, counted from the event: `-240.001 s`, `0.000 s`. */
export function timeWords(value: number): string {
  const rounded = value.toFixed(3);
  return `${Number(rounded) > 0 ? '+' : ''}${Object.is(Number(rounded), -0) ? '0.000' : rounded} s`;
}

/** The fates that a reader needs explained, of those that occur. */
export function legendOf({ steps }: Ladder): readonly LadderStep['fate'][] {
  const fates = ['lost', 'made-between', 'unknown'] as const;
  return fates.filter((fate) => steps.some((step) => step.fate === fate));
}

/** What a fate means. */
export const FATE_WORDS: Record<LadderStep['fate'], string> = {
  crossed: 'crossed',
  lost: 'never arrived at the other side',
  'made-between': 'made in between: the other side never sent it',
  unknown: 'whether it crossed does not show',
};
