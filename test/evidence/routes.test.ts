import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Routes } from '#src/evidence/routes.js';
import { endpointKey } from '#src/flow/endpoint-set.js';
import { pairVantages } from '#src/pair/path.js';
import { SNAT } from '../support/crossing.js';
import { exchange, Proxied } from '../support/proxied.js';
import { Story } from '../support/story.js';

/** Whether, after so many known connections, one of the same frontend can have gone to another backend, and to theirs. */
function couldGo(count: number): { elsewhere: boolean; there: boolean } {
  const captures = new Proxied();
  for (let i = 1; i <= count; i += 1)
    exchange(captures.legs(i), `what is asked ${i} and never again`, `and answered ${i} so`);
  const [caller, peer] = [SNAT.client, SNAT.lbPeer].map((host) => ({ ...host, port: 33_333 }));
  new Story(captures.client, caller, SNAT.frontend, [3, 4]).handshake(count + 2);
  new Story(captures.server, peer, { ip: '10.1.0.99', port: 8443 }, [5, 6]).handshake(count + 9);
  const [client, server] = [captures.client.record('client'), captures.server.record('server')];
  const pairing = pairVantages(client, server);
  assert.equal(pairing.pairs.length, count);
  const routes = new Routes(pairing);
  const couldLead = (row: number) =>
    routes.couldLead(endpointKey(client.log, count, 1), endpointKey(server.log, row, 1));
  return { elsewhere: couldLead(count), there: couldLead(0) };
}

test('many connections of a frontend show which backends it has', () => {
  assert.deepEqual(couldGo(8), { elsewhere: false, there: true });
});

test('a few do not', () => {
  assert.deepEqual(couldGo(7), { elsewhere: true, there: true });
});
