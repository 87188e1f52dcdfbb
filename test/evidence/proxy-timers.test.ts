import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { exchange, type Legs, Proxied } from '../support/proxied.js';

/** How much the server's clock is ahead, as the exchanges tell it. */
const AHEAD = 0.01;

/** Facts about each reset on one leg, in order of time. */
function factsOn(captures: Proxied, leg: keyof Legs): Facts[] {
  const pairing = pairVantages(captures.client.record('client'), captures.server.record('server'));
  return [...gatherEvidence(pairing, () => true)]
    .flatMap((path) => path.events)
    .filter(({ scene }) => scene.reset[leg] !== null)
    .sort((a, b) => a.scene.reset.time - b.scene.reset.time)
    .map(({ facts }) => facts);
}

const holds = (facts: Facts, id: Parameters<Facts['get']>[0]) => facts.get(id)?.state;

/** Connections of two clients that each asked something of their own, at one second and at another. */
function two(second: number): { captures: Proxied; legs: Legs[] } {
  const captures = new Proxied();
  const legs = [1, second].map((at) => {
    const pair = captures.legs(at);
    exchange(pair, `what is asked ${at} and never again`, `what is answered ${at} and never again`);
    return pair;
  });
  return { captures, legs };
}

/** The client's leg of each is reset so long after its last segment, in seconds on the tape. */
function resetAt(legs: readonly Legs[], times: readonly number[]): void {
  for (const [i, { client }] of legs.entries()) client.down({ flags: 'RA', at: times[i] });
}

describe('resets of one moment', () => {
  it('are in step where each connection had been idle for as long', () => {
    const { captures, legs } = two(1.01);
    resetAt(legs, [8.3, 8.31]);
    assert.deepEqual(
      factsOn(captures, 'client').map((facts) => holds(facts, 'idle-in-step')),
      [true, true],
    );
  });

  it('are not where the idle times differ', () => {
    const { captures, legs } = two(3);
    resetAt(legs, [8.3, 8.31]);
    assert.deepEqual(
      factsOn(captures, 'client').map((facts) => holds(facts, 'idle-in-step')),
      [false, false],
    );
  });
});

describe('what a proxy repeats to a backend that is gone', () => {
  const after = (answered: boolean) => {
    const captures = new Proxied();
    const legs = captures.legs(1);
    exchange(legs, 'what nobody else has ever asked', 'and nobody has ever answered');
    const asks = new TextEncoder().encode('and now for something different');
    legs.client.up({ flags: 'PA', data: asks, at: 2 });
    const seq = legs.server.next[0];
    for (const at of [2, 2.4, 3.2, 4.8]) legs.server.up({ flags: 'PA', data: asks, seq, at: at + AHEAD });
    if (answered) legs.server.down({ flags: 'A', ack: seq + asks.length, at: 5 });
    legs.client.down({ flags: 'RA', at: 8.4 });
    return holds(factsOn(captures, 'client')[0], 'balancer-unanswered');
  };

  it('is why it ends the client’s leg', () => {
    assert.equal(after(false), true);
  });

  it('is not where the backend acknowledged it at last', () => {
    assert.equal(after(true), false);
  });
});

describe('a reset of an end on the other side', () => {
  it('is told where the legs of a proxy do not show which belong together', () => {
    const { captures } = two(1.5);
    // Words of their own on each leg, as behind TLS: nothing joins them.
    const { client, server } = captures.legs(3);
    client.up({ flags: 'PA', data: new TextEncoder().encode('sealed for one') });
    server.up({ flags: 'PA', data: new TextEncoder().encode('opened for another, and longer') });
    client.up({ flags: 'RA', at: 6 });
    server.up({ flags: 'RA', at: 6.001 + AHEAD });
    const [facts] = factsOn(captures, 'server');
    assert.equal(holds(facts, 'end-reset-nearby'), true);
  });
});
