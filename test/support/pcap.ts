import type { Bytes } from './bytes.js';
import { ETHERNET } from './link.js';

/** A record of a capture; time in nanoseconds since 1970. */
export interface PcapRecord {
  time?: bigint;
  bytes: Bytes;
  originalLength?: number;
  /** Where it is to be a lie. */
  capturedLength?: number;
}

export interface PcapForm {
  bigEndian?: boolean;
  nanoseconds?: boolean;
  linkType?: number;
}

const SECOND = 1_000_000_000n;

/** A classic capture file. */
export function pcap(records: readonly PcapRecord[], form: PcapForm = {}): Uint8Array {
  const little = !form.bigEndian;
  const length = records.reduce((sum, { bytes }) => sum + 16 + bytes.length, 24);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  view.setUint32(0, form.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, little);
  view.setUint16(4, 2, little);
  view.setUint16(6, 4, little);
  view.setUint32(16, 262_144, little);
  view.setUint32(20, form.linkType ?? ETHERNET, little);
  let at = 24;
  for (const { time = 0n, bytes, originalLength, capturedLength } of records) {
    const captured = capturedLength ?? bytes.length;
    view.setUint32(at, Number(time / SECOND), little);
    view.setUint32(at + 4, Number(time % SECOND) / (form.nanoseconds ? 1 : 1000), little);
    view.setUint32(at + 8, captured, little);
    view.setUint32(at + 12, originalLength ?? captured, little);
    file.set(bytes, at + 16);
    at += 16 + bytes.length;
  }
  return file;
}
