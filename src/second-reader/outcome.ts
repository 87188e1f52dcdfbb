import type { SecondReading } from '../result.js';
import type { Difference } from './compare.js';

/** What came of reading one file twice. */
export interface FileOutcome {
  /** What its frames are cited by; undefined where the capture is this one file. */
  readonly file: string | undefined;
  /** Why it was not read twice; null when it was. */
  readonly notApplicable: string | null;
  readonly frames: number;
  readonly framesChecked: number;
  readonly differences: readonly Difference[];
  /** Bytes of a last record that both left out. */
  readonly tail: number;
}

/** The outcomes of a capture's files as the report tells them. */
export function secondReadingOf(reader: string, files: readonly FileOutcome[]): SecondReading {
  const read = files.filter(({ notApplicable }) => notApplicable === null);
  const differences = read.flatMap(({ file, differences }) =>
    differences.map((one) => (file === undefined ? one : { ...one, file })),
  );
  const status = read.length === 0 ? 'not-applicable' : differences.length === 0 ? 'agrees' : 'differs';
  const text = `${reader} ${[...verdictOn(read), ...notes(files)].join('; ')}`;
  return { reader, status, framesChecked: sum(read, 'framesChecked'), differences, text };
}

function verdictOn(read: readonly FileOutcome[]): string[] {
  if (read.length === 0) return [];
  return [read.every(({ differences }) => differences.length === 0) ? agreement(read) : disagreement(read)];
}

function agreement(read: readonly FileOutcome[]): string {
  const [frames, checked] = [sum(read, 'frames'), sum(read, 'framesChecked')];
  if (checked === 0) return `agrees on the number of frames, ${frames}; none is cited`;
  return `agrees: ${frames} frames, and the same times, lengths and bytes in the ${checked} that are cited`;
}

function disagreement(read: readonly FileOutcome[]): string {
  const all = read.flatMap(({ file, differences }) =>
    differences.map(({ frame, what }) => `${file === undefined ? '' : `${file} `}frame ${frame}: ${what}`),
  );
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : '';
  return `differs: ${all[0]}${more}`;
}

/** What else a reader of the report has to know: what was left out. */
function notes(files: readonly FileOutcome[]): string[] {
  return files.flatMap(({ file, notApplicable, tail }) => {
    const where = file === undefined ? '' : `${file}: `;
    if (notApplicable !== null) return [`${where}is not applicable: ${notApplicable}`];
    return tail === 0
      ? []
      : [`${where}it leaves out a last record that is cut off after ${tail} of its bytes`];
  });
}

function sum(files: readonly FileOutcome[], what: 'frames' | 'framesChecked'): number {
  return files.reduce((total, file) => total + file[what], 0);
}
