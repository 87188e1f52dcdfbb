import { Frame } from '../capture/frame.js';
import { openCapture } from '../capture/open.js';
import { interfaceBlock, packetBlock, sectionBlock } from '../capture/pcapng/write.js';
import { TimeLine } from '../capture/time-line.js';
import { ipBytes } from '../ip-bytes.js';
import type { CaptureSummary, Endpoint, Finding, Result } from '../result.js';
import { decodeFrame, decodeNext } from '../wire/decode.js';
import { Segment } from '../wire/segment.js';
import { originalsOf } from './annotate.js';
import { commentsFor } from './comments.js';
import { fileSink } from './sink.js';

const SECOND = 1e9;
const PARTS_PER_MILLION = 1e6;

/** A packet of a finding's connection, copied out of its capture. */
interface Extracted {
  readonly vantage: string;
  readonly linkType: number;
  /** Nanoseconds since 1970, on the client's clock. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly direction: number;
  readonly comment: string | null;
}

/**
 * Writes the packets between the addresses and ports of one finding, from both sides merged on the client's clock,
 * with an interface for each vantage.
 * @param shown the finding as others may see it, for the comments
 * @returns how many packets were written
 */
export async function extract(
  result: Result,
  finding: Finding,
  target: string,
  shown: Finding = finding,
): Promise<number> {
  const streams = result.captures.map((capture) => packetsOf(capture, finding, shown, result));
  const sink = await fileSink(target);
  const interfaces = new Map<string, number>();
  let count = 0;
  try {
    await sink.write(sectionBlock());
    for await (const packet of merged(streams)) {
      const key = `${packet.vantage} ${packet.linkType}`;
      if (!interfaces.has(key)) {
        interfaces.set(key, interfaces.size);
        await sink.write(interfaceBlock(packet.linkType, `${packet.vantage} side`));
      }
      await sink.write(packetBlock({ ...packet, interface: interfaces.get(key) ?? 0 }));
      count += 1;
    }
  } finally {
    await sink.close();
  }
  return count;
}

/** Several streams as one, in order of time. */
async function* merged(streams: readonly AsyncGenerator<Extracted>[]): AsyncGenerator<Extracted> {
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let first = -1;
    for (const [i, { done, value }] of heads.entries())
      if (!done && (first < 0 || value.time < heads[first].value.time)) first = i;
    if (first < 0) return;
    yield heads[first].value;
    heads[first] = await streams[first].next();
  }
}

async function* packetsOf(
  capture: CaptureSummary,
  finding: Finding,
  shown: Finding,
  result: Result,
): AsyncGenerator<Extracted> {
  const { path } = finding;
  const isServer = capture.vantage === 'server';
  const [a, b] = isServer ? [path.lbPeer, path.backend] : [path.client, path.frontend];
  if (a === null || b === null) return;
  const belongs = between(a, b);
  const segment = new Segment();
  const frame = new Frame();
  for (const { path: file, label } of await originalsOf(capture)) {
    const comments = commentsFor([shown], capture.vantage, label);
    const timeLine = new TimeLine();
    const { reader, window, close } = await openCapture(file, {
      timeLine,
      interface: capture.interface ?? null,
    });
    try {
      for (;;) {
        while (reader.next(frame)) {
          if (!hasSegment(frame, segment, belongs)) continue;
          const time = (timeLine.base ?? 0n) + BigInt(Math.round(frame.time));
          yield {
            vantage: capture.vantage,
            linkType: frame.linkType,
            time: isServer ? onClientClock(time, result) : time,
            bytes: frame.bytes.slice(frame.at, frame.at + frame.capturedLength),
            originalLength: frame.originalLength,
            direction: frame.direction,
            comment: comments.get(frame.number) ?? null,
          };
        }
        if (window.ended) break;
        await window.fill();
      }
    } finally {
      await close();
    }
  }
}

/** A time of the server's capture by the client's clock, as far as that is known. */
function onClientClock(time: bigint, { clock, captures }: Result): bigint {
  const began = captures.find(({ vantage }) => vantage === 'client')?.firstTime;
  if (clock === null || began == null) return time;
  const offset = BigInt(Math.round(clock.offsetSeconds * SECOND));
  const sinceBegin = Number(time - offset - nanoseconds(began));
  return time - offset - BigInt(Math.round(sinceBegin * (clock.driftPpm / PARTS_PER_MILLION)));
}

function nanoseconds(time: string): bigint {
  const dot = time.lastIndexOf('.');
  return BigInt(Date.parse(`${time.slice(0, dot)}Z`)) * 1_000_000n + BigInt(time.slice(dot + 1, -1));
}

function hasSegment(frame: Frame, segment: Segment, belongs: (segment: Segment) => boolean): boolean {
  if (!decodeFrame(frame, segment)) return false;
  if (belongs(segment)) return true;
  while (segment.restAt >= 0 && decodeNext(segment)) if (belongs(segment)) return true;
  return false;
}

/** Whether a segment travels between two endpoints, either way. */
function between(a: Endpoint, b: Endpoint): (segment: Segment) => boolean {
  const [one, other] = [ipBytes(a.ip), ipBytes(b.ip)];
  return (segment) => {
    const { bytes, sourceAt, destinationAt, sourcePort, destinationPort } = segment;
    const from = (ip: Uint8Array, at: number) => ip.every((byte, i) => bytes[at + i] === byte);
    const length = segment.ipVersion === 4 ? 4 : 16;
    if (one.length !== length) return false;
    const outward = sourcePort === a.port && destinationPort === b.port;
    if (outward && from(one, sourceAt) && from(other, destinationAt)) return true;
    const back = sourcePort === b.port && destinationPort === a.port;
    return back && from(other, sourceAt) && from(one, destinationAt);
  };
}
