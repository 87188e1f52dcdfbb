/** The part of npm's `pcap-parser` 0.2.1 (CommonJS, without types) that is used here. */
declare module 'pcap-parser' {
  import type { EventEmitter } from 'node:events';

  export interface PacketHeader {
    readonly timestampSeconds: number;
    /** Whatever the second field of the record holds. */
    readonly timestampMicroseconds: number;
    readonly capturedLength: number;
    readonly originalLength: number;
  }

  export interface Packet {
    readonly header: PacketHeader;
    readonly data: Uint8Array;
  }

  /** What it asks of a stream; it listens to `data`, `error` and `end`. */
  export interface ParserInput extends EventEmitter {
    pause(): void;
    resume(): void;
  }

  export interface Parser extends EventEmitter {
    /** Bytes that it has not consumed; null before the first ones. */
    readonly buffer: Uint8Array | null;
    on(event: 'packetHeader', listener: (header: PacketHeader) => void): this;
    on(event: 'packet', listener: (packet: Packet) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export function parse(input: ParserInput): Parser;
}
