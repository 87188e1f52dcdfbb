import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyzed, bystander, Conversation } from '../support/conversation.js';

/** Toward the client: TTLs of the box next to it, and of one a router farther on. */
const NEXT_TO_CLIENT = 64;
const FARTHER = 63;

/** Idle connections of one client, each reset toward it after 60 s with one of these TTLs. */
function resetWith(ttls: readonly number[]): Conversation[] {
  return ttls.map((ttl, i) => {
    const isn = { client: 10_000 * (i + 1), backend: 900_000 + 10_000 * i };
    const talk = new Conversation({ clientPort: 41_000 + i, isn })
      .wait(2 * i)
      .handshake()
      .exchange()
      .wait(60);
    return talk.balancerResets('client', { ttl });
  });
}

const placesIn = async (ttls: readonly number[]) => {
  const { findings } = await analyzed([...resetWith(ttls), bystander(100)]);
  return findings.map(({ evidence, confidence, class: cause }) => ({
    text: evidence.find(({ id }) => id === 'other-place')?.text ?? null,
    confidence,
    cause,
  }));
};

describe('idle connections of a client that are reset in two places on its way', () => {
  it('leave open which of the two is the balancer', async () => {
    const found = await placesIn([FARTHER, FARTHER, FARTHER, NEXT_TO_CLIENT, NEXT_TO_CLIENT, NEXT_TO_CLIENT]);
    assert.equal(found.length, 6);
    assert.match(
      found[0].text ?? '',
      /made 1 router from the client; 3 other idle connections of this client were reset 0 routers/,
    );
    for (const { confidence } of found) assert.ok(confidence < 0.9, `${confidence}`);
  });

  it('are told from one odd TTL, which its maker may have made up', async () => {
    const found = await placesIn([FARTHER, FARTHER, FARTHER, NEXT_TO_CLIENT]);
    assert.deepEqual(
      found.map(({ text }) => text !== null),
      [false, false, false, true],
    );
  });
});

describe('idle connections that are all reset in one place', () => {
  it('leave no such doubt', async () => {
    const found = await placesIn([FARTHER, FARTHER, FARTHER, FARTHER]);
    for (const { text, confidence, cause } of found) {
      assert.equal(text, null);
      assert.equal(cause, 'lb-idle-timeout');
      assert.ok(confidence >= 0.9, `${confidence}`);
    }
  });
});
