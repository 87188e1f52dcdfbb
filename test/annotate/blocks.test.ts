import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { test } from 'node:test';
import { copyPcapng } from '#src/annotate/copy-pcapng.js';
import { fileSink } from '#src/annotate/sink.js';
import { ipBytes } from '#src/ip-bytes.js';
import { join, zeros } from '../support/bytes.js';
import { withFolder } from '../support/folder.js';
import { Blocks, comment } from '../support/pcapng.js';

const FRAME = zeros(61);

/** The bytes of a copy, and how many comments had no place in it. */
async function copied(bytes: Uint8Array, comments: ReadonlyMap<number, string>) {
  let outcome = { bytes: new Uint8Array(0), unplaced: 0 };
  await withFolder(async (folder) => {
    const [path, target] = [joinPath(folder, 'a.pcapng'), joinPath(folder, 'b.pcapng')];
    writeFileSync(path, bytes);
    const sink = await fileSink(target);
    const unplaced = await copyPcapng(path, comments, sink);
    await sink.close();
    outcome = { bytes: new Uint8Array(readFileSync(target)), unplaced };
  });
  return outcome;
}

for (const little of [true, false]) {
  const blocks = new Blocks(little);
  const order = little ? 'little-endian' : 'big-endian';
  const head = join(blocks.section(), blocks.interface(), blocks.block(0x0bad, zeros(8)));
  const tail = join(blocks.statistics(0, []), blocks.block(0x7777_7777, zeros(4)));

  test(`${order}: without comments nothing changes, whatever blocks there are`, async () => {
    const bytes = join(head, blocks.packet(FRAME), blocks.simplePacket(zeros(60)), tail);
    assert.deepEqual((await copied(bytes, new Map())).bytes, bytes);
  });

  test(`${order}: a comment goes before the options that are there, and only where it belongs`, async () => {
    const own = [comment('mine')] as const;
    const bytes = join(head, blocks.packet(FRAME), blocks.packet(FRAME, { options: own }), tail);
    const expected = join(
      head,
      blocks.packet(FRAME, { options: [comment('one')] }),
      blocks.packet(FRAME, { options: [comment('two'), ...own] }),
      tail,
    );
    const comments = new Map([
      [1, 'one'],
      [2, 'two'],
    ]);
    assert.deepEqual(await copied(bytes, comments), { bytes: expected, unplaced: 0 });
  });

  test(`${order}: a section that told its length tells it no longer`, async () => {
    const bytes = join(blocks.section({ sectionLength: 400n }), blocks.interface(), blocks.packet(FRAME));
    const expected = join(blocks.section(), blocks.interface(), blocks.packet(FRAME));
    assert.deepEqual((await copied(bytes, new Map())).bytes, expected);
  });

  test(`${order}: a simple packet block has no room for a comment, and that is said`, async () => {
    const bytes = join(head, blocks.simplePacket(zeros(60)));
    assert.deepEqual(await copied(bytes, new Map([[1, 'one']])), { bytes, unplaced: 1 });
  });

  test(`${order}: damage is copied as it is, and comments behind it still find their frames`, async () => {
    const garbage = zeros(64).fill(0x5a);
    const [first, second] = [blocks.packet(FRAME), blocks.packet(FRAME)];
    const bytes = join(head, first, garbage, second, tail);
    const commented = blocks.packet(FRAME, { options: [comment('two')] });
    assert.deepEqual(
      (await copied(bytes, new Map([[2, 'two']]))).bytes,
      join(head, first, garbage, commented, tail),
    );
  });
}

test('a comment of any length fits, cut between characters', async () => {
  const blocks = new Blocks();
  const bytes = join(blocks.section(), blocks.interface(), blocks.packet(FRAME));
  const { bytes: copy } = await copied(bytes, new Map([[1, 'é'.repeat(100_000)]]));
  const view = new DataView(copy.buffer, copy.byteOffset);
  const option = bytes.length - 4;
  assert.equal(view.getUint16(option, true), 1);
  const text = copy.subarray(option + 4, option + 4 + view.getUint16(option + 2, true));
  assert.match(new TextDecoder('utf-8', { fatal: true }).decode(text), /^é+$/);
});

test('addresses as bytes', () => {
  assert.deepEqual([...ipBytes('10.1.0.255')], [10, 1, 0, 255]);
  assert.deepEqual([...ipBytes('2001:db8::1')], [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 1]);
  assert.deepEqual([...ipBytes('::')], Array(16).fill(0));
  assert.deepEqual([...ipBytes('fe80::')], [0xfe, 0x80, ...Array(14).fill(0)]);
});
