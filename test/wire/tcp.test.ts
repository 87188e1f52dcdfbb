import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_MALFORMED, STOP_NONE, STOP_TRUNCATED } from '#src/wire/segment.js';
import { join, zeros } from '../support/bytes.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { ipv4, ipv6 } from '../support/ip.js';
import { ethernet } from '../support/link.js';
import { flagBits, NOP, type TcpFields, tcp, timestamps } from '../support/tcp.js';

const frame = (fields: TcpFields) => ethernet(ipv4({}, tcp(fields)));

test('the fields of the header are read, up to their largest values', () => {
  const fields = {
    sourcePort: 65_535,
    destinationPort: 1,
    seq: 0xffff_ffff,
    ack: 0x8000_0000,
    window: 65_535,
  };
  const segment = segmentOf(frame({ ...fields, flags: 'SAFRPU' }));
  const { sourcePort, destinationPort, seq, ack, window } = segment;
  assert.deepEqual({ sourcePort, destinationPort, seq, ack, window }, fields);
  assert.equal(segment.flags, 0x3f);
  assert.equal(segment.stop, STOP_NONE);
});

test('what no stack would send is read as it is: port 0, no flags, SYN with RST', () => {
  const { sourcePort, flags } = segmentOf(frame({ sourcePort: 0, flags: '' }));
  assert.deepEqual([sourcePort, flags], [0, 0]);
  assert.equal(segmentOf(frame({ flags: 'SR' })).flags, flagBits('SR'));
});

test('padding that the link layer added is no payload', () => {
  for (const packet of [ipv4({}, tcp({ flags: 'R' })), ipv6({}, tcp({ flags: 'R' }))]) {
    const segment = segmentOf(join(ethernet(packet), zeros(6)));
    assert.equal(segment.payloadLength, 0);
    assert.equal(segment.end, segment.payloadAt);
  }
});

test('payload has its length on the wire, whatever the snapshot length left of it', () => {
  const whole = frame({ payload: zeros(1000), options: [timestamps(7)] });
  for (const snapLength of [whole.length, 500, 66]) {
    const segment = segmentOf(whole, { snapLength });
    assert.equal(segment.payloadLength, 1000);
    assert.equal(segment.end - segment.payloadAt, snapLength - 66);
  }
});

test('a frame cut after 20 bytes of TCP header still counts, and says that options are missing', () => {
  const whole = frame({ flags: 'R', options: [NOP, NOP, timestamps(7)], payload: zeros(5) });
  const segment = segmentOf(whole, { snapLength: 14 + 20 + 20 });
  assert.equal(segment.optionsCut, true);
  assert.equal(segment.optionsEnd, segment.optionsAt);
  assert.equal(segment.hasTimestamp, false);
  assert.equal(segment.payloadLength, 5);
  assert.equal(segmentOf(whole).optionsCut, false);
});

test('a frame cut earlier has no segment', () => {
  assert.equal(stopOf(frame({}), { snapLength: 14 + 20 + 19 }), STOP_TRUNCATED);
});

test('a header length that cannot be is damage', () => {
  for (const words of [0, 4, 6, 15]) assert.equal(stopOf(frame({ words })), STOP_MALFORMED);
});

test('a segment shorter than any TCP header is damage', () => {
  assert.equal(stopOf(ethernet(ipv4({}, zeros(19)))), STOP_MALFORMED);
  assert.equal(stopOf(ethernet(ipv6({}, zeros(19)))), STOP_MALFORMED);
});
