import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AddressTable } from '#src/flow/addresses.js';
import { ipv6Bytes } from '../support/address.js';
import { Story } from '../support/story.js';
import { Tape } from '../support/tape.js';

const address = fc.uint8Array({ minLength: 16, maxLength: 16 });

test('an IPv4 address is its number', () => {
  const table = new AddressTable();
  assert.equal(table.format(4, 0xc000_02ff), '192.0.2.255');
  assert.equal(table.format(4, 0), '0.0.0.0');
});

/** Texts by RFC 5952, section 4. */
const TEXTS = [
  '::',
  '::1',
  '1::',
  '2001:db8::1',
  '2001:db8:0:1:1:1:1:1',
  '2001:0:0:1::1',
  '2001:db8::1:0:0:1',
  'fe80::abcd:ef01:2345:6789',
  'ff:e:d:c:b:a:9:8',
];

for (const text of TEXTS) {
  test(`${text} is written as RFC 5952 wants it`, () => {
    const table = new AddressTable();
    assert.equal(table.format(6, table.intern(Uint8Array.from(ipv6Bytes(text)), 0)), text);
  });
}

test('an address has one row, wherever its bytes lie', () => {
  const table = new AddressTable();
  const bytes = Uint8Array.from([9, 9, 9, ...ipv6Bytes('2001:db8::1'), 9]);
  assert.equal(table.intern(bytes, 3), table.intern(Uint8Array.from(ipv6Bytes('2001:db8::1')), 0));
});

test('distinct addresses have distinct rows, however many there are', () => {
  fc.assert(
    fc.property(fc.array(address, { minLength: 1, maxLength: 600 }), (all) => {
      const table = new AddressTable();
      const rows = all.map((bytes) => table.intern(bytes, 0));
      const distinct = new Set(all.map((bytes) => bytes.join()));
      assert.deepEqual(new Set(rows), new Set(Array.from({ length: distinct.size }, (_, i) => i)));
      assert.deepEqual(
        all.map((bytes) => table.intern(bytes, 0)),
        rows,
      );
    }),
    { numRuns: 30 },
  );
});

test('connections over IPv6 are told apart by their addresses, and told from IPv4', () => {
  const tape = new Tape();
  const server = { ip: '2001:db8::443', port: 443 };
  for (let i = 0; i < 300; i += 1)
    new Story(tape, { ip: `2001:db8::${i.toString(16)}:1`, port: 5 }, server, [i, i]).handshake();
  const connections = tape.connections();
  assert.equal(connections.length, 300);
  const { endpoints, family, segments } = connections[299];
  assert.deepEqual([endpoints[0].ip, endpoints[1], family], ['2001:db8::12b:1', server, 6]);
  assert.equal(segments[0].ipId, null);
});
