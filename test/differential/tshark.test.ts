import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { committedCaptures } from '../support/captures.js';
import { reported } from '../support/reported.js';
import { ROOT } from '../support/root.js';
import { dissected, tsharkVersion } from '../support/tshark.js';

const skip =
  tsharkVersion() === null
    ? 'tshark is not installed: install the package "tshark" to compare with it'
    : false;
const concurrency = 4;

test('tshark and the report agree on every committed capture', { skip, concurrency }, async (t) => {
  const captures = committedCaptures();
  assert.ok(captures.length > 0);
  await Promise.all(
    captures.map((capture) =>
      t.test(capture, async () => {
        const path = join(ROOT, capture);
        const [{ warnings, ...ours }, theirs] = await Promise.all([reported(path), dissected(path)]);
        assert.deepEqual(ours, theirs);
        assert.deepEqual(warnings, []);
      }),
    ),
  );
});
