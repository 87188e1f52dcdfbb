import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENED_BODY, OPENED_REQUEST_ID } from '#src/flow/opening/beginning.js';
import { Story } from '../support/story.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const GET = 'GET /a HTTP/1.1\r\nX-Request-Id: 7\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes';

const asks = (story: Story, text = GET) => story.up({ flags: 'PA', data: bytes(text) });
const answers = (story: Story, text = OK) => story.down({ flags: 'PA', data: bytes(text) });

/** The requests that were written down. */
function requests(story: Story) {
  const { log } = story.tape.tracker;
  return [...log.requests.rows()].map((row) => {
    const { connection, previous, frame, answerTime, asked0, kinds, bodyLength } = log.requests.at(row);
    return { connection, previous, frame, answered: answerTime > 0, asked0, kinds, bodyLength };
  });
}

test('each request of a connection is written down with its answer', () => {
  const story = new Story().handshake();
  for (const _ of [1, 2]) {
    asks(story);
    answers(story);
  }
  const [first, second] = requests(story);
  assert.deepEqual([first.frame, first.previous, first.answered, first.bodyLength], [4, -1, true, 3]);
  assert.deepEqual([second.frame, second.previous, second.answered, second.bodyLength], [6, 0, true, 3]);
  assert.equal(first.asked0, second.asked0);
  assert.equal(first.kinds, OPENED_REQUEST_ID | OPENED_BODY);
});

test('an interim response is no answer yet', () => {
  const story = new Story().handshake();
  asks(story);
  answers(story, 'HTTP/1.1 100 Continue\r\n\r\n');
  assert.equal(requests(story)[0].answered, false);
  answers(story);
  assert.equal(requests(story)[0].answered, true);
});

test('after bytes that were not seen, requests and answers are taken up again', () => {
  const story = new Story().handshake();
  asks(story);
  answers(story);
  story.up({ flags: 'PA', data: bytes('rest'), seq: story.next[0] + 100 });
  story.down({ flags: 'PA', data: bytes('rest'), seq: story.next[1] + 100 });
  asks(story, GET.replace('/a', '/b'));
  answers(story);
  assert.deepEqual(
    requests(story).map(({ previous, answered }) => [previous, answered]),
    [
      [-1, true],
      [0, true],
    ],
  );
});

test('on a connection that began before the capture too', () => {
  const story = new Story();
  story.down({ flags: 'PA', data: bytes('the end of an answer') });
  asks(story);
  answers(story);
  assert.deepEqual(
    requests(story).map(({ answered }) => answered),
    [true],
  );
});

test('a repeated request is one', () => {
  const story = new Story().handshake();
  const [seq] = story.next;
  asks(story);
  story.up({ flags: 'PA', data: bytes(GET), seq, at: 2 });
  assert.equal(requests(story).length, 1);
});

test('what is no request is none, whoever says it', () => {
  const story = new Story().handshake();
  asks(story, 'GETTING on with it');
  story.down({ flags: 'PA', data: bytes(GET) });
  answers(story);
  assert.deepEqual(requests(story), []);
});
