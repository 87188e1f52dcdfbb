import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mapConcurrently } from './concurrently.js';

const run = promisify(execFile);

/** Whether tshark is installed here. */
export const HAVE_TSHARK = spawnSync('tshark', ['--version']).status === 0;

/** One frame with a TCP segment as tshark dissects it: the innermost headers, numbers as they are on the wire. */
export interface TsharkPacket {
  readonly frame: number;
  /** Nanoseconds since 1970, too many for a number. */
  readonly time: bigint;
  readonly src: string;
  readonly dst: string;
  readonly sport: number;
  readonly dport: number;
  readonly seq: number;
  readonly ack: number;
  /** The flag bits of RFC 9293, 3.1. */
  readonly flags: number;
  readonly length: number;
  readonly headerLength: number;
  readonly window: number;
  readonly ttl: number;
  /** Null in IPv6. */
  readonly ipId: number | null;
  /** Null in IPv4. */
  readonly flowLabel: number | null;
  /** TSval; null without the option. */
  readonly timestamp: number | null;
  /** The first bytes of its data, in hexadecimal. */
  readonly begins: string;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

const FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'frame.protocols',
  'ip.src',
  'ip.dst',
  'ip.ttl',
  'ip.id',
  'ipv6.src',
  'ipv6.dst',
  'ipv6.hlim',
  'ipv6.flow',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq_raw',
  'tcp.ack_raw',
  'tcp.flags',
  'tcp.len',
  'tcp.hdr_len',
  'tcp.window_size_value',
  'tcp.options.timestamp.tsval',
  'tcp.payload',
] as const;

type Row = Record<(typeof FIELDS)[number], string>;

const PREFERENCES = [
  'tcp.desegment_tcp_streams:FALSE',
  'tcp.check_checksum:FALSE',
  'tcp.analyze_sequence_numbers:FALSE',
];
/** Digits of the data that are kept: a PROXY protocol header of version 1 has 107 bytes at most. */
const BEGINNING = 214;
const MOST_OUTPUT = 256 * 1024 * 1024;

/** Every TCP segment of a capture, in the order of its frames. Segments that an ICMP message quotes are left out. */
export async function tsharkPackets(path: string): Promise<TsharkPacket[]> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const preferences = PREFERENCES.flatMap((preference) => ['-o', preference]);
  const args = [
    '-n',
    '-r',
    path,
    ...preferences,
    '-Y',
    'tcp',
    '-T',
    'fields',
    '-E',
    'separator=/t',
    ...fields,
  ];
  const { stdout } = await run('tshark', args, { maxBuffer: MOST_OUTPUT }).catch(
    // A capture that is cut short: what was read of it stands there all the same.
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return stdout.split('\n').flatMap((line) => packetOf(line));
}

function packetOf(line: string): TsharkPacket[] {
  const values = line.split('\t');
  if (values.length !== FIELDS.length) return [];
  const row = Object.fromEntries(FIELDS.map((field, i) => [field, values[i]])) as Row;
  const around = layersBeforeTcp(row['frame.protocols']);
  if (around.some((layer) => layer.startsWith('icmp')) || row['tcp.flags'] === '') return [];
  const inner = around.findLast((layer) => layer === 'ip' || layer === 'ipv6');
  if (inner === undefined) return [];
  const nth = around.filter((layer) => layer === inner).length - 1;
  const ip = (field: 'src' | 'dst') => at(row[`${inner as 'ip' | 'ipv6'}.${field}`], nth);
  return [
    {
      frame: Number(row['frame.number']),
      time: nanoseconds(row['frame.time_epoch']),
      src: ip('src'),
      dst: ip('dst'),
      ttl: Number(at(inner === 'ip' ? row['ip.ttl'] : row['ipv6.hlim'], nth)),
      ipId: inner === 'ip' ? Number(at(row['ip.id'], nth)) : null,
      flowLabel: inner === 'ipv6' ? Number(at(row['ipv6.flow'], nth)) : null,
      sport: Number(last(row['tcp.srcport'])),
      dport: Number(last(row['tcp.dstport'])),
      seq: Number(last(row['tcp.seq_raw'])),
      ack: Number(last(row['tcp.ack_raw'])),
      flags: Number(last(row['tcp.flags'])),
      length: Number(last(row['tcp.len'])),
      headerLength: Number(last(row['tcp.hdr_len'])),
      window: Number(last(row['tcp.window_size_value'])),
      timestamp:
        row['tcp.options.timestamp.tsval'] === '' ? null : Number(last(row['tcp.options.timestamp.tsval'])),
      begins: last(row['tcp.payload']).slice(0, BEGINNING),
    },
  ];
}

function layersBeforeTcp(protocols: string): string[] {
  const layers = protocols.split(':');
  return layers.slice(0, Math.max(0, layers.lastIndexOf('tcp')));
}

/** Values of repeated headers are separated by commas, outermost first. */
function at(values: string, nth: number): string {
  const all = values.split(',');
  return all[nth] ?? all.at(-1) ?? '';
}

function last(values: string): string {
  return values.slice(values.lastIndexOf(',') + 1);
}

const NANO_DIGITS = 9;

function nanoseconds(epoch: string): bigint {
  const [seconds = '0', fraction = ''] = epoch.split('.');
  return BigInt(seconds + fraction.padEnd(NANO_DIGITS, '0').slice(0, NANO_DIGITS));
}

/** First bytes of a classic capture of a little-endian machine, in microseconds. */
const MAGIC = 0xd4c3b2a1;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const CAPTURED_LENGTH_AT = 8;
const LINK_TYPE_AT = 20;
const SNAP_LENGTH_AT = 16;
const LONGEST_SNAP_LENGTH = 0x40000;

/** A classic capture without damage. */
interface PlainCapture {
  readonly path: string;
  readonly bytes: Buffer;
  readonly frames: number;
}

/**
 * The same for many captures, which takes little longer than for one: tshark reads plain ones of one link type as one
 * file. What it says of a packet must not depend on the packets of other files.
 */
export async function tsharkPacketsOf(paths: readonly string[]): Promise<Map<string, TsharkPacket[]>> {
  const plain = paths.map(plainCapture).filter((one) => one !== null);
  const others = paths.filter((path) => !plain.some((one) => one.path === path));
  const linkTypes = new Set(plain.map(({ bytes }) => bytes.readUInt32LE(LINK_TYPE_AT)));
  const groups = [...linkTypes].map((linkType) =>
    plain.filter(({ bytes }) => bytes.readUInt32LE(LINK_TYPE_AT) === linkType),
  );
  const together = await mapConcurrently(groups, packetsOfGroup);
  const alone = await mapConcurrently(others, async (path) => [path, await tsharkPackets(path)] as const);
  return new Map([...together.flat(), ...alone]);
}

function plainCapture(path: string): PlainCapture | null {
  const bytes = readFileSync(path);
  if (bytes.length < FILE_HEADER || bytes.readUInt32BE(0) !== MAGIC) return null;
  let at = FILE_HEADER;
  let frames = 0;
  for (; at + RECORD_HEADER <= bytes.length; frames += 1)
    at += RECORD_HEADER + bytes.readUInt32LE(at + CAPTURED_LENGTH_AT);
  return at === bytes.length ? { path, bytes, frames } : null;
}

async function packetsOfGroup(files: readonly PlainCapture[]): Promise<[string, TsharkPacket[]][]> {
  const header = Buffer.from(files[0].bytes.subarray(0, FILE_HEADER));
  header.writeUInt32LE(LONGEST_SNAP_LENGTH, SNAP_LENGTH_AT);
  const folder = mkdtempSync(join(tmpdir(), 'rst-analyze-test-'));
  try {
    const path = join(folder, 'together.pcap');
    writeFileSync(path, Buffer.concat([header, ...files.map(({ bytes }) => bytes.subarray(FILE_HEADER))]));
    return shared(await tsharkPackets(path), files);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Gives each file its own packets back, with their numbers there. */
function shared(
  packets: readonly TsharkPacket[],
  files: readonly PlainCapture[],
): [string, TsharkPacket[]][] {
  let at = 0;
  let before = 0;
  return files.map(({ path, frames }) => {
    const own: TsharkPacket[] = [];
    for (; at < packets.length && packets[at].frame <= before + frames; at += 1)
      own.push({ ...packets[at], frame: packets[at].frame - before });
    before += frames;
    return [path, own];
  });
}
