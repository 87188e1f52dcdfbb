import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DIRECTION_INBOUND, DIRECTION_OUTBOUND, DIRECTION_UNKNOWN } from '#src/capture/frame.js';
import { join, zeros } from '../support/bytes.js';
import { type BlockOption, Blocks, comment, interfaceName } from '../support/pcapng.js';
import { readCapture } from '../support/read-capture.js';

const LITTLE = new Blocks(true);
const BIG = new Blocks(false);
const numbers = async (bytes: Uint8Array) => (await readCapture(bytes)).frames.map(({ number }) => number);

for (const [name, blocks] of [
  ['little endian', LITTLE],
  ['big endian', BIG],
] as const) {
  test(`${name}: the three kinds of packet blocks are frames, in the order of the file`, async () => {
    const file = join(
      blocks.section(),
      blocks.interface(1),
      blocks.packet([1, 2, 3], { time: 5_000_000n, original: 60 }),
      blocks.oldPacket([4, 5], { time: 5_000_001n }),
      blocks.simplePacket([6]),
    );
    const { format, baseTime, frames } = await readCapture(file);
    assert.deepEqual([format, baseTime], ['pcapng', 5_000_000_000n]);
    assert.deepEqual(
      frames.map(({ number, time, bytes, originalLength }) => [number, time, bytes, originalLength]),
      [
        [1, 0, [1, 2, 3], 60],
        [2, 1000, [4, 5], 2],
        [3, 1000, [6], 1],
      ],
    );
  });
}

test('sections of both byte orders follow one another, each with its own interfaces; numbers run on', async () => {
  const section = (blocks: Blocks, linkType: number, byte: number) =>
    join(
      blocks.section({ sectionLength: 4n }),
      blocks.interface(linkType),
      blocks.packet([byte], { time: 9n }),
    );
  const { frames, warnings } = await readCapture(
    join(section(LITTLE, 1, 1), section(BIG, 113, 2), section(LITTLE, 101, 3)),
  );
  assert.deepEqual(
    frames.map(({ number, linkType, bytes, time }) => [number, linkType, bytes[0], time]),
    [
      [1, 1, 1, 0],
      [2, 113, 2, 0],
      [3, 101, 3, 0],
    ],
  );
  assert.deepEqual(warnings, []);
});

test('interfaces of one section may have different link types', async () => {
  const packets = [1, 0, 1].map((number) => LITTLE.packet([number], { interface: number }));
  const { frames } = await readCapture(
    join(LITTLE.section(), LITTLE.interface(1), LITTLE.interface(276), ...packets),
  );
  assert.deepEqual(
    frames.map(({ linkType }) => linkType),
    [276, 1, 276],
  );
});

const OTHER_BLOCKS: readonly (readonly [name: string, type: number])[] = [
  ['name resolution', 4],
  ['a systemd journal entry', 9],
  ['decryption secrets', 10],
  ['a custom block', 0xbad],
  ['a custom block that is not to be copied', 0x4000_0bad],
  ['a block that nobody knows', 0x7777],
];
for (const [name, type] of OTHER_BLOCKS) {
  test(`${name} is passed over by its length and has no frame number`, async () => {
    const other = LITTLE.block(type, zeros(40));
    const file = join(
      LITTLE.section(),
      other,
      LITTLE.interface(),
      other,
      LITTLE.packet([1]),
      other,
      LITTLE.packet([2]),
    );
    const { frames, warnings } = await readCapture(file);
    assert.deepEqual(
      frames.map(({ number, bytes }) => [number, bytes[0]]),
      [
        [1, 1],
        [2, 2],
      ],
    );
    assert.deepEqual(warnings, []);
  });
}

test('the direction in the flags of a packet is kept, whatever other options stand around it', async () => {
  const flags = (bits: number): BlockOption => [2, LITTLE.u32(bits | 0xf000_0000)];
  const options = [[flags(1)], [comment('odd'), flags(2)], [flags(0), comment('x')], [comment('none')], []];
  const packets = options.map((one, i) => LITTLE.packet([i, i, i], { options: one }));
  const { frames } = await readCapture(join(LITTLE.section(), LITTLE.interface(), ...packets));
  assert.deepEqual(
    frames.map(({ direction }) => direction),
    [DIRECTION_INBOUND, DIRECTION_OUTBOUND, DIRECTION_UNKNOWN, DIRECTION_UNKNOWN, DIRECTION_UNKNOWN],
  );
});

test('a simple packet block is cut where its interface was told to cut', async () => {
  const file = join(
    LITTLE.section(),
    LITTLE.interface(1, [], 2),
    LITTLE.simplePacket([1, 2], 90),
    LITTLE.packet([7]),
  );
  const { frames, warnings, baseTime } = await readCapture(file);
  assert.deepEqual([frames[0].bytes, frames[0].originalLength, frames[0].time], [[1, 2], 90, 0]);
  assert.equal(baseTime, 0n);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['no-times'],
  );
});

test('drops are the last counts of each interface, summed over interfaces and sections', async () => {
  const counts = (ifDrop: bigint, osDrop: bigint): BlockOption[] => [
    [5, LITTLE.u64(ifDrop)],
    [7, LITTLE.u64(osDrop)],
  ];
  const section = join(
    LITTLE.section(),
    LITTLE.interface(),
    LITTLE.interface(),
    LITTLE.statistics(0, counts(1n, 1n)),
    LITTLE.statistics(0, counts(3n, 1n)),
    LITTLE.statistics(1, [[5, LITTLE.u64(10n)]]),
    LITTLE.statistics(9, counts(99n, 99n)),
  );
  const { dropsReported, warnings } = await readCapture(join(section, section));
  assert.equal(dropsReported, 28);
  assert.match(warnings[0].message, /^28 packets were dropped before they were written/);
  const silent = await readCapture(join(LITTLE.section(), LITTLE.interface(), LITTLE.statistics(0, [])));
  assert.deepEqual([silent.dropsReported, silent.warnings], [null, []]);
});

test('one interface can be asked for by name or number; frames keep their numbers in the file', async () => {
  const described = [interfaceName('eth0'), interfaceName('eth1')].map((name) => LITTLE.interface(1, [name]));
  const packets = [0, 1, 1, 0].map((number) =>
    LITTLE.packet([number], { interface: number, time: BigInt(number) }),
  );
  const file = join(LITTLE.section(), ...described, ...packets);
  for (const choice of ['eth1', '1']) {
    const { frames, baseTime } = await readCapture(file, { choice });
    assert.deepEqual(
      frames.map(({ number, bytes, time }) => [number, bytes[0], time]),
      [
        [2, 1, 0],
        [3, 1, 0],
      ],
    );
    assert.equal(baseTime, 1000n);
  }
});

test('packets of an interface that is not described keep their numbers and are said', async () => {
  const file = join(
    LITTLE.section(),
    LITTLE.interface(),
    LITTLE.packet([1], { interface: 3 }),
    LITTLE.packet([2]),
  );
  const { frames, warnings } = await readCapture(file);
  assert.deepEqual(
    frames.map(({ number }) => number),
    [2],
  );
  assert.match(warnings[0].message, /^1 frames of an interface that the capture does not describe/);
});

test('a packet that claims more than its block holds gives what is there', async () => {
  const file = join(
    LITTLE.section(),
    LITTLE.interface(),
    LITTLE.packet([1, 2, 3, 4], { captured: 4000 }),
    LITTLE.packet([5]),
  );
  const { frames, warnings } = await readCapture(file);
  assert.deepEqual(
    frames.map(({ bytes, originalLength }) => [bytes.length, originalLength]),
    [
      [4, 4000],
      [1, 1],
    ],
  );
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['impossible-length'],
  );
});

test('a section of a newer version is passed over, with a warning', async () => {
  const section = (major: number, byte: number) =>
    join(LITTLE.section({ major }), LITTLE.interface(), LITTLE.packet([byte]));
  const { frames, warnings } = await readCapture(join(section(1, 1), section(2, 2), section(1, 3)));
  assert.deepEqual(
    frames.map(({ number, bytes }) => [number, bytes[0]]),
    [
      [1, 1],
      [2, 3],
    ],
  );
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['unknown-version'],
  );
});

test('frames are the same however the bytes arrive', async () => {
  const file = join(
    LITTLE.section(),
    LITTLE.interface(),
    ...Array.from({ length: 30 }, (_, i) =>
      LITTLE.packet(zeros(i * 7), { time: BigInt(i), options: [comment('é')] }),
    ),
  );
  const whole = await readCapture(file);
  assert.equal(whole.frames.length, 30);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), async (sizes) => {
      let reads = 0;
      assert.deepEqual(await readCapture(file, { pieces: () => sizes[reads++ % sizes.length] }), whole);
    }),
    { numRuns: 40 },
  );
});

test('a capture of nothing but its section is a capture', async () => {
  assert.deepEqual(await numbers(LITTLE.section()), []);
});
