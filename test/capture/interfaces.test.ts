import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze, type CaptureInput } from '#src/analyze.js';
import { join as joined } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { Blocks, interfaceName } from '../support/pcapng.js';
import { ROOT } from '../support/root.js';

const folder = temporaryFolder();
const CASE = join(ROOT, 'fixtures', 'captures', 'azure-idle-20');
const MICROSECONDS = 1_000_000n;

interface Recorded {
  readonly time: bigint;
  readonly bytes: Uint8Array;
  readonly interface: number;
}

function records(vantage: string, number: number): { linkType: number; all: Recorded[] } {
  const file = readFileSync(join(CASE, `${vantage}.pcap`));
  const all: Recorded[] = [];
  for (let at = 24; at < file.length; ) {
    const length = file.readUInt32LE(at + 8);
    const time = BigInt(file.readUInt32LE(at)) * MICROSECONDS + BigInt(file.readUInt32LE(at + 4));
    all.push({ time, bytes: file.subarray(at + 16, at + 16 + length), interface: number });
    at += 16 + length;
  }
  return { linkType: file.readUInt32LE(20), all };
}

/** Both vantages of a case in one file, as a host between the two records them. */
function both(): string {
  const blocks = new Blocks();
  const sides = [records('client', 0), records('server', 1)];
  const packets = sides.flatMap(({ all }) => all).sort((a, b) => (a.time < b.time ? -1 : 1));
  const described = sides.map(({ linkType }, i) => blocks.interface(linkType, [interfaceName(`eth${i}`)]));
  const file = joined(
    blocks.section(),
    ...described,
    ...packets.map((packet) => blocks.packet(packet.bytes, packet)),
  );
  return folder.write('both.pcapng', file);
}

test('two interfaces of one pcapng file are the two sides', async () => {
  const path = both();
  const apart = await analyze({
    captures: [
      { path: join(CASE, 'client.pcap'), vantage: 'client' },
      { path: join(CASE, 'server.pcap'), vantage: 'server' },
    ],
  });
  for (const names of [
    ['eth0', 'eth1'],
    ['0', '1'],
  ]) {
    const captures: CaptureInput[] = [
      { path, vantage: 'client', interface: names[0] },
      { path, vantage: 'server', interface: names[1] },
    ];
    const { findings, captures: seen } = await analyze({ captures });
    const verdicts = (result: typeof apart.findings) =>
      result.map(({ class: cause, subtype, originator, confidence, time, resets }) => ({
        cause,
        subtype,
        originator,
        confidence,
        time,
        seqs: resets.map(({ seq }) => seq),
      }));
    assert.deepEqual(verdicts(findings), verdicts(apart.findings));
    assert.deepEqual(
      seen.map(({ interface: name, frames }) => [name, frames]),
      apart.captures.map(({ frames }, i) => [names[i], frames]),
    );
  }
});

test('an interface that is not there is refused with those that are', async () => {
  const captures: CaptureInput[] = [{ path: both(), vantage: 'client', interface: 'eth7' }];
  await assert.rejects(analyze({ captures }), /has no interface 'eth7'; it has eth0 \(0\), eth1 \(1\)$/);
});

test('a format without interfaces is refused', async () => {
  const captures: CaptureInput[] = [{ path: join(CASE, 'client.pcap'), vantage: 'client', interface: '0' }];
  await assert.rejects(
    analyze({ captures }),
    /tells no interfaces apart; --vantage with if: needs a pcapng file$/,
  );
});
