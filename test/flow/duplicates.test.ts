import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Host, Tape, type Told } from '../support/tape.js';

const CLIENT: Host = { ip: '10.0.0.1', port: 40_000 };
const SERVER: Host = { ip: '10.0.0.2', port: 443 };
const V6: [Host, Host] = [
  { ip: '2001:db8::1', port: 40_000 },
  { ip: '2001:db8::2', port: 443 },
];
const MICROSECONDS = 1e-6;

/** A capture in which every packet is recorded `times` times, some microseconds apart, each one hop further. */
function recorded(times: number, { hops = 0, ids = true, hosts = [CLIENT, SERVER], gap = 20 } = {}): Tape {
  const tape = new Tape();
  let id = 100;
  const say = (from: 0 | 1, told: Told & { at: number }) => {
    id += 1;
    for (let copy = 0; copy < times; copy += 1) {
      const at = told.at + copy * gap * MICROSECONDS;
      tape.send(hosts[from], hosts[1 - from], { ...told, at, ipId: ids ? id : 0, ttl: 64 - copy * hops });
    }
  };
  say(0, { at: 0, flags: 'S', seq: 999 });
  say(1, { at: 0.01, flags: 'SA', seq: 4999, ack: 1000 });
  say(0, { at: 0.02, flags: 'A', seq: 1000, ack: 5000 });
  say(0, { at: 1, flags: 'PA', seq: 1000, ack: 5000, data: 10 });
  say(1, { at: 1.1, flags: 'A', seq: 5000, ack: 1010 });
  for (const at of [10, 11, 12]) say(0, { at, flags: 'A', seq: 1009, ack: 5000 });
  say(1, { at: 13, flags: 'R', seq: 5000 });
  return tape;
}

const SEGMENTS = 9;

for (const [name, form] of [
  ['on two interfaces of one host', {}],
  ['before and after a hop', { hops: 1 }],
  ['without IP identification', { ids: false }],
  ['in IPv6', { hosts: V6 }],
] as const) {
  test(`packets recorded twice ${name} say nothing new of their connection`, () => {
    const once = recorded(1, form).connection();
    const tape = recorded(2, form);
    const twice = tape.connection();
    const { log } = tape.tracker;
    assert.deepEqual([log.counts.tcpSegments, log.counts.duplicates], [2 * SEGMENTS, SEGMENTS]);
    assert.equal(log.counts.resetSegments, 2);
    const first = (frame: number) => 2 * frame - 1;
    assert.deepEqual(
      twice.segments.map(({ frame, time }) => [frame, time]),
      once.segments.map(({ frame, time }) => [first(frame), time]),
    );
    for (const side of [0, 1] as const) {
      const { lastFrame, lastDataFrame, finFrame, ...habits } = once.sides?.[side] ?? assert.fail();
      const {
        lastFrame: _frame,
        lastDataFrame: _data,
        finFrame: _fin,
        ...same
      } = twice.sides?.[side] ?? assert.fail();
      assert.deepEqual(same, habits);
      assert.equal(twice.sides?.[side].lastFrame, first(lastFrame));
      assert.equal(twice.sides?.[side].ttlLowest, habits.ttlLowest);
      assert.equal(twice.sides?.[side].ipIdSteps, habits.ipIdSteps);
    }
    const [copy, ...others] = twice.resetCopies;
    assert.deepEqual(others, []);
    assert.deepEqual([copy.frame, copy.original], [2 * SEGMENTS, 2 * SEGMENTS - 1]);
    assert.equal(copy.ttl, 'hops' in form ? 63 : 64);
  });
}

test('three records of one packet are one packet and two copies', () => {
  const tape = recorded(3);
  const { resetCopies } = tape.connection();
  assert.equal(tape.tracker.log.counts.duplicates, 2 * SEGMENTS);
  assert.deepEqual(
    resetCopies.map(({ original }) => original),
    [25, 25],
  );
});

test('what comes again later than a millisecond is sent again', () => {
  assert.equal(recorded(2, { gap: 1000 }).tracker.log.counts.duplicates, 0);
});

test('alike segments are not one packet where nothing shows that packets are copied', () => {
  const tape = new Tape();
  tape.send(CLIENT, SERVER, { at: 0, flags: 'S', seq: 999, ipId: 7 });
  tape.send(SERVER, CLIENT, { at: 0.1, flags: 'SA', seq: 4999, ack: 1000 });
  // Duplicate acknowledgements, and a reset for each of two segments: alike, and sent one after the other.
  for (const at of [1, 1.00001]) tape.send(CLIENT, SERVER, { at, flags: 'A', seq: 1000, ack: 5000 });
  for (const at of [2, 2.00001]) tape.send(SERVER, CLIENT, { at, flags: 'R', seq: 5000 });
  const { segments, resetCopies } = tape.connection();
  assert.deepEqual([segments.length, resetCopies, tape.tracker.log.counts.duplicates], [6, [], 0]);
});

test('packets of which any field differs are two', () => {
  const base: Told = { at: 1, flags: 'PA', seq: 1000, ack: 5000, data: 5, ipId: 9 };
  const others: Partial<Told>[] = [
    { seq: 1001 },
    { ack: 5001 },
    { flags: 'A' },
    { data: 6 },
    { ipId: 10 },
    { ttl: 62 },
    { ttl: 65 },
    { window: 1 },
  ];
  for (const other of others) {
    const tape = new Tape();
    tape.send(CLIENT, SERVER, base);
    tape.send(CLIENT, SERVER, { ...base, ...other, at: 1.00001 });
    tape.send(SERVER, CLIENT, { ...base, at: 1.00002 });
    assert.equal(tape.tracker.log.counts.duplicates, 0, JSON.stringify(other));
  }
});
