import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anonymize } from '#src/anonymize/anonymize.js';
import { CryptoPan } from '#src/anonymize/crypto-pan.js';
import { ipBytes, ipText } from '#src/ip-bytes.js';
import { resultSchema } from '#src/result.js';
import { backendReset, fullResult, result } from '../report/sample.js';

/** Key and addresses of the sample that comes with the authors' Crypto-PAn 1.0. */
const KEY = Uint8Array.of(
  ...[21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16],
  ...[216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2],
);
const SAMPLE = [
  ['128.11.68.132', '135.242.180.132'],
  ['129.118.74.4', '134.136.186.123'],
  ['130.132.252.244', '133.68.164.234'],
  ['141.223.7.43', '141.167.8.160'],
  ['141.233.145.108', '141.129.237.235'],
];

test('addresses become what the authors of Crypto-PAn publish for their sample key', () => {
  const pan = new CryptoPan(KEY);
  for (const [address, expected] of SAMPLE) assert.equal(ipText(pan.anonymize(ipBytes(address))), expected);
});

const commonBits = (a: Uint8Array, b: Uint8Array): number => {
  for (let bit = 0; bit < a.length * 8; bit += 1)
    if (((a[bit >> 3] ^ b[bit >> 3]) & (0x80 >> (bit & 7))) !== 0) return bit;
  return a.length * 8;
};

for (const length of [4, 16]) {
  test(`addresses of ${length} bytes keep the length of the prefix that they share, and differ where they did`, () => {
    const pan = new CryptoPan(KEY);
    const address = fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(address, fc.nat(length * 8 - 1), (a, bit) => {
        const b = a.slice();
        b[bit >> 3] ^= 0x80 >> (bit & 7);
        assert.equal(commonBits(pan.anonymize(a), pan.anonymize(b)), bit);
      }),
    );
  });
}

test('addresses as text and back', () => {
  for (const ip of ['10.0.0.1', '2001:db8::1', '::', 'fe80::1:0:0:1', '::ffff:a00:1'])
    assert.equal(ipText(ipBytes(ip)), ip);
});

test('no address and no payload of a report is left in it, and it is still a report', () => {
  const before = fullResult();
  before.findings[0].evidence[0].text = 'sent by [2001:db8::7]:443, 10.1.0.4:51234 and ::1, at 07:45:24.850';
  before.captures[0].path = '/tmp/10.1.0.4.pcap';
  const after = anonymize(before, KEY);
  resultSchema.parse(after);
  const text = JSON.stringify(after);
  for (const ip of ['10.1.0.4', '20.50.1.2', '10.0.0.5', '2001:db8:', 'fd00::5', '192.168.100.200'])
    assert.ok(!text.includes(ip), ip);
  assert.ok(!text.includes('No response from server'));
  assert.match(after.findings[0].evidence[0].text, /at 07:45:24\.850$/);
  assert.equal(after.findings.length, before.findings.length);
});

test('a payload is left out wherever it is quoted', () => {
  const found = backendReset('F1');
  found.evidence[0].text = 'the RST says "No response from server"';
  found.reason = {
    vantage: 'server',
    frame: 4011,
    source: 'text',
    code: null,
    name: 'words',
    means: 'unknown',
    payloadText: 'No response from server',
  };
  const [after] = anonymize(result([found]), KEY).findings;
  assert.equal(after.evidence[0].text, 'the RST says "(left out)"');
  assert.ok(after.resets.every(({ payloadText }) => payloadText === null));
  assert.equal(after.reason?.payloadText, null);
});

test('the same key gives the same report, another one another', () => {
  const again = anonymize(fullResult(), KEY);
  assert.deepEqual(anonymize(fullResult(), KEY), again);
  assert.notDeepEqual(
    anonymize(
      fullResult(),
      KEY.map((byte) => byte ^ 1),
    ),
    again,
  );
});
