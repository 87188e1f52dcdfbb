import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordsOf } from '#src/evidence/fact.js';
import { ascii, join, u16, u32 } from '../support/bytes.js';
import { Story } from '../support/story.js';
import { factsOf } from './facts-of.js';

/** What a RST claims that ends a connection whose backend had window 502. */
function claimsOf(reset: Parameters<Story['down']>[0]): string[] {
  const story = new Story();
  story.up({ flags: 'S' });
  story.down({ flags: 'SA', window: 502 });
  story.up({ flags: 'A' });
  story.down(reset);
  return [...factsOf(story).values()]
    .filter(({ id, state }) => id.startsWith('declares-') && state === true)
    .map(({ id, quality }) => (quality === 1 ? id : `${id} ${quality}`));
}

const diagnostic = (code: number) => join(u16(0x33aa), u16(code), u32(0));

describe('a cause that the RST states', () => {
  it('is a fact of its own for what rules can use', () => {
    assert.deepEqual(claimsOf({ flags: 'RA', data: diagnostic(14) }), [
      'declares-reason',
      'declares-idle-timeout',
    ]);
    assert.deepEqual(claimsOf({ flags: 'RA', data: diagnostic(12) }), [
      'declares-reason',
      'declares-relayed-reset',
    ]);
    assert.deepEqual(claimsOf({ flags: 'RA', data: ascii('so there') }), ['declares-reason']);
    assert.deepEqual(claimsOf({ flags: 'RA' }), []);
  });

  it('in the words of a product tells that product, too', () => {
    const text = ascii('BIG-IP: [0x1:2] No pool member available');
    assert.deepEqual(claimsOf({ flags: 'RA', data: text }), [
      'declares-reason',
      'declares-rejection',
      'declares-balancer',
    ]);
  });

  it('in a window counts half, and not at all where the window is its sender’s', () => {
    assert.deepEqual(claimsOf({ flags: 'R', window: 9300 }), [
      'declares-reason 0.5',
      'declares-idle-timeout 0.5',
      'declares-balancer 0.5',
    ]);
    assert.deepEqual(claimsOf({ flags: 'R', window: 502 }), []);
  });

  it('is told in the names of its vocabulary, never in words from the packet', () => {
    const story = new Story().handshake();
    story.down({ flags: 'RA', data: ascii('BIG-IP: [0x1:2] <b>Flow expired</b> \u001b[2J') });
    const told = [...factsOf(story).values()].filter(({ id }) => id.startsWith('declares-')).map(wordsOf);
    assert.ok(
      told.every((text) => !/[<\u001b]/.test(text)),
      told.join(),
    );
  });
});
