import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../support/story.js';

test('a connection is closed when both FINs are acknowledged', () => {
  const unfinished = () => {
    const story = new Story().handshake();
    story.up({ flags: 'FA' });
    story.down({ flags: 'A' });
    story.down({ flags: 'FA' });
    return story;
  };
  assert.equal(unfinished().tape.connection().closedByFin, false);
  const story = unfinished();
  story.up({ flags: 'A' });
  const { closedByFin, sides } = story.tape.connection();
  assert.equal(closedByFin, true);
  assert.deepEqual(
    sides?.map(({ finAcked }) => finAcked),
    [true, true],
  );
});

test('both at once is a close, too', () => {
  const story = new Story().handshake();
  story.up({ flags: 'FA', ack: 5001 });
  story.down({ flags: 'FA', ack: 1001 });
  story.up({ flags: 'A' });
  story.down({ flags: 'A' });
  assert.equal(story.tape.connection().closedByFin, true);
});

test('a close over the wrap of the numbers is a close', () => {
  const story = new Story(undefined, undefined, undefined, [0xffff_fffe, 0xffff_fffe]).handshake().close();
  const { closedByFin, sides } = story.tape.connection();
  assert.equal(closedByFin, true);
  assert.equal(sides?.[0].finEnd, 0);
});

test('a FIN on one side only is none', () => {
  const story = new Story().handshake();
  story.up({ flags: 'FA' });
  story.down({ flags: 'A' });
  const { closedByFin, sides } = story.tape.connection();
  assert.equal(closedByFin, false);
  assert.deepEqual(
    sides?.map(({ finFrame }) => finFrame),
    [4, null],
  );
});

test('a retransmitted FIN keeps the frame of the first', () => {
  const story = new Story().handshake();
  const first = story.up({ flags: 'FA' });
  story.up({ flags: 'FA', seq: 1001 });
  assert.equal(story.tape.connection().sides?.[0].finFrame, first);
});
