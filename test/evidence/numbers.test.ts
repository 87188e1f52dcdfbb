import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { factsOf } from '../support/facts.js';
import { Story } from '../support/story.js';

const SEGMENT = 1460;

/** A conversation in which the server was asked something, and what was acknowledged of its answer, if anything. */
function asked(answer = 0): Story {
  const story = new Story().handshake(1);
  story.up({ flags: 'PA', data: 10, at: 2 });
  if (answer > 0) {
    story.down({ flags: 'PA', data: answer });
    story.up({ flags: 'A' });
  }
  return story;
}

/** RSTs in the server's name, each so many bytes beyond its next number, one right after the other. */
function resets(story: Story, ahead: readonly number[]): Story {
  for (const bytes of ahead) story.down({ flags: 'RA', seq: story.next[1] + bytes });
  return story;
}

describe('the numbers of a train of resets', () => {
  it('that run ahead of what their alleged sender had reached are guesses', () => {
    const facts = factsOf(resets(asked(), [0, SEGMENT, 2 * SEGMENT]));
    assert.equal(facts.get('numbers-guessed')?.state, true);
  });

  it('may be guessed by one', () => {
    assert.equal(factsOf(resets(asked(), [0, 1, 2])).get('numbers-guessed')?.state, true);
  });

  it('that are all the next one are those of a host that answers several segments', () => {
    assert.equal(factsOf(resets(asked(100), [0, 0, 0])).get('numbers-guessed')?.state, false);
  });

  it('of which one runs ahead may follow data that was not captured', () => {
    assert.equal(factsOf(resets(asked(100), [SEGMENT])).get('numbers-guessed')?.state, false);
  });

  it('that the other end had acknowledged were reached, though the data was not captured', () => {
    const story = asked();
    const next = story.next[1];
    story.up({ flags: 'A', ack: next + 2 * SEGMENT });
    assert.equal(factsOf(resets(story, [0, SEGMENT, 2 * SEGMENT])).get('numbers-guessed')?.state, false);
  });
});
