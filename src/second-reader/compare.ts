import { rfc3339 } from '../finding/time.js';
import type { FrameImage, Reading } from './reading.js';

/** Something that two readers see differently. */
export interface Difference {
  readonly frame: number;
  readonly what: string;
}

/** What two readings of a file agree and differ in. */
export interface Comparison {
  /** Frames that were asked for and that both have. */
  readonly framesChecked: number;
  readonly differences: readonly Difference[];
}

/** Holds our reading of a file against the other one: the number of frames, and all of those that were asked for. */
export function compareReadings(ours: Reading, theirs: Reading, wanted: ReadonlySet<number>): Comparison {
  const frames = [...wanted].sort((a, b) => a - b);
  const both = frames.filter((frame) => ours.images.has(frame) && theirs.images.has(frame));
  return {
    framesChecked: both.length,
    differences: [
      ...countDifference(ours, theirs),
      ...missing(frames, ours, 'our reader'),
      ...missing(frames, theirs, 'the second reader'),
      ...both.flatMap((frame) => imageDifferences(frame, ours, theirs)),
    ],
  };
}

function countDifference(ours: Reading, theirs: Reading): Difference[] {
  if (ours.frames === theirs.frames) return [];
  const frame = Math.min(ours.frames, theirs.frames) + 1;
  const why =
    theirs.stop === null ? '' : `, which stops at frame ${theirs.stop.frame}: it ${theirs.stop.why}`;
  return [{ frame, what: `${ours.frames} frames here, ${theirs.frames} for the second reader${why}` }];
}

/** One difference however many they are: where a reader stops, it lacks all that follow. */
function missing(wanted: readonly number[], { images }: Reading, reader: string): Difference[] {
  const [frame, ...others] = wanted.filter((one) => !images.has(one));
  if (frame === undefined) return [];
  const more = others.length === 0 ? '' : `, nor ${others.length} more that are cited`;
  return [{ frame, what: `${reader} does not have it${more}` }];
}

function imageDifferences(frame: number, ours: Reading, theirs: Reading): Difference[] {
  const [here, there] = [ours.images.get(frame), theirs.images.get(frame)];
  if (here === undefined || there === undefined) return [];
  return FIELDS.flatMap(({ name, show }) => {
    const [a, b] = [show(here), show(there)];
    return a === b ? [] : [{ frame, what: `${name} ${a} here, ${b} for the second reader` }];
  });
}

const FIELDS: readonly { readonly name: string; readonly show: (image: FrameImage) => string }[] = [
  { name: 'time', show: ({ time }) => rfc3339(time) },
  { name: 'captured length', show: ({ capturedLength }) => String(capturedLength) },
  { name: 'original length', show: ({ originalLength }) => String(originalLength) },
  { name: 'SHA-256 of the bytes', show: ({ digest }) => digest },
];
