import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/index.js';
import { temporaryFolder } from '../support/files.js';
import { writeCapture } from './capture-file.js';
import { Captures } from './captures.js';
import { differences } from './check.js';
import { TINY_TRAFFIC } from './start-up.js';
import type { Traffic } from './traffic.js';

const FOLDER = temporaryFolder().path;

const SMALL: Traffic = { packets: 5000, concurrent: 20, packetSize: 'small', resetShare: 0.2, seed: 1 };
const inFolder = (name: string) => join(FOLDER, name);

test('the same seed writes the same bytes', async () => {
  await writeCapture(inFolder('one'), SMALL, 'client');
  await writeCapture(inFolder('two'), SMALL, 'client');
  assert.ok(readFileSync(inFolder('one')).equals(readFileSync(inFolder('two'))));
});

test('small packets take about 74 bytes of the file each, full-size ones about 650', async () => {
  const size = async (packetSize: Traffic['packetSize']) =>
    (await writeCapture(inFolder(packetSize), { ...SMALL, packetSize }, 'client')).bytes / SMALL.packets;
  const [small, full] = [await size('small'), await size('full')];
  assert.ok(small > 72 && small < 76, `${small} bytes`);
  assert.ok(full > 600 && full < 720, `${full} bytes`);
});

test('a pair holds what was written: packets, connections, resets and who sent them', async () => {
  const written = await writeCapture(inFolder('client.pcap'), SMALL, 'client');
  await writeCapture(inFolder('server.pcap'), SMALL, 'server');
  const report = await analyze({
    captures: [
      { vantage: 'client', path: inFolder('client.pcap') },
      { vantage: 'server', path: inFolder('server.pcap') },
    ],
  });
  assert.ok(written.resets > 0);
  assert.deepEqual(differences(report, written), []);
  assert.deepEqual(
    new Set(report.findings.map(({ originator }) => originator)),
    new Set(['client', 'backend']),
  );
});

test('both captures of a pair are in the order of time', async () => {
  for (const vantage of ['client', 'server'] as const) {
    await writeCapture(inFolder(vantage), SMALL, vantage);
    const times = recordTimes(readFileSync(inFolder(vantage)));
    assert.ok(times.every((time, index) => index === 0 || time > times[index - 1]));
  }
});

function recordTimes(file: Buffer): number[] {
  const times: number[] = [];
  for (let at = 24; at < file.length; at += 16 + file.readUInt32LE(at + 8))
    times.push(file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4));
  return times;
}

test('what a report says otherwise than the generator is told', async () => {
  const written = await writeCapture(inFolder('told'), SMALL, 'client');
  const report = await analyze({ captures: [{ vantage: 'client', path: inFolder('told') }] });
  const found = { ...report, findings: report.findings.slice(1) };
  assert.deepEqual(differences(found, { ...written, connections: report.pairing.paths }).slice(0, 1), [
    `findings: ${written.resets - 1} found, ${written.resets} written`,
  ]);
});

test('an aborted writer stops and leaves nothing that passes for a capture', async () => {
  const stop = new AbortController();
  stop.abort();
  const captures = new Captures(FOLDER, true, stop.signal);
  const traffic = { ...SMALL, seed: 77 };
  await assert.rejects(captures.get(traffic, 'client'), { name: 'AbortError' });
  const { written } = await new Captures(FOLDER, true, new AbortController().signal).get(traffic, 'client');
  assert.equal(written.packets, SMALL.packets);
});

test('a kept capture is used again unless it is not as it was written', async () => {
  const captures = new Captures(FOLDER, true, new AbortController().signal);
  const first = await captures.get(SMALL, 'client');
  const { mtimeMs } = await stat(first.path);
  assert.deepEqual(await captures.get(SMALL, 'client'), first);
  assert.equal((await stat(first.path)).mtimeMs, mtimeMs);
  await truncate(first.path, 100);
  await captures.get(SMALL, 'client');
  assert.equal((await stat(first.path)).size, first.written.bytes);
});

test('the pair that start-up is timed on has a reset to judge', async () => {
  const { packets, resets } = await writeCapture(inFolder('tiny'), TINY_TRAFFIC, 'client');
  assert.deepEqual([packets, resets], [20, 1]);
});
