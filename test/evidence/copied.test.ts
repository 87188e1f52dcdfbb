import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crossing, DNAT } from '../support/crossing.js';
import type { Story } from '../support/story.js';
import { timestamps } from '../support/tcp.js';
import { verdictsOn } from '../verdict/verdicts-of.js';
import { judgedOn } from './judged-on.js';

const CLIENTS_CLOCK = 7_000_000;
const BACKENDS_CLOCK = 90_000_000;
const STAMPS = [CLIENTS_CLOCK, BACKENDS_CLOCK] as const;

/** A forwarded connection of hosts that stamp what they send; at second 6 a RST in the backend's name reaches the client alone. */
function resetWith(stamp: number | null): Crossing {
  const captures = new Crossing();
  const options = (value: number) => ({ options: [Uint8Array.from([1, 1, ...timestamps(value)])] });
  const { client, server } = captures.both(DNAT, [1000, 5000]);
  const say = (story: Story, at: number, flags: string, data = 0) => {
    story.up({ flags, data, at, ...options(STAMPS[0] + 1000 * at) });
    const answer = flags === 'S' ? 'SA' : 'PA';
    story.down({ flags: answer, data, ...options(STAMPS[1] + 1000 * at) });
    story.up({ flags: 'A', ...options(STAMPS[0] + 1000 * at + 2) });
  };
  for (const story of [client, server]) {
    say(story, 0, 'S');
    for (const at of [1, 2, 3, 4, 5]) say(story, at, 'PA', 20);
  }
  client.down({ flags: 'RA', at: 6, ttl: 63, ...(stamp === null ? {} : options(stamp)) });
  // Both captures go on.
  captures.handshake({ ...DNAT, client: { ...DNAT.client, port: 41_000 } }, [70, 80]);
  for (const tape of [client.tape, server.tape])
    tape.send(DNAT.client, DNAT.frontend, { flags: 'S', seq: 3, at: 20 });
  return captures;
}

const copied = (stamp: number | null) => judgedOn(resetWith(stamp))[0].facts.get('form-copied')?.state;

describe('a timestamp on a RST that was made in between', () => {
  it('is that of a segment which its maker copied', () => {
    assert.equal(copied(CLIENTS_CLOCK + 5000), true);
  });

  it('points to another box than the balancer', () => {
    const [plain, stamped] = [null, CLIENTS_CLOCK + 5000].map((stamp) => verdictsOn(resetWith(stamp))[0]);
    assert.notEqual(plain.class, 'middlebox-injected');
    assert.equal(stamped.class, 'middlebox-injected');
  });

  it('is none where the RST has no timestamp', () => {
    assert.equal(copied(null), false);
  });

  it('is the sender’s own where it continues its clock: the capture there lost the RST', () => {
    assert.equal(copied(BACKENDS_CLOCK + 6000), false);
  });
});
