/**
 * The members of the classic family. Their magic numbers and record headers are those that libpcap (sf-pcap.c) and
 * Wireshark (wiretap/libpcap.c) tell apart; the plain ones are in draft-ietf-opsawg-pcap, 4 and 5.
 */
export interface PcapVariant {
  /** Name of the format as the report shows it. */
  readonly format: string;
  readonly fileHeaderLength: number;
  readonly recordHeaderLength: number;
  /** Nanoseconds in one unit of a record's second field. */
  readonly fractionUnit: number;
  /** Where in the record header the Linux packet type stands (linux/if_packet.h); 0 where there is none. */
  readonly packetTypeAt: number;
}

/** Bytes of the file header: what every variant has at least. */
export const FILE_HEADER_LENGTH = 24;
const RECORD_HEADER_LENGTH = 16;
const MICROSECOND = 1_000;

const STANDARD: PcapVariant = {
  format: 'pcap',
  fileHeaderLength: FILE_HEADER_LENGTH,
  recordHeaderLength: RECORD_HEADER_LENGTH,
  fractionUnit: MICROSECOND,
  packetTypeAt: 0,
};
const NANOSECONDS: PcapVariant = { ...STANDARD, format: 'pcap-ns', fractionUnit: 1 };
/** AIX, which counts nanoseconds under the magic number of microseconds. */
export const AIX: PcapVariant = { ...STANDARD, format: 'pcap-aix', fractionUnit: 1 };
/** Alexey Kuznetzov's patches of 1999: interface, protocol and packet type after the lengths, one byte of padding. */
const PATCHED: PcapVariant = {
  ...STANDARD,
  format: 'pcap-modified',
  recordHeaderLength: RECORD_HEADER_LENGTH + 8,
  packetTypeAt: RECORD_HEADER_LENGTH + 6,
};
/** The patch with five more bytes for debugging, as in SuSE 6.3. */
const PATCHED_LONG: PcapVariant = { ...PATCHED, recordHeaderLength: RECORD_HEADER_LENGTH + 12 };
/** Nokia IPSO: four more bytes that nobody has explained. */
const NOKIA: PcapVariant = {
  ...STANDARD,
  format: 'pcap-nokia',
  recordHeaderLength: RECORD_HEADER_LENGTH + 4,
};
/** Ixia's `lcap`: the size of all records follows the file header. */
const IXIA: PcapVariant = { ...STANDARD, format: 'pcap-ixia', fileHeaderLength: FILE_HEADER_LENGTH + 4 };
const IXIA_HARDWARE: PcapVariant = { ...IXIA, fractionUnit: 1 };

/** What can stand behind each magic number, the likeliest first. */
const BY_MAGIC: ReadonlyMap<number, readonly PcapVariant[]> = new Map([
  [0xa1b2c3d4, [STANDARD, PATCHED, NOKIA]],
  [0xa1b23c4d, [NANOSECONDS]],
  [0xa1b2cd34, [PATCHED, PATCHED_LONG]],
  [0x1c0001ac, [IXIA_HARDWARE]],
  [0x1c0001ab, [IXIA]],
]);

/** The variants of a magic number; undefined when it is not one of this family. */
export function variantsOf(magic: number): readonly PcapVariant[] | undefined {
  return BY_MAGIC.get(magic);
}
