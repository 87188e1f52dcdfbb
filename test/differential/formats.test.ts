import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analyze } from '#src/analyze.js';
import type { Result } from '#src/result.js';
import { join as joined } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { type FamilyRecord, family } from '../support/pcap-family.js';
import { Blocks, comment, resolution } from '../support/pcapng.js';
import { ROOT } from '../support/root.js';

const CASES = ['azure-idle-20', 'client-snat', 'next-packet-v6'];
const folder = temporaryFolder();
const haveEditcap = spawnSync('editcap', ['--version']).status === 0;
const haveZstd = spawnSync('zstd', ['--version']).status === 0;

/** A committed capture (little endian, microseconds), record by record. */
function recordsOf(file: Buffer): FamilyRecord[] {
  const records: FamilyRecord[] = [];
  for (let at = 24; at < file.length; ) {
    const captured = file.readUInt32LE(at + 8);
    records.push({
      seconds: file.readUInt32LE(at),
      fraction: file.readUInt32LE(at + 4),
      bytes: file.subarray(at + 16, at + 16 + captured),
      original: file.readUInt32LE(at + 12),
    });
    at += 16 + captured;
  }
  return records;
}

const inNanoseconds = (records: FamilyRecord[]) =>
  records.map(({ fraction, ...rest }) => ({ ...rest, fraction: fraction * 1000 }));

/** As pcapng of one byte order; every other packet with a comment. */
function blocksOf(file: Buffer, little: boolean, power: 6 | 9): Uint8Array {
  const blocks = new Blocks(little);
  const linkType = file.readUInt32LE(20);
  const packets = recordsOf(file).map(({ seconds, fraction, bytes, original = bytes.length }, i) => {
    const micros = BigInt(seconds) * 1_000_000n + BigInt(fraction);
    const time = power === 9 ? micros * 1000n : micros;
    return blocks.packet(bytes, { time, original, options: i % 2 === 0 ? [comment('seen')] : [] });
  });
  return joined(blocks.section(), blocks.interface(linkType, [resolution(power)]), ...packets);
}

const ownRewrites: Record<string, (file: Buffer) => Uint8Array> = {
  'pcap, big endian': (file) =>
    family(recordsOf(file), { magic: 0xa1b2c3d4, little: false, linkType: file.readUInt32LE(20) }),
  'pcap of nanoseconds, big endian': (file) =>
    family(inNanoseconds(recordsOf(file)), {
      magic: 0xa1b23c4d,
      little: false,
      linkType: file.readUInt32LE(20),
    }),
  'pcapng, big endian': (file) => blocksOf(file, false, 6),
  'pcapng of nanoseconds, with comments': (file) => blocksOf(file, true, 9),
  gzip: (file) => gzipSync(file),
  'pcapng in gzip, twice': (file) => gzipSync(gzipSync(blocksOf(file, true, 6))),
  ...(haveZstd && { zstd: (file: Buffer) => execFileSync('zstd', ['-q', '-c'], { input: file }) }),
};

if (!haveZstd) test('a capture in zstd', { skip: 'install zstd to run this' }, () => {});

const EDITCAP_FORMATS = ['pcap', 'nsecpcap', 'modpcap', 'suse6_3pcap', 'rh6_1pcap', 'nokiapcap', 'pcapng'];

async function analysed(client: string, server: string): Promise<Result> {
  return analyze({
    captures: [
      { path: client, vantage: 'client' },
      { path: server, vantage: 'server' },
    ],
  });
}

/** All that a report says, without where and in which format the captures lay. */
function normalised({ captures, ...rest }: Result): unknown {
  return { ...rest, captures: captures.map(({ path: _path, format: _format, ...capture }) => capture) };
}

let written = 0;

for (const name of CASES) {
  const original = (vantage: string) => join(ROOT, 'fixtures', 'captures', name, `${vantage}.pcap`);
  const expected = analysed(original('client'), original('server')).then(normalised);

  for (const [form, rewrite] of Object.entries(ownRewrites)) {
    test(`${name} as ${form}: the report is the same`, async () => {
      const paths = ['client', 'server'].map((vantage) =>
        folder.write(`${written++}-${vantage}`, rewrite(readFileSync(original(vantage)))),
      );
      assert.deepEqual(normalised(await analysed(paths[0], paths[1])), await expected);
    });
  }

  for (const form of EDITCAP_FORMATS) {
    test(`${name} as editcap writes ${form}: the report is the same`, {
      skip: haveEditcap ? false : 'install wireshark-common (editcap) to run this',
    }, async () => {
      const paths = ['client', 'server'].map((vantage) => {
        const path = join(folder.path, `${written++}-${vantage}`);
        execFileSync('editcap', ['-F', form, original(vantage), path], { stdio: 'ignore' });
        return path;
      });
      assert.deepEqual(normalised(await analysed(paths[0], paths[1])), await expected);
    });
  }

  // Of resets that are alike and have no IP identification, nobody can tell copies from repeats.
  if (name === 'client-snat') continue;
  test(`${name} with every packet recorded twice: the same verdicts, each RST counted once`, async () => {
    const paths = ['client', 'server'].map((vantage) => {
      const file = readFileSync(original(vantage));
      const twice = inNanoseconds(recordsOf(file)).flatMap((record) => [
        record,
        { ...record, fraction: Math.min(record.fraction + 900, 999_999_999) },
      ]);
      return folder.write(
        `${written++}-${vantage}`,
        family(twice, { magic: 0xa1b23c4d, linkType: file.readUInt32LE(20) }),
      );
    });
    const once = await analysed(original('client'), original('server'));
    const twice = await analysed(paths[0], paths[1]);
    const verdict = ({ findings }: Result) =>
      findings.map(({ class: cause, subtype, originator, confidence, impact, time }) => ({
        ...{ cause, subtype, originator, confidence, impact, time },
      }));
    assert.deepEqual(verdict(twice), verdict(once));
    assert.deepEqual(twice.summary, once.summary);
    const resets = twice.findings.flatMap((finding) => finding.resets);
    const total = twice.captures.reduce((sum, { resetSegments }) => sum + resetSegments, 0);
    assert.equal(resets.length, total);
    const copies = resets.filter(({ duplicateOf }) => duplicateOf !== undefined);
    assert.equal(copies.length, resets.length / 2);
    for (const { frame, duplicateOf } of copies) assert.equal(duplicateOf, frame - 1);
    assert.deepEqual(
      twice.captures.map(({ duplicates }) => duplicates),
      once.captures.map(({ tcpSegments }) => tcpSegments),
    );
  });
}

for (const form of [
  'snoop',
  'netmon1',
  'netmon2',
  'ngsniffer',
  'lanalyzer',
  'visual',
  'k12text',
  '5views',
  'niobserver',
]) {
  test(`what editcap writes as ${form} is refused with what converts it`, {
    skip: haveEditcap ? false : 'install wireshark-common (editcap) to run this',
  }, async () => {
    const path = join(folder.path, `foreign.${form}`);
    const from = join(ROOT, 'fixtures', 'captures', CASES[0], 'client.pcap');
    execFileSync('editcap', ['-F', form, from, path], { stdio: 'ignore' });
    await assert.rejects(
      analyze({ captures: [{ path, vantage: 'client' }] }),
      /is an? .* capture.*; convert it first: editcap -F pcapng in out$/,
    );
  });
}
