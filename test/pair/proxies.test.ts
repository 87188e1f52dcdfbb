import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { SNAT } from '../support/crossing.js';
import { exchange, Proxied } from '../support/proxied.js';
import { Story } from '../support/story.js';

const OTHER_PORT = { ...SNAT.frontend, port: 8080 };

/** A proxy that is known by one connection, and the mode of another one to another port, or another host, in front. */
function modeOf(called: typeof OTHER_PORT, forwarded: (typeof OTHER_PORT)[] = []): string | null {
  const captures = new Proxied();
  exchange(captures.legs(1), 'what only these two have said', 'and nobody else to each other');
  for (const [i, frontend] of forwarded.entries()) {
    const [client, lbPeer] = [SNAT.client.ip, '10.1.0.77'].map((ip) => ({ ip, port: 50_000 + i }));
    captures.handshake({ client, lbPeer, frontend, backend: { ip: '10.1.0.99', port: 9443 } }, [
      7 + i,
      8 + i,
    ]);
  }
  new Story(captures.client, { ...SNAT.client, port: 45_000 }, called, [77, 78]).handshake();
  const pairing = pairVantages(captures.client.record('client'), captures.server.record('server'));
  assert.deepEqual(
    Array.from(pairing.pairs, ({ proxied }) => proxied),
    [true, ...forwarded.map(() => false)],
  );
  return pairing.path(1 + forwarded.length, null, null).mode;
}

test('a proxy ends connections to other ports of its address, too', () => {
  assert.equal(modeOf(OTHER_PORT), 'proxy');
});

test('it does not where the box forwards one to that address', () => {
  assert.notEqual(modeOf(OTHER_PORT, [{ ...SNAT.frontend, port: 9090 }]), 'proxy');
});

test('it still does on the port where it is known to', () => {
  assert.equal(modeOf(SNAT.frontend, [{ ...SNAT.frontend, port: 9090 }]), 'proxy');
});

test('of another address it says nothing', () => {
  assert.notEqual(modeOf({ ip: '198.51.100.99', port: 443 }), 'proxy');
});
