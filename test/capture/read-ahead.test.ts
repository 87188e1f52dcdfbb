import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReadAheadSource } from '#src/capture/read-ahead.js';
import type { ByteSource } from '#src/capture/source.js';
import { memorySource } from '../support/read.js';

/** Everything that a source gives when asked for so much at a time. */
async function drained(source: ByteSource, lengths: () => number): Promise<number[]> {
  const got: number[] = [];
  const target = new Uint8Array(64);
  for (;;) {
    const count = await source.read(target, 3, lengths());
    if (count === 0) return got;
    got.push(...target.subarray(3, 3 + count));
  }
}

test('reading ahead changes no byte, however much is asked for and given at a time', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), sizes, sizes, async (bytes, given, asked) => {
      const turn = (values: number[]) => {
        let i = 0;
        return () => values[i++ % values.length];
      };
      const source = new ReadAheadSource(memorySource(bytes, turn(given)));
      assert.deepEqual(await drained(source, turn(asked)), [...bytes]);
      await source.close();
    }),
  );
});

test('an error is told to who asks for what could not be read, and to nobody else', async () => {
  const failing: ByteSource = {
    size: null,
    read: () => Promise.reject(new Error('the disk is gone')),
    close: async () => {},
  };
  const source = new ReadAheadSource(failing);
  await assert.rejects(source.read(new Uint8Array(4), 0, 4), /the disk is gone/);
  await source.close();
});

test('a file is closed only after the read that is under way', async () => {
  const order: string[] = [];
  let give: (count: number) => void = () => {};
  const slow: ByteSource = {
    size: null,
    read: () =>
      new Promise((resolve) => {
        give = (count) => {
          order.push('read');
          resolve(count);
        };
      }),
    close: async () => {
      order.push('closed');
    },
  };
  const source = new ReadAheadSource(slow);
  const first = source.read(new Uint8Array(8), 0, 8);
  give(8);
  await first;
  const closing = source.close();
  give(0);
  await closing;
  assert.deepEqual(order, ['read', 'read', 'closed']);
});
