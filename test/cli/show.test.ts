import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '#src/cli/main.js';
import { result, smallResult } from '../report/sample.js';
import { fakeDeps, fakeIo } from './fake-io.js';

async function call(argv: string[], found = smallResult()) {
  const io = fakeIo();
  const deps = fakeDeps(found);
  const code = await main(argv, io, deps);
  return { code, out: io.out.join(''), err: io.err.join(''), asked: deps.calls[0] };
}

test('show prints one finding and no other, with all its evidence', async () => {
  const { code, out, asked } = await call(['show', 'F2', 'c.pcap', 's.pcap', '--lb', 'lb.json']);
  assert.equal(code, 0);
  assert.match(out, /^F2 /);
  assert.doesNotMatch(out, /^F1 /m);
  const found = smallResult().findings[1];
  for (const { text } of found.evidence) assert.ok(out.replace(/\s+/g, ' ').includes(text), text);
  assert.deepEqual(asked.lb, ['lb.json']);
  assert.deepEqual(
    asked.captures.map(({ path }) => path),
    ['c.pcap', 's.pcap'],
  );
});

test('a finding may be named in small letters', async () => {
  assert.match((await call(['show', 'f1', 'c.pcap'])).out, /^F1 /);
});

test('a finding that is not there is refused with those that are', async () => {
  const { code, err } = await call(['show', 'F9', 'c.pcap']);
  assert.equal(code, 2);
  assert.match(err, /^rst-analyze: there is no finding F9: these captures give F1 to F3[^\n]*\n$/);
  assert.match((await call(['show', 'F1', 'c.pcap'], result([]))).err, /nothing was found/);
});

test('show without a finding is refused before anything is read', async () => {
  for (const argv of [['show'], ['show', 'c.pcap', 's.pcap']]) {
    const { code, err, asked } = await call(argv);
    assert.equal(code, 2);
    assert.match(err, /say which finding first/);
    assert.equal(asked, undefined);
  }
});
