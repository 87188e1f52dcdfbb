import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, type Names, SNAT } from '../support/crossing.js';

/** Another client's connection, to which the balancer gives the same ends at the backend. */
const SECOND: Names = { ...SNAT, client: { ip: '192.0.2.77', port: 40_000 } };
const BOTH = ['client', 'server'] as const;

type Legs = ReturnType<Crossing['both']>;

/** A first connection that exchanged a few bytes. */
function first(crossing: Crossing): Legs {
  const legs = crossing.both(SNAT, [1000, 5000]);
  for (const end of BOTH) {
    legs[end].handshake();
    legs[end].up({ flags: 'PA', data: 10 });
    legs[end].down({ flags: 'PA', data: 20 });
  }
  return legs;
}

/** The SYN of the second one, answered for the first, reset, and tried again. */
function colliding(crossing: Crossing, names = SECOND): Legs {
  const legs = crossing.both(names, [700_000, 900_000]);
  for (const end of BOTH) {
    legs[end].up({ flags: 'S' });
    legs[end].down({ flags: 'A', seq: 5021, ack: 1011 });
    legs[end].up({ flags: 'R', seq: 1011 });
    legs[end].up({ flags: 'S', seq: 700_000 });
    legs[end].down({ flags: 'SA', seq: 900_000, ack: 700_001 });
    legs[end].up({ flags: 'A' });
  }
  return legs;
}

/** The same that meets nothing of the first one. */
function succeeding(crossing: Crossing, names = SECOND): Legs {
  const legs = crossing.both(names, [700_000, 900_000]);
  for (const end of BOTH) legs[end].handshake();
  return legs;
}

function pairing({ client, server }: Crossing) {
  return pairVantages(client.record('client'), server.record('server'));
}

const foldsOf = (crossing: Crossing) => pairing(crossing).folds?.all;

test('two clients’ connections with the same ends at a backend that has to answer for the first are folded', () => {
  const crossing = new Crossing();
  first(crossing);
  colliding(crossing);
  assert.deepEqual(foldsOf(crossing), [{ before: 0, after: 1 }]);
});

test('each of the two knows the other, the SYN with foreign numbers and its answer', () => {
  const crossing = new Crossing();
  first(crossing);
  colliding(crossing);
  const told = pairing(crossing);
  const [[earlier], [later]] = [0, 1].map((row) => told.path(row, row, 'isn').folded);
  assert.deepEqual(
    [earlier, later].map(({ isLater, other, syn, answer }) => [
      isLater,
      other[0].ip,
      syn.client?.frame,
      syn.server?.frame,
      answer.server?.frame,
    ]),
    [
      [false, SECOND.client.ip, 6, 6, 7],
      [true, SNAT.client.ip, 6, 6, 7],
    ],
  );
});

test('two are folded as well whose first goes on at its client, however the backend answers', () => {
  const crossing = new Crossing();
  const { client } = first(crossing);
  succeeding(crossing);
  client.up({ flags: 'PA', data: 10 });
  assert.deepEqual(foldsOf(crossing), [{ before: 0, after: 1 }]);
});

test('one client’s port on two frontends can be one at the backend too', () => {
  const crossing = new Crossing();
  first(crossing);
  colliding(crossing, { ...SNAT, frontend: { ip: '198.51.100.8', port: 443 } });
  assert.deepEqual(foldsOf(crossing), [{ before: 0, after: 1 }]);
});

test('a client that uses its own port again is not, half open as the backend may have it', () => {
  const crossing = new Crossing();
  first(crossing);
  colliding(crossing, SNAT);
  assert.deepEqual(foldsOf(crossing), []);
});

test('a port that another client gets after the first one’s end is not', () => {
  for (const end of ['close', 'reset'] as const) {
    const crossing = new Crossing();
    const legs = first(crossing);
    for (const vantage of BOTH) {
      if (end === 'close') legs[vantage].close();
      else legs[vantage].down({ flags: 'RA' });
    }
    colliding(crossing);
    assert.deepEqual(foldsOf(crossing), [], end);
  }
});

test('nor is one in TIME_WAIT whose last acknowledgement was not captured', () => {
  const crossing = new Crossing();
  const legs = first(crossing);
  for (const vantage of BOTH) {
    legs[vantage].up({ flags: 'FA' });
    legs[vantage].down({ flags: 'FA' });
  }
  colliding(crossing);
  assert.deepEqual(foldsOf(crossing), []);
});

test('a port that another client gets is not, as long as nobody shows that the first one lived', () => {
  const crossing = new Crossing();
  const { client } = first(crossing);
  client.close();
  succeeding(crossing);
  assert.deepEqual(foldsOf(crossing), []);
});

test('nor is a connection whose SYN was repeated, or recorded twice', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(SNAT, [1000, 5000]);
  for (const story of [client, server]) {
    for (const at of [0, 0.0001, 1, 3]) story.up({ flags: 'S', seq: 1000, at });
    story.down({ flags: 'SA', at: 3.1 });
    story.up({ flags: 'A', at: 3.2 });
  }
  assert.deepEqual(foldsOf(crossing), []);
});

test('a SYN that nobody answered before another client got the port is not', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(SNAT, [1000, 5000]);
  for (const story of [client, server]) story.up({ flags: 'S' });
  succeeding(crossing);
  client.up({ flags: 'S', seq: 1000 });
  assert.deepEqual(foldsOf(crossing), []);
});
