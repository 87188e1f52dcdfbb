import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** The part of npm's `pcap-parser` (CommonJS, without types) that is used here. */
interface PcapParser {
  parse(path: string): EventEmitter;
}

interface PacketHeader {
  readonly timestampSeconds: number;
  readonly timestampMicroseconds: number;
  readonly capturedLength: number;
  readonly originalLength: number;
}

/** One frame as `pcap-parser` reads it: microseconds since 1970, lengths, bytes. */
export interface ParsedFrame {
  readonly microseconds: number;
  readonly capturedLength: number;
  readonly originalLength: number;
  readonly bytes: readonly number[];
}

/** It reads with calls that Node deprecated; the warning is about them, not about the tests. */
process.noDeprecation = true;
const { parse } = createRequire(import.meta.url)('pcap-parser') as PcapParser;

/** Reads a classic capture of microseconds with the other reader. */
export function parsedFrames(path: string): Promise<ParsedFrame[]> {
  return new Promise((resolve, reject) => {
    const frames: ParsedFrame[] = [];
    const parser = parse(path);
    parser.on('packet', ({ header, data }: { header: PacketHeader; data: Uint8Array }) => {
      const { timestampSeconds, timestampMicroseconds, capturedLength, originalLength } = header;
      const microseconds = timestampSeconds * 1e6 + timestampMicroseconds;
      frames.push({ microseconds, capturedLength, originalLength, bytes: [...data] });
    });
    parser.on('error', reject);
    parser.on('end', () => resolve(frames));
  });
}
