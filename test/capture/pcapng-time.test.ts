import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TimeUnit } from '#src/capture/pcapng/time-unit.js';
import { join } from '../support/bytes.js';
import { type BlockOption, Blocks, resolution } from '../support/pcapng.js';
import { readCapture } from '../support/read-capture.js';

const SECOND = 1_000_000_000n;
const NOW = 1_700_000_000n;
const POWER_OF_TWO = 0x80;

/** Ticks a second, and the byte that says so. */
const UNITS = [
  ...[0, 1, 3, 6, 7, 9, 12, 15, 18].map((power) => [10n ** BigInt(power), power] as const),
  ...[0, 1, 8, 10, 16, 20, 23, 24, 30, 32, 34].map(
    (power) => [2n ** BigInt(power), POWER_OF_TWO | power] as const,
  ),
];

for (const [ticks, byte] of UNITS) {
  test(`${ticks} ticks a second: times are exact, what is finer than a nanosecond is cut off`, () => {
    const unit = new TimeUnit(byte, 0);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (stamp) => {
        unit.read(Number(stamp >> 32n), Number(stamp & 0xffff_ffffn));
        const exact = (stamp * SECOND) / ticks;
        // Seconds beyond 2^53 have no exact double; no clock has them either.
        if (stamp / ticks > BigInt(Number.MAX_SAFE_INTEGER)) return;
        assert.equal(BigInt(unit.seconds) * SECOND + BigInt(unit.nanoseconds), exact);
      }),
    );
  });
}

test('the times of a capture are exact nanoseconds since its first frame, over days', async () => {
  const blocks = new Blocks();
  const stamps = [NOW * SECOND + 999_999_999n, (NOW + 8_640_000n) * SECOND + 1n];
  const packets = stamps.map((time) => blocks.packet([1], { time }));
  const file = join(blocks.section(), blocks.interface(1, [resolution(9)]), ...packets);
  const { baseTime, frames } = await readCapture(file);
  assert.equal(baseTime, stamps[0]);
  assert.equal(frames[1].time, Number(stamps[1] - stamps[0]));
});

test('interfaces with different units and offsets share one time line', async () => {
  const blocks = new Blocks(false);
  const offset = (seconds: bigint): BlockOption => [14, blocks.u64(seconds & 0xffff_ffff_ffff_ffffn)];
  const file = join(
    blocks.section(),
    blocks.interface(1),
    blocks.interface(1, [resolution(9), offset(-5n)]),
    blocks.interface(1, [resolution(POWER_OF_TWO | 4), offset(NOW)]),
    blocks.packet([0], { interface: 0, time: NOW * 1_000_000n }),
    blocks.packet([1], { interface: 1, time: (NOW + 6n) * SECOND + 3n }),
    blocks.packet([2], { interface: 2, time: 24n }),
  );
  const { frames } = await readCapture(file);
  assert.deepEqual(
    frames.map(({ time }) => time),
    [0, 1_000_000_003, 1_500_000_000],
  );
});

test('resolutions beyond reason are no reason to fail', async () => {
  for (const byte of [0x7f, 0xff]) {
    const blocks = new Blocks();
    const packet = blocks.packet([1], { time: (1n << 64n) - 1n });
    const { frames } = await readCapture(
      join(blocks.section(), blocks.interface(1, [resolution(byte)]), packet),
    );
    assert.equal(frames[0].time, 0);
  }
});
