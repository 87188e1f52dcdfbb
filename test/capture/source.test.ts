import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { type ByteSource, openSource, STDIN_PATH } from '#src/capture/source.js';
import { temporaryFolder } from '../support/files.js';

const folder = temporaryFolder();

async function readAll(source: ByteSource, length: number): Promise<number[]> {
  const target = new Uint8Array(100);
  let at = 10;
  for (let count = -1; count !== 0; at += count) count = await source.read(target, at, length);
  await source.close();
  return [...target.subarray(10, at)];
}

test('standard input is read in order, chunks larger and smaller than what is asked for', async () => {
  const chunks = [[1, 2, 3, 4, 5], [], [6], [7, 8]].map((bytes) => Uint8Array.from(bytes));
  const source = await openSource(STDIN_PATH, () => Readable.from(chunks));
  assert.equal(source.size, null);
  assert.deepEqual(await readAll(source, 3), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test('standard input without a byte is at its end at once', async () => {
  const source = await openSource(STDIN_PATH, () => Readable.from([]));
  assert.deepEqual(await readAll(source, 3), []);
});

test('closing standard input lets go of it before its end', async () => {
  const stream = Readable.from([Uint8Array.of(1), Uint8Array.of(2)]);
  const source = await openSource(STDIN_PATH, () => stream);
  await source.read(new Uint8Array(1), 0, 1);
  await source.close();
  assert.equal(stream.destroyed, true);
});

test('a stream that breaks says so', async () => {
  const broken = new Readable({ read: () => broken.destroy(new Error('the pipe broke')) });
  const source = await openSource(STDIN_PATH, () => broken);
  await assert.rejects(source.read(new Uint8Array(1), 0, 1), /the pipe broke/);
});

test('a file knows its size and is read in order', async () => {
  const source = await openSource(folder.write('five', Uint8Array.of(1, 2, 3, 4, 5)));
  assert.equal(source.size, 5);
  assert.deepEqual(await readAll(source, 2), [1, 2, 3, 4, 5]);
});
