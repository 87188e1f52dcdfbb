import type { Packet } from '../evidence/timeline.js';
import type { Connection, SeenSegment } from '../flow/connection.js';
import type { End, Pairing, Path } from '../pair/path.js';
import { readable } from '../reasons/readable.js';
import type { ResetSegment } from '../result.js';
import { flagLetters } from '../wire/tcp-flags.js';
import { cite } from './cite.js';
import { timeAt } from './time.js';

const ENDS: readonly End[] = ['client', 'server'];

/** Every sighting of every RST of an event, as the report lists them: client's first, in the order of their frames. */
export function resetSegments(packets: readonly Packet[], path: Path, pairing: Pairing): ResetSegment[] {
  const [client = [], server = []] = ENDS.map((end) =>
    recordsAt(end, packets, path).map((segment) => sighting(segment, end, path, pairing)),
  );
  return client.concat(server);
}

/** All records of the packets at one end, in the order of their frames. */
function recordsAt(end: End, packets: readonly Packet[], path: Path): Recorded[] {
  const records: Recorded[] = [];
  for (const packet of packets) {
    const segment = packet[end];
    if (segment !== null) records.push(segment, ...copiesOf(segment, path[end]));
  }
  return records.sort((a, b) => a.frame - b.frame);
}

/** A RST as it was recorded, for the first time or once more. */
type Recorded = SeenSegment & { readonly original?: number };

const NO_COPIES: readonly Recorded[] = [];

/** Further records of the same packet: the same but for when, and how many hops it had left. */
function copiesOf(segment: SeenSegment, connection: Connection | null): readonly Recorded[] {
  if (connection === null || connection.resetCopies.length === 0) return NO_COPIES;
  const copies = connection.resetCopies.filter(({ original }) => original === segment.frame);
  return copies.map((copy) => ({ ...segment, ...copy }));
}

function sighting(segment: Recorded, end: End, path: Path, pairing: Pairing): ResetSegment {
  const endpoints = path[end]?.endpoints;
  const base = pairing[end]?.baseTime;
  if (endpoints === undefined || base == null)
    throw new Error(`a RST was seen at ${end}, where nothing was captured`);
  const tuple = segment.tuple ?? endpoints;
  const { frame, file } = cite({ vantage: end, frame: segment.frame }, pairing);
  const reset: ResetSegment = {
    vantage: end,
    frame,
    ...(file === undefined ? null : { file }),
    time: timeAt(base, segment.time),
    src: tuple[segment.from],
    dst: tuple[segment.from === 0 ? 1 : 0],
    ...numbersOf(segment),
    flags: flagLetters(segment.flags),
    ttl: segment.ttl,
    ipId: segment.ipId,
    window: segment.window,
    payloadText: segment.payload === null ? null : readable(segment.payload),
  };
  if (segment.original !== undefined)
    reset.duplicateOf = cite({ vantage: end, frame: segment.original }, pairing).frame;
  return reset;
}

/** Sequence and acknowledgement number as the capture has them. */
function numbersOf({ onWire, seq, ack }: SeenSegment): { seq: number; ack: number } {
  return onWire ?? { seq, ack };
}
