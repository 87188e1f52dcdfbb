import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';

/** Fewer segments than this are no baseline to accuse anyone by. */
const LEAST_SAMPLES = 3;
/** Samples at which a baseline is half as good as one of very many (weight n / (n + this)). */
const HALF_TRUST_SAMPLES = 5;

/** Time to live against what the alleged sender's own segments had at this vantage. */
export function ttl(scene: Scene): Fact[] {
  const { habits, seen } = scene;
  const who = nameOf(scene.sender);
  if (habits !== null && habits.ttlSamples === 0 && habits.synTtl !== null)
    return bySyn(scene, habits.synTtl);
  if (habits === null || habits.ttlSamples === 0) {
    const text = () => `no other segments of the ${who} to compare the TTL (${seen.ttl}) with`;
    return [fact('ttl-as-sender', null, text), fact('ttl-unlike-sender', null, text)];
  }
  const same = seen.ttl === habits.ttl;
  const steady = habits.ttlLowest === habits.ttlHighest && habits.ttlSamples >= LEAST_SAMPLES;
  const quality = habits.ttlSamples / (habits.ttlSamples + HALF_TRUST_SAMPLES);
  const text = () =>
    `TTL ${seen.ttl}, ${same ? 'as in' : 'against'} ${steady ? 'all' : 'most of'} ${habits.ttlSamples} segments of the ${who} here${same ? '' : ` (${habits.ttl})`}`;
  const packets = [scene.reset];
  return [
    fact('ttl-as-sender', same, text, packets, quality),
    // Equality needs no baseline: whoever it was stood as far away.
    fact('ttl-unlike-sender', same ? false : steady ? true : null, text, packets, same ? 1 : quality),
  ];
}

/** A listener, or a proxy for it, may answer a SYN with another TTL than the connection has later. */
const TRUST_IN_SYN = 0.5;

function bySyn(scene: Scene, expected: number): Fact[] {
  const same = scene.seen.ttl === expected;
  const what = scene.sender === 0 ? 'SYN' : 'SYN-ACK';
  const text = () =>
    `TTL ${scene.seen.ttl}, ${same ? 'as' : 'against'} ${same ? 'that' : expected} of the ${nameOf(scene.sender)}'s ${what} here`;
  const packets = [scene.reset];
  return [
    fact('ttl-as-sender', same, text, packets, TRUST_IN_SYN),
    fact('ttl-unlike-sender', !same, text, packets, same ? 1 : TRUST_IN_SYN),
  ];
}
