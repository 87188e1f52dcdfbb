import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handshakeTrip } from '#src/flow/handshake-trip.js';
import { Story } from '../support/story.js';

/** The round trip that a capture of one connection shows, in nanoseconds. */
function tripOf({ tape }: Story): number | null {
  tape.tracker.finish();
  return handshakeTrip(tape.tracker.log.connections.at(0));
}

test('the round trip is the time from the SYN to its answer', () => {
  const story = new Story();
  story.up({ flags: 'S', at: 1 });
  story.down({ flags: 'SA', at: 1.25 });
  assert.equal(tripOf(story), 0.25e9);
});

test('of a repeated SYN it does not show which one was answered', () => {
  const story = new Story();
  for (const at of [1, 2]) story.up({ flags: 'S', seq: 1000, at });
  story.down({ flags: 'SA', at: 2.25 });
  assert.equal(tripOf(story), null);
});

test('there is none without the SYN, or without its answer', () => {
  const unanswered = new Story();
  unanswered.up({ flags: 'S', at: 1 });
  unanswered.up({ flags: 'R' });
  assert.equal(tripOf(unanswered), null);
  const joined = new Story();
  joined.up({ flags: 'PA', data: 5, at: 1 });
  joined.down({ flags: 'PA', data: 5, at: 2 });
  assert.equal(tripOf(joined), null);
});
