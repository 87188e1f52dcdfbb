import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from '../support/facts.js';
import { Story } from '../support/story.js';
import { timestamps } from '../support/tcp.js';

/** A conversation with timestamps and windows of 700 that a RST of the server without any ends. */
function endedUnstamped(window: number): ReturnType<typeof factsOf> {
  const story = new Story();
  const stamped = (tick: number) => ({ options: [timestamps(tick)], window: 700 });
  story.up({ flags: 'S', ...stamped(100) });
  story.down({ flags: 'SA', ...stamped(900) });
  story.up({ flags: 'A', ...stamped(101) });
  story.up({ flags: 'PA', data: 10, ...stamped(102) });
  story.down({ flags: 'A', ...stamped(903) });
  story.down({ flags: 'RA', window });
  return factsOf(story);
}

describe('an abort without the timestamps that its alleged sender sends', () => {
  it('is not as its socket would have made it', () => {
    const facts = endedUnstamped(8192);
    assert.equal(facts.get('timestamp-missing')?.state, true);
    assert.equal(facts.get('form-active')?.state, false);
  });

  it('is as macOS makes it, with the window that its sender had last', () => {
    const facts = endedUnstamped(700);
    assert.equal(facts.get('timestamp-missing')?.state, null);
    assert.equal(facts.get('form-active')?.state, true);
  });
});
