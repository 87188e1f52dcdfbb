import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fact, framesOf, wordsOf } from '#src/evidence/fact.js';

describe('a fact', () => {
  it('is put into words only when it is told', () => {
    let told = 0;
    const lazy = fact('idle-before', true, () => `told ${++told} time`);
    assert.equal(told, 0);
    assert.equal(wordsOf(lazy), 'told 1 time');
  });

  it('of no packet cites no frame', () => {
    assert.deepEqual(framesOf(fact('idle-before', true, 'idle', [null, undefined])), []);
  });
});
