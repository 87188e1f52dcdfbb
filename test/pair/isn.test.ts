import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT, DNAT, SNAT } from '../support/crossing.js';
import { CLIENT, SERVER, Story } from '../support/story.js';

/** Pairs as rows of the two logs and how they were recognised, and what is left. */
function pairsOf(crossing: Crossing) {
  const pairing = pairVantages(crossing.client.record('client'), crossing.server.record('server'));
  return {
    pairs: Array.from(pairing.pairs, ({ client, server, method }) => [client, server, method]),
    client: [...pairing.unpaired('client')],
    server: [...pairing.unpaired('server')],
  };
}

test('both initial numbers make a pair, whatever became of addresses and ports', () => {
  for (const names of [DIRECT, DNAT, SNAT]) {
    const crossing = new Crossing();
    crossing.handshake(names, [0xffff_ffff, 0]);
    assert.deepEqual(pairsOf(crossing), { pairs: [[0, 0, 'isn']], client: [], server: [] });
  }
});

test('connections are paired in whatever order they are seen', () => {
  const crossing = new Crossing();
  const ports = [1, 2, 3, 4, 5];
  for (const i of ports) new Story(crossing.client, { ...CLIENT, port: i }, SERVER, [i, i]).handshake();
  for (const i of [...ports].reverse())
    new Story(crossing.server, { ...CLIENT, port: i }, SERVER, [i, i]).handshake();
  assert.deepEqual(
    pairsOf(crossing).pairs,
    [0, 1, 2, 3, 4].map((row) => [row, 4 - row, 'isn']),
  );
});

test('a connection whose SYN-ACK one vantage missed is paired by the client’s number', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DNAT, [7, 8]);
  client.up({ flags: 'S' });
  server.handshake();
  assert.deepEqual(pairsOf(crossing), { pairs: [[0, 0, 'isn-client']], client: [], server: [] });
});

test('a refused connection is paired by the client’s number', () => {
  const crossing = new Crossing();
  for (const story of Object.values(crossing.both(DNAT, [7, 8]))) {
    story.up({ flags: 'S' });
    story.down({ flags: 'RA', seq: 0 });
  }
  assert.deepEqual(pairsOf(crossing).pairs, [[0, 0, 'isn-client']]);
});

test('the client’s number alone is not enough when the server’s numbers differ', () => {
  const crossing = new Crossing();
  new Story(crossing.client, CLIENT, SERVER, [7, 8]).handshake();
  new Story(crossing.server, CLIENT, SERVER, [7, 9]).handshake();
  assert.deepEqual(pairsOf(crossing), { pairs: [], client: [0], server: [0] });
});

test('the client’s number alone is not enough when no port agrees and no clock says that it was then', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(SNAT, [7, 8]);
  client.up({ flags: 'S' });
  server.up({ flags: 'S' });
  assert.deepEqual(pairsOf(crossing), { pairs: [], client: [0], server: [0] });
});

/** Captures with a common clock and a lone SYN at each, which the server's shows so many seconds later. */
function loneSyns(seconds: number): Crossing {
  const crossing = new Crossing();
  crossing.handshake(SNAT, [1, 2]);
  const other = { ...SNAT, client: { ...CLIENT, port: 1 }, lbPeer: { ...SNAT.lbPeer, port: 2 } };
  const { client, server } = crossing.both(other, [7, 8]);
  client.up({ flags: 'S', at: 100 });
  server.up({ flags: 'S', at: 100 + seconds });
  return crossing;
}

test('with a clock, a lone SYN is paired with the one that was seen at that time', () => {
  assert.deepEqual(pairsOf(loneSyns(0.5)).pairs, [
    [0, 0, 'isn'],
    [1, 1, 'isn-client'],
  ]);
});

test('with a clock, a lone SYN is not paired with one of another time', () => {
  assert.deepEqual(pairsOf(loneSyns(600)), { pairs: [[0, 0, 'isn']], client: [1], server: [1] });
});

test('numbers that two connections of one vantage share pair nothing', () => {
  const crossing = new Crossing();
  crossing.handshake(DIRECT, [7, 8]);
  new Story(crossing.server, { ...CLIENT, port: 1 }, SERVER, [7, 8]).handshake();
  assert.deepEqual(pairsOf(crossing), { pairs: [], client: [0], server: [0, 1] });
});

test('a client’s number that two connections share pairs nothing', () => {
  const crossing = new Crossing();
  for (const port of [1, 2])
    new Story(crossing.client, { ...CLIENT, port }, SERVER, [7, 8]).up({ flags: 'S' });
  new Story(crossing.server, { ...CLIENT, port: 1 }, SERVER, [7, 8]).up({ flags: 'S' });
  assert.deepEqual(pairsOf(crossing).pairs, []);
});

test('a connection without a handshake has no number to be paired by', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DIRECT, [7, 8]);
  client.up({ flags: 'PA', data: 1 });
  server.up({ flags: 'PA', seq: 70, ack: 80, data: 1 });
  assert.deepEqual(pairsOf(crossing), { pairs: [], client: [0], server: [0] });
});

test('a capture from its SYN-ACK on is paired like one from its SYN on', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(SNAT, [7, 8]);
  client.handshake();
  server.down({ flags: 'SA', ack: 8 });
  assert.deepEqual(pairsOf(crossing).pairs, [[0, 0, 'isn']]);
});
