import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crossing, DNAT } from '../support/crossing.js';
import { toldBy, verdictsOn } from './verdicts-of.js';

const OUT_OF_WINDOW = 5_000_000;

/** A segment far out of the window reaches the client under the backend's own address, `quiet` seconds after the last. */
function escaping(quiet: number): Crossing {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DNAT, [1000, 5000]);
  for (const end of [client, server]) {
    end.handshake(1);
    end.up({ flags: 'PA', data: 10 });
    end.down({ flags: 'PA', data: 20 });
    end.up({ flags: 'A' });
  }
  const at = 1.006 + quiet;
  const stray = { flags: 'A', seq: 5021 + OUT_OF_WINDOW, ack: 1011, data: 10 };
  crossing.server.send(DNAT.backend, DNAT.lbPeer, { ...stray, at });
  crossing.client.send(DNAT.backend, DNAT.client, { ...stray, at });
  const answer = { flags: 'R', seq: 1011, window: 0, at: at + 0.0001 };
  crossing.client.send(DNAT.client, DNAT.backend, answer);
  crossing.server.send(DNAT.lbPeer, DNAT.backend, answer);
  for (const end of [client, server]) {
    end.up({ flags: 'PA', data: 10, at: at + 0.3 });
    end.down({ flags: 'R', seq: 5021, window: 0, at: at + 0.3001 });
  }
  return crossing;
}

describe('a segment that leaves a balancer untranslated', () => {
  const [root, follower] = verdictsOn(escaping(0.1));

  it('is its doing in use too, although the client built the reset', () => {
    assert.equal(toldBy(root), 'lb-other/reset-in-use by client');
    assert.ok(root.evidence.some(({ id }) => id === 'trigger-untranslated'));
  });

  it('has cost the connection whatever the backend answers after that', () => {
    assert.equal(toldBy(follower), 'lb-other/secondary by backend');
  });

  it('is an idle timeout after a silence', () => {
    assert.equal(toldBy(verdictsOn(escaping(60))[0]), 'lb-idle-timeout/unnat-after-expiry by client');
  });
});
