import { type FileHandle, open } from 'node:fs/promises';
import { FRAME_HEADERS, type Vantage, writeFrame } from './frame.js';
import { RST, SYN, type Traffic, traffic } from './traffic.js';

/** What was written. */
export interface Written {
  readonly packets: number;
  readonly connections: number;
  readonly resets: number;
  readonly bytes: number;
}

const FILE_HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
const RECORD_HEADER = 16;
const BUFFER_SIZE = 8 << 20;
const LARGEST_RECORD = 2048;
const START_SECONDS = 1_800_000_000;
const MICROSECONDS = 1_000_000;
/** Microseconds that the server's clock is ahead of the client's. */
const CLOCK_OFFSET = 5000;
/** Microseconds from one vantage to the other; below half a packet gap, so that both captures keep the order. */
const TRANSIT = 3;

/**
 * Writes the traffic as one vantage captures it, a classic capture of Ethernet frames.
 * @throws AbortError between two writes once the signal says so.
 */
export async function writeCapture(
  path: string,
  what: Traffic,
  vantage: Vantage,
  signal?: AbortSignal,
): Promise<Written> {
  const file = await open(path, 'w');
  try {
    return await writePackets(file, what, vantage, signal);
  } finally {
    await file.close();
  }
}

async function writePackets(
  file: FileHandle,
  what: Traffic,
  vantage: Vantage,
  signal: AbortSignal | undefined,
): Promise<Written> {
  const buffer = Buffer.alloc(BUFFER_SIZE);
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  let at = FILE_HEADER.copy(buffer, 0);
  let [packets, connections, resets, bytes] = [0, 0, 0, 0];
  const flush = async () => {
    signal?.throwIfAborted();
    await file.write(buffer, 0, at);
    bytes += at;
    at = 0;
  };
  for (const packet of traffic(what)) {
    const length = FRAME_HEADERS[packet.family] + packet.length;
    writeRecordHeader(view, at, timeAt(vantage, packet.time, packet.fromClient), length);
    writeFrame(view, at + RECORD_HEADER, packet, vantage);
    at += RECORD_HEADER + length;
    packets += 1;
    if (packet.flags === SYN) connections += 1;
    if ((packet.flags & RST) !== 0) resets += 1;
    if (at >= BUFFER_SIZE - LARGEST_RECORD) await flush();
  }
  await flush();
  return { packets, connections, resets, bytes };
}

/** Microseconds since the start, by the vantage's own clock. */
function timeAt(vantage: Vantage, time: number, fromClient: boolean): number {
  if (vantage === 'client') return time;
  return time + CLOCK_OFFSET + (fromClient ? TRANSIT : -TRANSIT);
}

function writeRecordHeader(view: DataView, at: number, time: number, length: number): void {
  view.setUint32(at, START_SECONDS + Math.floor(time / MICROSECONDS), true);
  view.setUint32(at + 4, time % MICROSECONDS, true);
  view.setUint32(at + 8, length, true);
  view.setUint32(at + 12, length, true);
}
