import { findOption, textOption } from './options.js';
import { DEFAULT_RESOLUTION, TimeUnit } from './time-unit.js';

// The interface description block: draft-ietf-opsawg-pcapng, 4.2. Offsets from the start of the block.
const LINK_TYPE_AT = 8;
const SNAP_LENGTH_AT = 12;
const OPTIONS_AT = 16;
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const TSOFFSET_LENGTH = 8;

// The interface statistics block: draft, 4.6.
const STATISTICS_OPTIONS_AT = 20;
const ISB_IFDROP = 5;
const ISB_OSDROP = 7;
const COUNTER_LENGTH = 8;

/** One interface of a section. */
export interface Interface {
  readonly linkType: number;
  /** Bytes that frames were cut to; 0 for no limit. */
  readonly snapLength: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly unit: TimeUnit;
  /** Whether its frames were asked for. */
  readonly wanted: boolean;
  /** Frames that it lost, by its last statistics block; null when it has none. */
  dropped: number | null;
}

/** Which interface's frames are wanted: by name, by description, or by its number in the section. */
export function isWanted(choice: string | null, number: number, names: readonly (string | null)[]): boolean {
  return choice === null || choice === String(number) || names.includes(choice);
}

/** Reads the interface description block at `at` that ends (without its second length) at `end`. */
export function readInterface(
  view: DataView,
  at: number,
  end: number,
  little: boolean,
  number: number,
  choice: string | null,
): Interface {
  const options = at + OPTIONS_AT;
  const name = textOption(view, options, end, little, IF_NAME);
  const description = textOption(view, options, end, little, IF_DESCRIPTION);
  const resolution = findOption(view, options, end, little, IF_TSRESOL);
  const known = resolution !== null && resolution.length > 0;
  return {
    linkType: view.getUint16(at + LINK_TYPE_AT, little),
    snapLength: view.getUint32(at + SNAP_LENGTH_AT, little),
    name,
    description,
    unit: new TimeUnit(
      known ? view.getUint8(resolution.at) : DEFAULT_RESOLUTION,
      offsetOf(view, options, end, little),
    ),
    wanted: isWanted(choice, number, [name, description]),
    dropped: null,
  };
}

/** Bytes that an interface description block has at least, without its second length. */
export const INTERFACE_LENGTH = OPTIONS_AT;

function offsetOf(view: DataView, at: number, end: number, little: boolean): number {
  const option = findOption(view, at, end, little, IF_TSOFFSET);
  return option?.length === TSOFFSET_LENGTH ? Number(view.getBigInt64(option.at, little)) : 0;
}

/** Bytes that an interface statistics block has at least, without its second length. */
export const STATISTICS_LENGTH = STATISTICS_OPTIONS_AT;

/** Frames dropped by the interface and by the operating system, by the statistics block at `at`; null when not told. */
export function droppedBy(view: DataView, at: number, end: number, little: boolean): number | null {
  const counts = [ISB_IFDROP, ISB_OSDROP].flatMap((code) => {
    const option = findOption(view, at + STATISTICS_OPTIONS_AT, end, little, code);
    return option?.length === COUNTER_LENGTH ? [Number(view.getBigUint64(option.at, little))] : [];
  });
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
