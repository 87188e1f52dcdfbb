import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STOP_NESTED, STOP_NONE } from '#src/wire/segment.js';
import { readMptcpReset, readWindowScale } from '#src/wire/tcp-options.js';
import { decode } from '../support/decode.js';
import { fragment, ipv4, ipv6, options } from '../support/ip.js';
import * as link from '../support/link.js';
import { maximumSegmentSize, tcp, timestamps, windowScale } from '../support/tcp.js';

const LINK_TYPES = [link.ETHERNET, link.RAW, link.SLL, link.SLL2, link.IPV4, link.IPV6, 0, 9999];
const SEGMENT = tcp({
  options: [maximumSegmentSize(1460), timestamps(1), windowScale(7)],
  payload: [1, 2, 3],
});
const GOOD = [
  link.ethernet(ipv4({ options: [1, 1, 1, 1] }, SEGMENT), { vlans: [link.VLAN] }),
  link.ethernet(ipv6({ extensions: [options(0), options(60, 1), fragment(0, true)] }, SEGMENT)),
];

/** Whatever a frame holds: no exception, no hang, nothing claimed that lies outside of it. */
function check(bytes: Uint8Array, linkType: number, snapLength: number): void {
  const { found, segment } = decode(bytes, { linkType, snapLength });
  assert.ok(segment.stop >= STOP_NONE && segment.stop <= STOP_NESTED);
  assert.equal(found, segment.stop === STOP_NONE);
  if (!found) return;
  const start = 96;
  const end = start + snapLength;
  assert.ok(segment.end <= end && segment.optionsEnd <= end);
  assert.ok(segment.sourceAt >= start && segment.destinationAt < end);
  assert.ok(segment.payloadLength >= 0 && segment.payloadLength <= bytes.length);
  assert.ok(readWindowScale(segment) <= 255);
  assert.ok(readMptcpReset(segment) <= 255);
}

test('random bytes never throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 160 }),
      fc.constantFrom(...LINK_TYPES),
      fc.nat(),
      (bytes, linkType, cut) => check(bytes, linkType, bytes.length - (cut % (bytes.length + 1))),
    ),
    { numRuns: 3000 },
  );
});

test('good frames with some bytes changed never throw', () => {
  const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(
      fc.constantFrom(...GOOD),
      fc.array(change, { maxLength: 6 }),
      fc.nat({ max: 40 }),
      (good, changes, cut) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        check(bytes, link.ETHERNET, bytes.length - cut);
      },
    ),
    { numRuns: 5000 },
  );
});
