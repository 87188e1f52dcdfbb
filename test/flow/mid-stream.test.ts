import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { type Host, Tape } from '../support/tape.js';

const openedBy = (from: Host, to: Host, flags = 'PA'): Host => {
  const tape = new Tape();
  tape.send(from, to, { flags, seq: 9, ack: 9, data: 1 });
  return tape.connection().endpoints[0];
};

test('without a handshake, who has the service’s port was called', () => {
  assert.deepEqual(openedBy(CLIENT, SERVER), CLIENT);
  assert.deepEqual(openedBy(SERVER, CLIENT), CLIENT);
});

test('between two high ports, the higher one opened', () => {
  const database = { ip: '10.0.0.2', port: 5432 };
  const application = { ip: '10.0.0.3', port: 41_000 };
  assert.deepEqual(openedBy(database, application), application);
  assert.deepEqual(openedBy(application, database), application);
});

test('between two service ports, too', () => {
  const peers = [179, 1023].map((port) => ({ ip: `10.0.0.${port % 256}`, port }));
  assert.deepEqual(openedBy(peers[0], peers[1]), peers[1]);
});

test('a connection that begins in the middle says so and claims no handshake', () => {
  const story = new Story();
  story.down({ flags: 'PA', data: 100 });
  story.up({ flags: 'A' });
  const { midStream, isns, synTime, synAckTime, established } = story.tape.connection();
  assert.deepEqual([midStream, established], [true, false]);
  assert.deepEqual([isns, synTime, synAckTime], [[null, null], null, null]);
});

test('a lone RST is a connection that begins in the middle', () => {
  const tape = new Tape();
  tape.send(SERVER, CLIENT, { flags: 'R', seq: 5 });
  const { midStream, segments, endpoints } = tape.connection();
  assert.equal(midStream, true);
  assert.deepEqual(endpoints, [CLIENT, SERVER]);
  assert.deepEqual(
    segments.map(({ frame, from }) => [frame, from]),
    [[1, 1]],
  );
});
