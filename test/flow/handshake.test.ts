import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { maximumSegmentSize, NOP, timestamps, windowScale } from '../support/tcp.js';

test('a whole handshake tells who opened, both initial numbers and when', () => {
  const story = new Story().handshake(1);
  const connection = story.tape.connection();
  assert.deepEqual(connection.endpoints, [CLIENT, SERVER]);
  assert.deepEqual(connection.isns, [1000, 5000]);
  assert.deepEqual([connection.synSeen, connection.synAckSeen, connection.established], [true, true, true]);
  assert.deepEqual([connection.synTime, connection.synAckTime], [1_000_000_000, 1_001_000_000]);
  assert.deepEqual([connection.firstFrame, connection.lastFrame, connection.midStream], [1, 3, false]);
});

test('a SYN alone tells one number and establishes nothing', () => {
  const story = new Story();
  story.up({ flags: 'S' });
  const { isns, synAckSeen, synAckTime, established } = story.tape.connection();
  assert.deepEqual([isns, synAckSeen, synAckTime, established], [[1000, null], false, null, false]);
});

test('a refused connection has no handshake', () => {
  const story = new Story();
  story.up({ flags: 'S' });
  story.down({ flags: 'RA', seq: 0 });
  const { isns, established } = story.tape.connection();
  assert.deepEqual([isns, established], [[1000, null], false]);
});

test('a capture that begins with the SYN-ACK knows both numbers and who opened', () => {
  const story = new Story(undefined, undefined, undefined, [0xffff_ffff, 77]);
  story.down({ flags: 'SA', ack: 0 });
  const connection = story.tape.connection();
  assert.deepEqual(connection.endpoints, [CLIENT, SERVER]);
  assert.deepEqual(connection.isns, [0xffff_ffff, 77]);
  assert.deepEqual([connection.synSeen, connection.midStream], [false, false]);
});

test('a SYN-ACK without its ACK is not established, an answer of data is', () => {
  const story = new Story();
  story.up({ flags: 'S' });
  story.down({ flags: 'SA' });
  story.down({ flags: 'SA', seq: 5000 });
  assert.equal(story.tape.connection().established, false);
  const answered = new Story();
  answered.up({ flags: 'S' });
  answered.down({ flags: 'SA' });
  answered.up({ flags: 'PA', data: 10 });
  assert.equal(answered.tape.connection().established, true);
});

test('a retransmitted SYN and SYN-ACK change neither numbers nor times', () => {
  const story = new Story();
  story.up({ flags: 'S', at: 0 });
  story.up({ flags: 'S', at: 1, seq: 1000 });
  story.down({ flags: 'SA', at: 1.5 });
  story.down({ flags: 'SA', at: 2.5, seq: 5000 });
  const { synTime, synAckTime, isns } = story.tape.connection();
  assert.deepEqual([synTime, synAckTime, isns], [0, 1.5e9, [1000, 5000]]);
});

test('window scale and timestamps are taken from who offered them', () => {
  const story = new Story();
  story.up({ flags: 'S', options: [maximumSegmentSize(1460), timestamps(1), NOP, windowScale(0)] });
  story.down({ flags: 'SA', options: [maximumSegmentSize(1460)] });
  const [client, server] = story.tape.connection().sides ?? [];
  assert.deepEqual([client?.windowScale, client?.timestamps], [0, true]);
  assert.deepEqual([server?.windowScale, server?.timestamps], [null, false]);
});
