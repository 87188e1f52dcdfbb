import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '#src/verdict/verdict.js';
import { SNAT } from '../support/crossing.js';
import { exchange, Proxied } from '../support/proxied.js';
import { toldBy, verdictsOn } from './verdicts-of.js';

/**
 * At second 6 the proxy connects to its backend, asks, and resets the connection unanswered two seconds later. A client
 * whose words are its own may be connected meanwhile.
 */
function unanswered(withClient: boolean): Verdict {
  const captures = new Proxied();
  for (const i of [1, 2])
    exchange(captures.legs(i), `what is asked ${i} and never again`, `and answered ${i} so`);
  if (withClient) {
    const client = { ...SNAT.client, port: 33_333 };
    captures.client.send(client, SNAT.frontend, { flags: 'S', seq: 70, at: 5.99 });
    captures.client.send(SNAT.frontend, client, { flags: 'SA', seq: 90, ack: 71 });
    captures.client.send(client, SNAT.frontend, { flags: 'PA', seq: 71, ack: 91, data: 9 });
  }
  const peer = { ...SNAT.lbPeer, port: 33_333 };
  captures.server.send(peer, SNAT.backend, { flags: 'S', seq: 7, at: 6 });
  captures.server.send(SNAT.backend, peer, { flags: 'SA', seq: 9, ack: 8 });
  captures.server.send(peer, SNAT.backend, { flags: 'PA', seq: 8, ack: 10, data: 12 });
  captures.server.send(SNAT.backend, peer, { flags: 'A', seq: 10, ack: 20 });
  captures.server.send(peer, SNAT.backend, { flags: 'RA', seq: 20, ack: 10, at: 8 });
  exchange(captures.legs(19), 'asked when all of that was over', 'so that both captures go on');
  return verdictsOn(captures)[0];
}

describe('a connection that a proxy opens and resets unanswered', () => {
  it('is a health check where no client was there to ask for it', () => {
    const verdict = unanswered(false);
    assert.equal(toldBy(verdict), 'health-check/tcp-probe by load-balancer');
    assert.ok(verdict.confidence <= 0.85, 'a client may not have been captured');
  });

  it('is not told as one where a client was', () => {
    assert.notEqual(unanswered(true).class, 'health-check');
  });
});
