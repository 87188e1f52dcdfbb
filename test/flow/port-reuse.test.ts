import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { Tape } from '../support/tape.js';

/** The same two endpoints again, with other numbers. */
const again = (story: Story, isns: readonly [number, number] = [700_000, 900_000]) =>
  new Story(story.tape, story.client, story.server, isns);

const isnsOf = (tape: Tape) => tape.connections().map(({ isns }) => isns);

test('a SYN with another number on the same ports is another connection', () => {
  const story = new Story().handshake();
  again(story).handshake();
  const [first, second] = story.tape.connections();
  assert.deepEqual(first.isns, [1000, 5000]);
  assert.deepEqual([second.isns, second.firstFrame], [[700_000, 900_000], 4]);
});

test('it is after a close, after a reset, and over an open connection alike', () => {
  for (const end of ['close', 'reset', 'nothing'] as const) {
    const story = new Story().handshake();
    if (end === 'close') story.close();
    if (end === 'reset') story.down({ flags: 'R' });
    again(story).handshake();
    assert.equal(story.tape.connections().length, 2, end);
  }
});

test('a retransmitted SYN is not', () => {
  const story = new Story();
  for (const at of [0, 1, 3, 7]) story.up({ flags: 'S', at, seq: 1000 });
  assert.equal(story.tape.connection().lastTime, 7e9);
});

test('a SYN that is tried again after a refusal, with the same number, is not', () => {
  const story = new Story();
  for (let i = 0; i < 3; i += 1) {
    story.up({ flags: 'S', seq: 1000 });
    story.down({ flags: 'RA', seq: 0, ack: 1001 });
  }
  assert.equal(story.tape.connection().segments.length, 6);
});

test('a SYN after a connection whose beginning was not seen is another connection', () => {
  const story = new Story();
  story.up({ flags: 'PA', data: 10 });
  story.down({ flags: 'A' });
  again(story).handshake();
  const [first, second] = story.tape.connections();
  assert.deepEqual([first.midStream, second.midStream], [true, false]);
});

test('a SYN after a connection that was seen from its SYN-ACK on is another connection', () => {
  const story = new Story();
  story.down({ flags: 'SA', ack: 1001 });
  story.up({ flags: 'A', seq: 1001 });
  again(story).handshake();
  assert.deepEqual(isnsOf(story.tape), [
    [1000, 5000],
    [700_000, 900_000],
  ]);
});

test('a SYN that was overtaken by its SYN-ACK belongs to it', () => {
  const story = new Story();
  story.down({ flags: 'SA', ack: 1001 });
  story.up({ flags: 'S' });
  const { isns, synSeen } = story.tape.connection();
  assert.deepEqual([isns, synSeen], [[1000, 5000], true]);
});

test('the other side opening a connection on the same ports is another one once the first is over', () => {
  const story = new Story().handshake().close();
  new Story(story.tape, SERVER, CLIENT, [31, 32]).handshake();
  const [, second] = story.tape.connections();
  assert.deepEqual(second.endpoints, [SERVER, CLIENT]);
});

test('a RST that comes with a SYN bit opens nothing', () => {
  const story = new Story().handshake();
  story.down({ flags: 'SR', seq: 123 });
  assert.equal(story.tape.connection().segments.length, 4);
});

test('connections between other ports or hosts stay apart, whichever way their segments travel', () => {
  const tape = new Tape();
  const hosts = [CLIENT, { ...CLIENT, port: 40_001 }, { ...CLIENT, ip: '192.0.2.11' }];
  const stories = hosts.map((host, i) => new Story(tape, host, SERVER, [i, i + 10]));
  for (const story of stories) story.handshake();
  for (const story of [...stories].reverse()) story.down({ flags: 'PA', data: 1 });
  const connections = tape.connections();
  assert.deepEqual(
    connections.map(({ endpoints, segments }) => [endpoints[0], segments.length]),
    hosts.map((host) => [host, 4]),
  );
});
