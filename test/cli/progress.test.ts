import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress, progressBar, progressText } from '#src/cli/progress.js';
import { fakeIo } from './fake-io.js';

const READING = { vantage: 'client', bytes: 50e6, totalBytes: 100e6, frames: 1000 };

function watched(change: Parameters<typeof fakeIo>[0] = {}) {
  const clock = { ms: 0 };
  const io = fakeIo({ stderrTTY: true, now: () => clock.ms, ...change });
  return { io, clock };
}

test('a short run shows nothing', async () => {
  const { io, clock } = watched();
  const progress = createProgress(io, true);
  clock.ms = 400;
  progress.update(READING);
  await progress.clear();
  assert.deepEqual(io.err, []);
});

test('a long run shows a line, not too often, and clears it', async () => {
  const { io, clock } = watched();
  const progress = createProgress(io, true);
  for (clock.ms = 0; clock.ms < 1000; clock.ms += 10) progress.update(READING);
  await progress.clear();
  assert.equal(io.err.length, 5 + 1);
  assert.match(io.err[0], /^\r\x1b\[2K\[#{10}-{10}\] client 50 %, 100\.0 MB\/s, 1 s left$/);
  assert.equal(io.err.at(-1), '\r\x1b[2K');
});

test('nobody watching, nothing shown', () => {
  for (const change of [{ stderrTTY: false }, { env: { TERM: 'dumb' } }, { env: { CI: 'true' } }]) {
    const { io, clock } = watched(change);
    const progress = createProgress(io, true);
    clock.ms = 5000;
    progress.update(READING);
    assert.deepEqual(io.err, []);
  }
  const { io, clock } = watched();
  const unwanted = createProgress(io, false);
  clock.ms = 5000;
  unwanted.update(READING);
  assert.deepEqual(io.err, []);
});

test('a narrow terminal gets a line that does not wrap', () => {
  const { io, clock } = watched({ columns: 20 });
  const progress = createProgress(io, true);
  clock.ms = 5000;
  progress.update(READING);
  assert.equal(io.err[0].replace('\r\x1b[2K', ''), 'client 50 %, 10.0 M');
});

test('both captures, a pipe, and files that lie about their size', () => {
  const server = { vantage: 'server', bytes: 10e6, totalBytes: 40e6, frames: 10 };
  assert.equal(progressText([READING, server], 2), 'client 50 %, server 25 %, 30.0 MB/s, 3 s left');
  const pipe = { ...READING, totalBytes: null, frames: 1_234_567 };
  assert.equal(progressText([pipe], 1), 'client 1,234,567 frames, 50.0 MB/s');
  assert.equal(progressText([{ ...READING, bytes: 120e6 }], 1), 'client 100 %, 120.0 MB/s, 0 s left');
  assert.equal(progressText([{ ...READING, bytes: 0, totalBytes: 0 }], 1), 'client 100 %');
});

test('the bar is over all captures, and there is none where the end of one is not known', () => {
  const server = { vantage: 'server', bytes: 0, totalBytes: 100e6, frames: 10 };
  assert.equal(progressBar([READING, server]), `[${'#'.repeat(5)}${'-'.repeat(15)}] `);
  assert.equal(progressBar([READING, { ...server, totalBytes: null }]), '');
  assert.equal(progressBar([{ ...READING, bytes: 900e6 }]), `[${'#'.repeat(20)}] `);
  assert.equal(progressBar([{ ...READING, totalBytes: 0 }]), '');
});
