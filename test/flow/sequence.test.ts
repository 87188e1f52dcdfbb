import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Story } from '../support/story.js';

const sidesOf = (story: Story) => {
  const { sides } = story.tape.connection();
  if (sides === null) throw new Error('no details were kept');
  return sides;
};

test('SYN, FIN and payload move the next number on', () => {
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: 100 });
  story.up({ flags: 'FA', data: 10 });
  const [client] = sidesOf(story);
  assert.deepEqual([client.nextSeq, client.payloadBytes], [1001 + 110 + 1, 110]);
  assert.deepEqual([client.finFrame, client.finEnd], [5, 1112]);
});

test('numbers run over the wrap, the acknowledged ones too', () => {
  const story = new Story(undefined, undefined, undefined, [0xffff_ff00, 0xffff_fff0]).handshake();
  for (let i = 0; i < 4; i += 1) {
    story.up({ flags: 'PA', data: 200 });
    story.down({ flags: 'PA', data: 20 });
  }
  const [client, server] = sidesOf(story);
  assert.deepEqual([client.nextSeq, server.nextSeq], [801 - 256, 81 - 16]);
  assert.deepEqual([client.ackMax, server.ackMax], [45, 545]);
});

test('retransmissions and reordered segments do not move numbers back', () => {
  const story = new Story(undefined, undefined, undefined, [0xffff_ffff, 5000]).handshake();
  story.up({ flags: 'PA', data: 100 });
  story.up({ flags: 'PA', data: 100, seq: 0 });
  story.up({ flags: 'A', seq: 0xffff_ffff, ack: 4990 });
  const [client] = sidesOf(story);
  assert.deepEqual([client.nextSeq, client.ackMax], [100, 5001]);
});

test('an acknowledgement of 0 is a number like any other', () => {
  const story = new Story(undefined, undefined, undefined, [0xffff_ffff, 5000]);
  story.up({ flags: 'S' });
  story.down({ flags: 'SA', ack: 0 });
  story.down({ flags: 'A', ack: 0xffff_fff0 });
  assert.equal(sidesOf(story)[1].ackMax, 0);
});

test('a RST moves nothing: it may be forged', () => {
  const story = new Story().handshake();
  const before = story.down({ flags: 'PA', data: 5 });
  story.down({ flags: 'RA', seq: 999_999, ack: 888_888, data: 50 });
  const [, server] = sidesOf(story);
  assert.deepEqual([server.nextSeq, server.ackMax, server.payloadBytes, server.segments], [5006, 1001, 5, 2]);
  assert.equal(server.lastFrame, before);
});
