import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Routes } from '#src/evidence/routes.js';
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
  const pairing = pairVantages(captures.client.record('client'), captures.server.record('server'));
  assert.equal(pairing.pairs.length, count);
  const routes = new Routes(pairing);
  return {
    elsewhere: routes.couldBe({ client: count, server: count }),
    there: routes.couldBe({ client: count, server: 0 }),
  };
}

test('many connections of a frontend show which backends it has', () => {
  assert.deepEqual(couldGo(8), { elsewhere: false, there: true });
});

test('a few do not', () => {
  assert.deepEqual(couldGo(7), { elsewhere: true, there: true });
});
