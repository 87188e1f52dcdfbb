import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { VantageRecord } from '#src/flow/vantage-record.js';
import { type NamedSource, readAll } from '#src/read-all.js';
import { readVantage } from '#src/read-vantage.js';
import { writeCapture } from '../bench/capture-file.js';
import type { Traffic } from '../bench/traffic.js';
import { temporaryFolder } from '../support/files.js';

const folder = temporaryFolder();
const CLIENT: NamedSource = { vantage: 'client', source: { paths: [join(folder.path, 'client.pcap')] } };
const SERVER: NamedSource = { vantage: 'server', source: { paths: [join(folder.path, 'server.pcap')] } };
/** Enough for two threads. */
const TRAFFIC: Traffic = {
  packets: 150_000,
  concurrent: 500,
  packetSize: 'small',
  resetShare: 0.2,
  seed: 3,
};

/** What a record holds, as far as numbers tell. */
function digest({ log, ...about }: VantageRecord) {
  const { connections, details, segments, kept, resetCopies, counts } = log;
  const all = [connections, details, segments, kept, resetCopies].map((table) =>
    Array.from(table.rows(), (row) => JSON.stringify(fieldsAt(table, row))),
  );
  return { about, counts, all };
}

function fieldsAt(table: { schema: object; at(row: number): object }, row: number): unknown[] {
  const cursor = table.at(row) as Record<string, number>;
  return Object.keys(table.schema).map((name) => cursor[name]);
}

before(async () => {
  await writeCapture(join(folder.path, 'client.pcap'), TRAFFIC, 'client');
  await writeCapture(join(folder.path, 'server.pcap'), TRAFFIC, 'server');
});

test('what another thread read is what this one reads', async () => {
  const seen = new Set<string>();
  const together = await readAll([CLIENT, SERVER], ({ vantage }) => seen.add(vantage));
  assert.deepEqual([...seen].sort(), ['client', 'server']);
  for (const [i, { vantage, source }] of [CLIENT, SERVER].entries())
    assert.deepEqual(digest(together[i]), digest(await readVantage(vantage, source)));
});

test('a capture that another thread cannot read is told of as any other', async () => {
  const path = folder.write('notes.txt', 'no packets here\n'.repeat(600_000));
  const unusable: NamedSource = { vantage: 'server', source: { paths: [path] } };
  await assert.rejects(readAll([CLIENT, unusable]), {
    name: 'InputError',
    message: /notes\.txt .*is not a capture|notes\.txt/,
  });
});
