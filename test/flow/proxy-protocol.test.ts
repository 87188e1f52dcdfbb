import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Beginning,
  OPENED_ANNOUNCED,
  OPENED_LOCAL,
  OPENED_PROXY_V1,
  OPENED_PROXY_V2,
} from '#src/flow/opening/beginning.js';
import { readProxyHeader } from '#src/flow/opening/proxy-protocol.js';

const text = (line: string) => new TextEncoder().encode(line);

/** A header of version 2. */
function binary(command: number, family: number, rest: readonly number[], length = rest.length): Uint8Array {
  const signature = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];
  return Uint8Array.of(...signature, command, family, length >> 8, length & 0xff, ...rest);
}

const V4 = [192, 0, 2, 1, 198, 51, 100, 7, 0x9c, 0x40, 0x01, 0xbb];

function read(bytes: Uint8Array) {
  const said = new Beginning();
  return { after: readProxyHeader(bytes, 0, bytes.length, said), said };
}

test('version 1 names the client and whom it called', () => {
  const { after, said } = read(text('PROXY TCP4 192.0.2.1 198.51.100.7 40000 443\r\nhello'));
  assert.equal(after, 45);
  assert.equal(said.kinds, OPENED_PROXY_V1 | OPENED_ANNOUNCED);
  assert.deepEqual([...said.source.bytes.subarray(0, 4), said.source.port], [192, 0, 2, 1, 40_000]);
  assert.deepEqual([...said.destination.bytes.subarray(0, 4), said.destination.port], [198, 51, 100, 7, 443]);
});

test('version 1 of IPv6', () => {
  const { said } = read(text('PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n'));
  assert.equal(said.source.family, 6);
  assert.deepEqual([...said.source.bytes], [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('version 1 that knows nobody names nobody', () => {
  const { after, said } = read(text('PROXY UNKNOWN\r\n'));
  assert.equal(after, 15);
  assert.equal(said.kinds, OPENED_PROXY_V1);
});

test('version 2 names the client, whatever else it carries', () => {
  const { after, said } = read(binary(0x21, 0x11, [...V4, 0x04, 0, 1, 0]));
  assert.equal(after, 32);
  assert.equal(said.kinds, OPENED_PROXY_V2 | OPENED_ANNOUNCED);
  assert.deepEqual([...said.source.bytes.subarray(0, 4), said.source.port], [192, 0, 2, 1, 40_000]);
});

test('LOCAL names nobody', () => {
  const { after, said } = read(binary(0x20, 0x00, []));
  assert.equal(after, 16);
  assert.equal(said.kinds, OPENED_PROXY_V2 | OPENED_LOCAL);
});

test('what is no header is left alone', () => {
  for (const bytes of [text('GET / HTTP/1.1\r\n'), text(''), text('PROX'), text('PROXYTCP4')])
    assert.equal(read(bytes).after, 0);
});

test('a header that is cut anywhere is not read', () => {
  const line = text('PROXY TCP4 192.0.2.1 198.51.100.7 40000 443\r\n');
  for (let length = 6; length < line.length; length += 1)
    assert.equal(read(line.subarray(0, length)).after, -1, `${length} bytes`);
  const whole = binary(0x21, 0x11, V4);
  for (let length = 12; length < whole.length; length += 1)
    assert.equal(read(whole.subarray(0, length)).after, -1, `${length} bytes`);
});

test('a header with false numbers names nobody', () => {
  const lines = [
    'PROXY TCP4 192.0.2.256 198.51.100.7 40000 443\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.7 40000 65536\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.7 40000\r\n',
    'PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n',
    'PROXY TCP5 192.0.2.1 198.51.100.7 40000 443\r\n',
    `PROXY TCP4 ${'1'.repeat(120)}\r\n`,
    'PROXY TCP4 192.0.2.1 198.51.100.7 40000 443\r\r',
  ];
  for (const line of lines) {
    const { after, said } = read(text(line));
    assert.equal(after, -1, line);
    assert.equal(said.kinds & OPENED_ANNOUNCED, 0, line);
  }
  assert.equal(read(binary(0x31, 0x11, V4)).after, -1);
});

test('a length that the addresses do not fit in names nobody', () => {
  for (const family of [0x11, 0x21, 0x12, 0x31, 0xff]) {
    const { after, said } = read(binary(0x21, family, V4.slice(0, 11)));
    assert.equal(after, 27);
    assert.equal(said.kinds & OPENED_ANNOUNCED, 0);
  }
  assert.equal(read(binary(0x21, 0x11, V4, 0xffff)).after, -1);
});
