import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT, DNAT, type Names, SNAT } from '../support/crossing.js';

function pathThrough(names: Names) {
  const crossing = new Crossing();
  crossing.handshake(names, [7, 8]);
  return pairVantages(crossing.client.record('client'), crossing.server.record('server')).path(0, 0, 'isn');
}

test('equal addresses are a direct path', () => {
  assert.equal(pathThrough(DIRECT).mode, 'direct');
});

test('a rewritten destination is a box that passes connections through', () => {
  const { mode, client, server } = pathThrough(DNAT);
  assert.equal(mode, 'pass-through');
  assert.deepEqual(client?.endpoints, [DNAT.client, DNAT.frontend]);
  assert.deepEqual(server?.endpoints, [DNAT.lbPeer, DNAT.backend]);
});

test('a rewritten source is source NAT, with and without a rewritten destination', () => {
  assert.equal(pathThrough(SNAT).mode, 'snat');
  assert.equal(pathThrough({ ...SNAT, backend: SNAT.frontend }).mode, 'snat');
});

test('one capture alone has connections without partners, and no clock', () => {
  const crossing = new Crossing();
  crossing.handshake(DNAT, [7, 8]);
  const pairing = pairVantages(crossing.client.record('client'), null);
  assert.deepEqual([pairing.pairs.length, pairing.clock], [0, null]);
  assert.deepEqual([[...pairing.unpaired('client')], [...pairing.unpaired('server')]], [[0], []]);
  assert.equal(pairing.path(0, null, null).mode, 'unknown');
  assert.deepEqual(pairing.endpointOf('client', 0, 1), DNAT.frontend);
  assert.throws(() => pairing.endpointOf('server', 0, 1), /no server capture/);
});
