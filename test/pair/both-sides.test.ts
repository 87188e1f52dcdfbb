import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withBothSides } from '#src/pair/both-sides.js';
import { pairVantages } from '#src/pair/path.js';
import { Story } from '../support/story.js';
import { type Host, Tape } from '../support/tape.js';

const FRONTEND: Host = { ip: '198.51.100.1', port: 443 };
const BALANCER = '10.0.0.1';
const BACKEND: Host = { ip: '10.0.0.9', port: 8443 };
const ISN_STEP = 100_000;

interface Leg {
  readonly from: Host;
  readonly to: Host;
  readonly isns: readonly [number, number];
}

/** What one capture has of several connections: each on one leg or on two, in the same words. */
function capture(count: number, legsOf: (i: number) => readonly Leg[]): Tape {
  const tape = new Tape();
  for (let i = 0; i < count; i += 1) {
    const stories = legsOf(i).map(({ from, to, isns }) => new Story(tape, from, to, isns));
    for (const story of stories) story.handshake(1 + i);
    for (const story of stories) {
      story.up({ flags: 'PA', data: new TextEncoder().encode(`question ${i} of somebody`) });
      story.down({ flags: 'PA', data: new TextEncoder().encode(`answer ${i} to somebody`) });
    }
    for (const story of stories) story.close();
  }
  return tape;
}

const clientOf = (i: number): Host => ({ ip: `192.0.2.${i + 1}`, port: 40_000 + i });
const peerOf = (i: number): Host => ({ ip: BALANCER, port: 31_000 + i });
const isnsOf = (i: number): [number, number] => [i * ISN_STEP, i * ISN_STEP + 1];
const front = (i: number): Leg => ({ from: clientOf(i), to: FRONTEND, isns: isnsOf(i) });
const back = (i: number): Leg => ({ from: peerOf(i), to: BACKEND, isns: isnsOf(i) });

function shown(tape: Tape) {
  const { bothSides, server } = withBothSides(pairVantages(null, tape.record('server')));
  return { is: bothSides.server, warned: server?.warnings.some(({ code }) => code === 'both-sides') };
}

describe('a capture of all interfaces of the balancer', () => {
  it('shows the same numbers twice where it translates', () => {
    assert.deepEqual(shown(capture(5, (i) => [front(i), back(i)])), { is: true, warned: true });
  });

  it('shows the same words twice where it is a proxy', () => {
    const own = (i: number): Leg => ({ ...back(i), isns: [i * ISN_STEP + 7, i * ISN_STEP + 8] });
    assert.deepEqual(shown(capture(5, (i) => [front(i), own(i)])), { is: true, warned: true });
  });
});

describe('a capture of one side', () => {
  it('shows every connection once', () => {
    assert.deepEqual(shown(capture(5, (i) => [back(i)])), { is: false, warned: false });
  });

  it('may show two clients that say the same to two backends', () => {
    const elsewhere = (i: number): Leg => ({
      from: clientOf(i + 1),
      to: { ...BACKEND, ip: '10.0.0.8' },
      isns: [i * ISN_STEP + 7, i * ISN_STEP + 8],
    });
    const legs = (i: number): Leg[] => [{ ...front(i), to: BACKEND }, elsewhere(i)];
    assert.deepEqual(shown(capture(5, legs)), { is: false, warned: false });
  });
});
