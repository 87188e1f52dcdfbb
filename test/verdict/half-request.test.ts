import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SNAT } from '../support/crossing.js';
import { exchange, Proxied } from '../support/proxied.js';
import { toldBy, verdictsOn } from './verdicts-of.js';

/** The proxy resets a client half way through its request, ten seconds after the last byte, with or without a leg of its own. */
function halfRequest(called: boolean): Proxied {
  const captures = new Proxied();
  for (const i of [1, 2])
    exchange(captures.legs(i), `what is asked ${i} and never again`, `and answered ${i} so`);
  const [client, peer] = [SNAT.client, SNAT.lbPeer].map((host) => ({ ...host, port: 33_333 }));
  captures.client.send(client, SNAT.frontend, { flags: 'S', seq: 70, at: 4 });
  captures.client.send(SNAT.frontend, client, { flags: 'SA', seq: 90, ack: 71 });
  captures.client.send(client, SNAT.frontend, { flags: 'PA', seq: 71, ack: 91, data: 9 });
  captures.client.send(SNAT.frontend, client, { flags: 'A', seq: 91, ack: 80 });
  if (called) {
    captures.server.send(peer, SNAT.backend, { flags: 'S', seq: 7, at: 4.1 });
    captures.server.send(SNAT.backend, peer, { flags: 'SA', seq: 9, ack: 8 });
    captures.server.send(peer, SNAT.backend, { flags: 'A', seq: 8, ack: 10, at: 13.8 });
  }
  captures.client.send(SNAT.frontend, client, { flags: 'RA', seq: 91, ack: 80, at: 14 });
  exchange(captures.legs(19), 'asked when all of that was over', 'so that both captures go on');
  return captures;
}

test('a proxy that had called nobody for its client was waiting for the rest of a request', () => {
  const [alone] = verdictsOn(halfRequest(false));
  assert.equal(toldBy(alone), 'lb-idle-timeout/proxy-close by load-balancer');
  const [other] = verdictsOn(halfRequest(true));
  const sure = toldBy(other) === toldBy(alone) ? other.confidence : 0;
  assert.ok(alone.confidence > sure, `${alone.confidence}, and ${sure} with a leg`);
});
