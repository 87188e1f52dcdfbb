import { type Fact, fact, framesOf, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';

/** Fewer segments than this are no baseline to accuse anyone by. */
const LEAST_SAMPLES = 3;
/** Samples at which a baseline is half as good as one of very many (weight n / (n + this)). */
const HALF_TRUST_SAMPLES = 5;

/** Time to live against what the alleged sender's own segments had at this vantage. */
export function ttl(scene: Scene): Fact[] {
  const { habits, seen } = scene;
  const who = nameOf(scene.sender);
  if (habits === null || habits.ttlSamples === 0) {
    const text = `no other segments of the ${who} to compare the TTL (${seen.ttl}) with`;
    return [fact('ttl-as-sender', null, text), fact('ttl-unlike-sender', null, text)];
  }
  const same = seen.ttl === habits.ttl;
  const steady = habits.ttlLowest === habits.ttlHighest && habits.ttlSamples >= LEAST_SAMPLES;
  const quality = habits.ttlSamples / (habits.ttlSamples + HALF_TRUST_SAMPLES);
  const text = `TTL ${seen.ttl}, ${same ? 'as in' : 'against'} ${steady ? 'all' : 'most of'} ${habits.ttlSamples} segments of the ${who} here${same ? '' : ` (${habits.ttl})`}`;
  const frames = framesOf(scene.reset);
  return [
    fact('ttl-as-sender', same, text, frames, quality),
    fact('ttl-unlike-sender', steady ? !same : same ? false : null, text, frames, quality),
  ];
}
