import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { main } from '#src/cli/main.js';
import { fakeIo } from '../cli/fake-io.js';
import { join as joined } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { Blocks, comment, interfaceName } from '../support/pcapng.js';
import { ROOT } from '../support/root.js';

const folder = temporaryFolder();
const CLASSIC = readFileSync(join(ROOT, 'fixtures', 'captures', 'client-snat', 'client.pcap')).subarray(
  0,
  700,
);

/** The same frames as pcapng, with one of every kind of block that is read. */
function withBlocks(): Uint8Array {
  const blocks = new Blocks();
  const packets: Uint8Array[] = [];
  for (let at = 24; at + 16 <= CLASSIC.length; ) {
    const bytes = CLASSIC.subarray(at + 16, at + 16 + CLASSIC.readUInt32LE(at + 8));
    packets.push(blocks.packet(bytes, { time: BigInt(packets.length), options: [comment('x')] }));
    at += 16 + CLASSIC.readUInt32LE(at + 8);
  }
  const described = blocks.interface(CLASSIC.readUInt32LE(20), [interfaceName('eth0')]);
  const counts = blocks.statistics(0, [[5, blocks.u64(3n)]]);
  return joined(
    blocks.section(),
    described,
    ...packets,
    blocks.simplePacket([1]),
    blocks.oldPacket([2]),
    counts,
  );
}

/** Exit code of the whole program for one capture; whatever it says on standard error is one line. */
async function exitCode(bytes: Uint8Array): Promise<number> {
  const io = fakeIo();
  const code = await main(['--json', folder.write('mutant', bytes)], io);
  const said = io.err.join('');
  assert.match(said, /^(rst-analyze: [^\n]*\n)?$/);
  assert.doesNotMatch(said, /this is a bug/);
  assert.equal(said === '', code !== 2);
  return code;
}

for (const [name, file] of [
  ['pcap', Uint8Array.from(CLASSIC)],
  ['pcapng', withBlocks()],
] as const) {
  test(`a ${name} file cut at any byte is read, or refused in one line`, async () => {
    for (let length = 0; length <= file.length; length += 1) {
      const code = await exitCode(file.subarray(0, length));
      assert.ok(code === 0 || (code === 2 && length < 28), `${length} bytes: exit code ${code}`);
    }
  });

  test(`a ${name} file with any bytes changed is read, or refused in one line`, async () => {
    const edit = fc.tuple(fc.nat(file.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0x10));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const mutant = file.slice();
        for (const [at, value] of edits) mutant[at] = value;
        assert.ok([0, 1, 2].includes(await exitCode(mutant)));
      }),
      { numRuns: 300 },
    );
  });
}
