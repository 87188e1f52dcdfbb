import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { factsOf } from '../support/facts.js';
import { Story } from '../support/story.js';

/** A conversation in which each side's IP IDs are what `next` gives, and a bare RST of the server to its last word. */
function resetWithId(id: number, next: { up: () => number; down: () => number }): Facts {
  const story = new Story();
  story.up({ flags: 'S', ipId: next.up() });
  story.down({ flags: 'SA', ipId: next.down() });
  story.up({ flags: 'A', ipId: next.up() });
  story.up({ flags: 'PA', data: 10, ipId: next.up() });
  story.down({ flags: 'A', ipId: next.down() });
  story.up({ flags: 'PA', data: 10, ipId: next.up() });
  story.down({ flags: 'R', ipId: id, window: 0 });
  return factsOf(story);
}

function counter(first: number): () => number {
  let id = first;
  return () => id++;
}

describe('the IP ID of a RST', () => {
  it('that is the one of the segment it answers was copied from it', () => {
    const facts = resetWithId(703, { up: counter(700), down: counter(20) });
    assert.equal(facts.get('ip-id-mirrors-trigger')?.state, true);
    assert.equal(facts.get('ip-id-turned-around')?.state, true);
  });

  it('that its alleged sender had used once before was copied from there', () => {
    const facts = resetWithId(21, { up: counter(700), down: counter(20) });
    assert.equal(facts.get('ip-id-mirrors-trigger')?.state, true);
  });

  it('that its alleged sender gives to every segment tells nothing of a copy', () => {
    const facts = resetWithId(1, { up: () => 1, down: () => 1 });
    assert.equal(facts.get('ip-id-mirrors-trigger')?.state, null);
    assert.equal(facts.get('ip-id-turned-around')?.state, null);
  });
});
