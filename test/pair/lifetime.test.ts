import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { SNAT } from '../support/crossing.js';
import { exchange, type Legs, Proxied } from '../support/proxied.js';
import { Story } from '../support/story.js';

/** Where the first pair, which gives the clock, leaves off. */
const AFTERWARDS = 100;

/** A proxy whose clock is known: what one connection through it said is like nothing else. */
function known(): Proxied {
  const captures = new Proxied();
  exchange(captures.legs(1), 'what nobody else has ever asked', 'and nobody has ever answered');
  return captures;
}

/** Pairs that were found besides the first, weakly or not. */
function found(captures: Proxied) {
  const { pairs } = pairVantages(captures.client.record('client'), captures.server.record('server'));
  return Array.from(pairs, ({ client, server, method, weak }) => [client, server, method, weak]).slice(1);
}

/** The proxy ends both legs at once. */
function end({ client, server }: Legs, at: number): void {
  for (const [i, story] of [client, server].entries()) {
    story.down({ flags: 'FA', at: at + i / 1000 });
    story.up({ flags: 'FA' });
    story.down({ flags: 'A' });
  }
}

test('legs that said nothing are known by when they began and ended, and called weak', () => {
  const captures = known();
  const all = [0, 1, 2].map((i) => captures.legs(AFTERWARDS + i));
  for (const [i, legs] of all.entries()) end(legs, AFTERWARDS + 10 + i);
  assert.deepEqual(
    found(captures),
    [1, 2, 3].map((row) => [row, row, 'lifetime', true]),
  );
});

test('of legs that began together the ends tell which are one', () => {
  const captures = known();
  const [one, other] = [captures.legs(AFTERWARDS), captures.legs(AFTERWARDS)];
  end(one, AFTERWARDS + 10);
  end(other, AFTERWARDS + 20);
  assert.deepEqual(
    found(captures).map(([client, server]) => [client, server]),
    [
      [1, 1],
      [2, 2],
    ],
  );
});

test('what began and ended together is not told apart', () => {
  const captures = known();
  const all = [captures.legs(AFTERWARDS), captures.legs(AFTERWARDS)];
  for (const legs of all) end(legs, AFTERWARDS + 10);
  assert.deepEqual(found(captures), []);
});

test('other words are another connection’s, whenever they were said', () => {
  const captures = known();
  const { client, server } = captures.legs(AFTERWARDS);
  for (const [story, text] of [[client, 'this'] as const, [server, 'that'] as const])
    story.up({ flags: 'PA', data: new TextEncoder().encode(text) });
  end({ client, server }, AFTERWARDS + 10);
  assert.deepEqual(found(captures), []);
});

/** The proxy's leg is refused at these times; the client's is closed right after the last. */
function refused(captures: Proxied, times: readonly number[]): void {
  const client = new Story(captures.client, { ...SNAT.client, port: 9 }, SNAT.frontend, [1, 2]);
  client.handshake(AFTERWARDS);
  for (const [i, at] of times.entries()) {
    const leg = new Story(captures.server, { ...SNAT.lbPeer, port: 90 + i }, SNAT.backend, [3 + i, 0]);
    leg.up({ flags: 'S', at });
    leg.down({ flags: 'RA', seq: 0, ack: 4 + i });
  }
  client.down({ flags: 'FA', at: (times.at(-1) ?? AFTERWARDS) + 0.003 });
  client.up({ flags: 'FA' });
  client.down({ flags: 'A' });
}

test('a refused leg belongs to the client whose leg was closed over it', () => {
  const captures = known();
  refused(captures, [AFTERWARDS + 0.01]);
  assert.deepEqual(found(captures), [[1, 1, 'lifetime', true]]);
});

test('of several tries none is taken for the one leg', () => {
  const captures = known();
  refused(captures, [AFTERWARDS + 0.01, AFTERWARDS + 1.01]);
  assert.deepEqual(found(captures), []);
});

/** Connections at uneven times through a proxy that changes every word: no clock comes from what they say. */
function changed(count: number): Proxied {
  const captures = new Proxied();
  const begins = Array.from({ length: count }, (_, i) => 1 + i * 20 + ((i * i * 0.37) % 5));
  for (const [i, at] of begins.entries()) {
    const legs = captures.legs(at);
    legs.client.up({ flags: 'PA', data: new TextEncoder().encode(`sealed ${i}`) });
    legs.server.up({ flags: 'PA', data: new TextEncoder().encode('plain') });
    legs.server.down({ flags: 'PA', data: new TextEncoder().encode('answer') });
    end(legs, at + 1 + ((i * 0.61) % 3));
  }
  return captures;
}

test('where a proxy changes every word many lives give the clock, and are paired on it', () => {
  const captures = changed(8);
  const { pairs, clock } = pairVantages(captures.client.record('client'), captures.server.record('server'));
  assert.ok([...pairs].every(({ client, server, weak }) => client === server && weak));
  assert.equal(pairs.length, 8);
  assert.ok(clock !== null);
  assert.ok(Math.abs(clock.offset) <= clock.uncertainty, `${clock.offset} ± ${clock.uncertainty}`);
});

test('a few lives give no clock, and are told by nothing', () => {
  const captures = changed(3);
  const { pairs } = pairVantages(captures.client.record('client'), captures.server.record('server'));
  assert.equal(pairs.length, 0);
});

test('without a clock from stronger pairs nothing is told by the times of one connection', () => {
  const captures = new Proxied();
  end(captures.legs(1), 10);
  const { pairs } = pairVantages(captures.client.record('client'), captures.server.record('server'));
  assert.equal(pairs.length, 0);
});
