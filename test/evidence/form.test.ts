import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordsOf } from '#src/evidence/fact.js';
import { factsOf } from '../support/facts.js';
import { Story } from '../support/story.js';

/** A conversation that a RST of the server ends. */
function endedBy(reset: Parameters<Story['down']>[0]): ReturnType<typeof factsOf> {
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: 10 });
  story.down({ flags: 'A' });
  story.down(reset);
  return factsOf(story);
}

describe('the form of a RST', () => {
  it('is that of an aborting socket, with ACK and its own numbers', () => {
    const facts = endedBy({ flags: 'RA', window: 500 });
    assert.equal(facts.get('form-active')?.state, true);
    assert.equal(facts.get('form-passive')?.state, false);
  });

  it('is that of an answer, without ACK, window and acknowledgement number', () => {
    const facts = endedBy({ flags: 'R', window: 0 });
    assert.equal(facts.get('form-active')?.state, false);
    assert.equal(facts.get('form-passive')?.state, true);
  });

  it('is that of an answer, too, with the one option that says why', () => {
    const reason = Uint8Array.of(30, 4, 0x80, 0x01);
    const passive = endedBy({ flags: 'R', window: 0, options: [reason] }).get('form-passive');
    assert.equal(passive?.state, true);
    assert.match(wordsOf(passive), /no option but MP_TCPRST/);
  });

  it('is neither, without ACK but with an acknowledgement number', () => {
    const facts = endedBy({ flags: 'R', ack: 1011, window: 0 });
    assert.equal(facts.get('form-active')?.state, false);
    assert.equal(facts.get('form-passive')?.state, false);
  });
});
