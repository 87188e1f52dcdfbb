import type { Packet } from '../evidence/timeline.js';
import type { SeenSegment } from '../flow/connection.js';
import type { End, Pairing, Path } from '../pair/path.js';
import type { ResetSegment } from '../result.js';
import { flagLetters } from '../wire/tcp-flags.js';
import { timeAt } from './time.js';

const ENDS: readonly End[] = ['client', 'server'];

/** Every sighting of every RST of an event, as the report lists them: client's first, in the order of their frames. */
export function resetSegments(packets: readonly Packet[], path: Path, pairing: Pairing): ResetSegment[] {
  return ENDS.flatMap((end) =>
    packets
      .flatMap((packet) => (packet[end] === null ? [] : [packet[end]]))
      .sort((a, b) => a.frame - b.frame)
      .map((segment) => sighting(segment, end, path, pairing)),
  );
}

function sighting(segment: SeenSegment, end: End, path: Path, pairing: Pairing): ResetSegment {
  const endpoints = path[end]?.endpoints;
  const base = pairing[end]?.baseTime;
  if (endpoints === undefined || base == null)
    throw new Error(`a RST was seen at ${end}, where nothing was captured`);
  const tuple = segment.tuple ?? endpoints;
  return {
    vantage: end,
    frame: segment.frame,
    time: timeAt(base, segment.time),
    src: tuple[segment.from],
    dst: tuple[segment.from === 0 ? 1 : 0],
    seq: segment.seq,
    ack: segment.ack,
    flags: flagLetters(segment.flags),
    ttl: segment.ttl,
    ipId: segment.ipId,
    window: segment.window,
    payloadText: segment.payload === null ? null : readable(segment.payload),
  };
}

const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;

/** Payload of a RST as text: printable ASCII as it is, every other byte as `\xNN`. */
function readable(payload: Uint8Array): string {
  return Array.from(payload, (byte) =>
    byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
