import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { wordsOf } from '#src/evidence/fact.js';
import { SNAT } from '../support/crossing.js';
import { exchange, type Legs, Proxied } from '../support/proxied.js';
import { judgedOn } from './judged-on.js';

/** How much the server's clock is ahead, as the exchanges tell it. */
const AHEAD = 0.01;
const NEARBY = ['end-reset-nearby', 'end-closed-nearby', 'proxy-closed-nearby'] as const;

/** Captures with two known connections, which give a clock. */
function known(): Proxied {
  const captures = new Proxied();
  for (const i of [1, 2])
    exchange(captures.legs(i), `what is asked ${i} and never again`, `and answered ${i} so`);
  return captures;
}

/** Legs with words of their own on each, as behind TLS: nothing joins them. */
function sealed(captures: Proxied, at: number): Legs {
  const legs = captures.legs(at);
  const say = (text: string) => new TextEncoder().encode(text);
  legs.client.up({ flags: 'PA', data: say(`sealed at ${at}`) });
  legs.server.up({ flags: 'PA', data: say(`opened at ${at}, and longer`) });
  return legs;
}

/** What is established about the proxy's reset of a leg of the server at second 8. */
function factsOfReset(captures: Proxied, { server }: Legs): Facts {
  server.up({ flags: 'RA', at: 8 + AHEAD });
  const own = judgedOn(captures).find(({ scene }) => scene.reset.server !== null);
  assert.ok(own !== undefined);
  return own.facts;
}

/** Which of the three hold, by the first word of each. */
function closedBy(facts: Facts): string[] {
  return NEARBY.filter((id) => facts.get(id)?.state === true).map((id) => id.replace('-nearby', ''));
}

/** What is told of a reset of the server's leg when this had happened on the client's. */
function after(happens: (client: Legs['client']) => void): Facts {
  const captures = known();
  const legs = sealed(captures, 3);
  happens(legs.client);
  return factsOfReset(captures, legs);
}

describe('what can be the other leg of one that a proxy reset', () => {
  it('was reset by its end just then', () => {
    const facts = after((client) => client.up({ flags: 'RA', at: 7.999 }));
    assert.deepEqual(closedBy(facts), ['end-reset']);
    assert.match(
      wordsOf(facts.get('end-reset-nearby') as never),
      /^the only connection on the other side .* was reset by its end$/,
    );
  });

  it('was closed by its end, though the proxy closed it too', () => {
    const facts = after((client) => {
      client.up({ flags: 'FA', at: 7.999 });
      client.down({ flags: 'FA' });
      client.up({ flags: 'A' });
    });
    assert.deepEqual(closedBy(facts), ['end-closed']);
  });

  it('was closed by its end, though the proxy reset it then', () => {
    const facts = after((client) => {
      client.up({ flags: 'FA', at: 7.999 });
      client.down({ flags: 'RA' });
    });
    assert.deepEqual(closedBy(facts), ['end-closed']);
  });

  it('was closed by the proxy', () => {
    for (const flags of ['FA', 'RA']) {
      const facts = after((client) => {
        client.down({ flags, at: 7.999 });
        client.up({ flags: 'FA' });
        client.down({ flags: 'A' });
      });
      assert.deepEqual(closedBy(facts), ['proxy-closed'], flags);
    }
  });

  it('is none that ended at another time, or not at all', () => {
    for (const happens of [
      (client: Legs['client']) => client.up({ flags: 'RA', at: 7.9 }),
      (client: Legs['client']) => client.up({ flags: 'RA', at: 8.1 }),
      (client: Legs['client']) => client.up({ flags: 'PA', data: 5, at: 8.1 }),
    ])
      assert.deepEqual(closedBy(after(happens)), []);
  });

  it('is none that began only after it', () => {
    const captures = known();
    const legs = sealed(captures, 3);
    legs.client.up({ flags: 'A', at: 3.5 });
    const later = sealed(captures, 5);
    later.client.up({ flags: 'RA', at: 7.999 });
    assert.deepEqual(closedBy(factsOfReset(captures, legs)), []);
  });

  it('is likelier what ended nearer in time', () => {
    const captures = known();
    const [legs, other] = [sealed(captures, 3), sealed(captures, 2.5)];
    other.client.down({ flags: 'RA', at: 7.996 });
    legs.client.up({ flags: 'RA', at: 7.9999 });
    const facts = factsOfReset(captures, legs);
    assert.deepEqual(closedBy(facts), ['end-reset', 'proxy-closed']);
    const trustIn = (id: (typeof NEARBY)[number]) => facts.get(id)?.quality ?? 0;
    assert.ok(trustIn('end-reset-nearby') > trustIn('proxy-closed-nearby'));
  });

  it('is not to be told without a clock', () => {
    const captures = new Proxied();
    const legs = sealed(captures, 3);
    legs.client.up({ flags: 'RA', at: 7.999 });
    const facts = factsOfReset(captures, legs);
    for (const id of NEARBY) assert.equal(facts.get(id)?.state, null, id);
  });

  it('is not asked for where the other leg is known', () => {
    const captures = known();
    const legs = captures.legs(3);
    exchange(legs, 'what these two alone have to ask', 'and to answer to each other');
    legs.client.up({ flags: 'RA', at: 7.999 });
    const facts = factsOfReset(captures, legs);
    for (const id of NEARBY) assert.equal(facts.get(id)?.state, null, id);
  });
});

describe('a call that the backend refused', () => {
  it('says nothing of who closed the leg of its client', () => {
    const captures = known();
    const { client } = sealed(captures, 3);
    const { server } = captures.legs(4);
    client.down({ flags: 'RA', at: 8 });
    const calls = { ...SNAT.lbPeer, port: 33_333 };
    captures.server.send(calls, SNAT.backend, { flags: 'S', seq: 7, at: 7.9985 + AHEAD });
    captures.server.send(SNAT.backend, calls, { flags: 'RA', seq: 0, ack: 8, at: 7.9986 + AHEAD });
    server.up({ flags: 'PA', data: 5, at: 9 + AHEAD });
    const own = judgedOn(captures).find(({ scene }) => scene.reset.client !== null);
    assert.ok(own !== undefined);
    assert.deepEqual(closedBy(own.facts), []);
    assert.equal(own.facts.get('end-reset-nearby')?.state, false);
  });
});

describe('a client whose proxy had called nobody', () => {
  /** Facts about the proxy's reset of a client that had sent half a request; `calls` happen at the server's vantage. */
  const waiting = (calls: (captures: Proxied) => void, answered = false): Facts => {
    const captures = known();
    const host = { ...SNAT.client, port: 41_000 };
    captures.client.send(host, SNAT.frontend, { flags: 'S', seq: 70, at: 4 });
    captures.client.send(SNAT.frontend, host, { flags: 'SA', seq: 90, ack: 71 });
    captures.client.send(host, SNAT.frontend, { flags: 'PA', seq: 71, ack: 91, data: 9 });
    const data = answered ? 3 : 0;
    captures.client.send(SNAT.frontend, host, { flags: 'A', seq: 91, ack: 80, data });
    calls(captures);
    captures.client.send(SNAT.frontend, host, { flags: 'RA', seq: 91 + data, ack: 80, at: 14 });
    exchange(captures.legs(19), 'asked when all of that was over', 'so that both captures go on');
    const own = judgedOn(captures).find(({ scene }) => scene.reset.client !== null);
    assert.ok(own !== undefined);
    return own.facts;
  };

  it('is known where no connection of the other side can be its leg', () => {
    assert.equal(waiting(() => {}).get('nothing-forwarded')?.state, true);
  });

  it('is not where one began after its own and was there at the end', () => {
    const call = (captures: Proxied) => {
      const host = { ...SNAT.lbPeer, port: 33_333 };
      captures.server.send(host, SNAT.backend, { flags: 'S', seq: 7, at: 4.1 });
      captures.server.send(SNAT.backend, host, { flags: 'SA', seq: 9, ack: 8 });
      captures.server.send(host, SNAT.backend, { flags: 'A', seq: 8, ack: 10, at: 13.8 });
    };
    assert.equal(waiting(call).get('nothing-forwarded')?.state, null);
  });

  it('is not where the proxy had answered it', () => {
    assert.equal(waiting(() => {}, true).get('nothing-forwarded')?.state, false);
  });
});
