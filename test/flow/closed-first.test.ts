import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALLED_CLOSED_FIRST, CLOSED_BY_FIN } from '#src/flow/connection-flags.js';
import { Story } from '../support/story.js';

type Closes = (story: Story) => void;

/** Of a connection that was closed so, what its record keeps of who closed. */
function flagsAfter(closes: Closes): number {
  const story = new Story().handshake();
  closes(story);
  story.tape.tracker.finish();
  return story.tape.tracker.log.connections.at(0).flags & (CLOSED_BY_FIN | CALLED_CLOSED_FIRST);
}

test('a connection that both closed keeps that the called one began', () => {
  const closes: Closes = (story) => {
    story.down({ flags: 'FA' });
    story.up({ flags: 'FA' });
    story.down({ flags: 'A' });
  };
  assert.equal(flagsAfter(closes), CLOSED_BY_FIN | CALLED_CLOSED_FIRST);
});

test('a connection that both closed keeps that the opener began', () => {
  assert.equal(
    flagsAfter((story) => story.close()),
    CLOSED_BY_FIN,
  );
});

test('who began shows in the order of the FINs, not of their acknowledgements', () => {
  const closes: Closes = (story) => {
    story.down({ flags: 'FA', ack: 1001 });
    story.up({ flags: 'FA', ack: 5001 });
    story.down({ flags: 'A' });
    story.up({ flags: 'A' });
  };
  assert.equal(flagsAfter(closes), CLOSED_BY_FIN | CALLED_CLOSED_FIRST);
});

test('a connection that one side alone closed is not over', () => {
  assert.equal(
    flagsAfter((story) => {
      story.down({ flags: 'FA' });
      story.up({ flags: 'A' });
    }),
    0,
  );
});
