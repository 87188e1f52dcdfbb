import type { ReadWarning } from './capture/reader.js';
import type { SkippedFrames } from './flow/log.js';
import { isUserLinkType, linkTypeName } from './wire/link/link-type-names.js';
import { linkLayer } from './wire/protocols.js';
import {
  STOP_FRAGMENT,
  STOP_LINK_TYPE,
  STOP_MALFORMED,
  STOP_NESTED,
  STOP_OPAQUE,
  STOP_TRUNCATED,
} from './wire/segment.js';

/** Counts a frame without a segment, by why. */
export function countSkipped(skipped: SkippedFrames, stop: number): void {
  if (stop === STOP_FRAGMENT) skipped.laterFragments += 1;
  else if (stop === STOP_TRUNCATED) skipped.truncated += 1;
  else if (stop === STOP_MALFORMED || stop === STOP_NESTED) skipped.malformed += 1;
  else if (stop === STOP_OPAQUE) skipped.opaque += 1;
  else if (stop === STOP_LINK_TYPE) skipped.unknownLinkType += 1;
  else skipped.otherProtocol += 1;
}

/** One warning for each way in which frames were passed over that a reader should know of. */
export function skippedWarnings(skipped: SkippedFrames, linkTypes: readonly number[]): ReadWarning[] {
  const all: [code: string, count: number, what: string][] = [
    [
      'later-fragments',
      skipped.laterFragments,
      'later IP fragments: their TCP header travelled in the first',
    ],
    ['headers-cut', skipped.truncated, 'frames cut before the end of their headers by the snapshot length'],
    ['malformed', skipped.malformed, 'frames whose headers contradict themselves'],
    [
      'opaque',
      skipped.opaque,
      'frames that are encrypted or compressed below TCP: connections inside do not show',
    ],
    [
      'unknown-link-type',
      skipped.unknownLinkType,
      `frames of a link type that is not read (${unread(linkTypes)})`,
    ],
  ];
  return all
    .filter(([, count]) => count > 0)
    .map(([code, count, what]) => ({ code, message: `${count} ${what}`, frame: null, byteOffset: null }));
}

/** The link types that are not read, by name. */
function unread(linkTypes: readonly number[]): string {
  return linkTypes
    .filter((linkType) => linkLayer(linkType) === undefined)
    .map((linkType) => linkTypeName(linkType) + (isUserLinkType(linkType) ? PRIVATE : ''))
    .join(', ');
}

const PRIVATE =
  ': a private format, known only to the program that wrote it; editcap -T can set the real link type';
