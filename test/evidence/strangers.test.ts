import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Crossing, DNAT } from '../support/crossing.js';
import type { Host } from '../support/tape.js';
import { judgedOn } from './judged-on.js';

/** TTLs at the server's vantage: of clients behind three routers, and of a host in front of one. */
const FORWARDED = 61;
const NEAR = 63;
/** The client's capture ends about then; what a stranger does later it cannot show. */
const END = 10;

/**
 * A stranger asks the backend something every second and resets the connection, the last time long after the client's
 * capture has ended. What is known of that last time?
 */
function strangersLast(ttl: number, alsoAsClient = false): boolean | null | undefined {
  const captures = new Crossing();
  const stranger = (i: number): Host => ({ ip: '10.1.0.9', port: 20_000 + i });
  for (let i = 0; i < END; i += 1) {
    const client = { ...DNAT.client, port: 41_000 + i };
    const ip = alsoAsClient ? stranger(i).ip : client.ip;
    const isns = [1000 * (i + 1), 1000 * (i + 1) + 500] as const;
    const told = captures.both({ ...DNAT, client, lbPeer: { ip, port: client.port } }, isns);
    for (const [story, ours] of [
      [told.client, 64],
      [told.server, FORWARDED],
    ] as const) {
      story.up({ flags: 'S', at: i, ttl: ours });
      story.down({ flags: 'SA' });
      story.up({ flags: 'A', ttl: ours });
      story.up({ flags: 'PA', data: 5, ttl: ours });
      story.up({ flags: 'RA', ttl: ours });
    }
  }
  for (const [i, at] of [1.5, 2.5, 3.5, 4.5, 30.5].entries()) {
    const host = stranger(100 + i);
    captures.server.send(host, DNAT.backend, { flags: 'S', seq: 7, at, ttl });
    captures.server.send(DNAT.backend, host, { flags: 'SA', seq: 9, ack: 8 });
    captures.server.send(host, DNAT.backend, { flags: 'A', seq: 8, ack: 10, ttl });
    captures.server.send(host, DNAT.backend, { flags: 'RA', seq: 8, ack: 10, ttl });
  }
  return judgedOn(captures).at(-1)?.facts.get('no-partner')?.state;
}

describe('a connection that began after the client’s capture had ended', () => {
  it('has no partner where none of the same host ever had one, and that host is nearer than any client', () => {
    assert.equal(strangersLast(NEAR), true);
  });

  it('may have had one where its host is as far away as clients are: one that was not captured', () => {
    assert.equal(strangersLast(FORWARDED), null);
  });

  it('may have had one where others of the same host do', () => {
    assert.equal(strangersLast(NEAR, true), null);
  });
});
