import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPENED_BROKEN, OPENED_HELLO, OPENED_SHARED } from '#src/flow/opening/beginning.js';
import { Story } from '../support/story.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The rows of what the streams opened with. */
function openings(story: Story) {
  const { log } = story.tape.tracker;
  return [...log.openings.rows()].map((row) => {
    const { side, length, digest0, digest1, short0, headerLength, kinds, firstFrame } = log.openings.at(row);
    return { side, length, digest0, digest1, short0, headerLength, kinds, firstFrame };
  });
}

function opened(...pieces: readonly string[]) {
  const story = new Story().handshake();
  for (const piece of pieces) story.up({ flags: 'PA', data: bytes(piece) });
  return openings(story);
}

const WORDS = 'all work and no play makes jack a dull boy. '.repeat(20);

test('a stream has one digest, however it is cut into segments', () => {
  const { firstFrame, ...whole } = opened(WORDS)[0];
  assert.equal(whole.length, 512);
  for (const size of [1, 7, 63, 64, 65, 511, 512]) {
    const pieces: string[] = [];
    for (let at = 0; at < WORDS.length; at += size) pieces.push(WORDS.slice(at, at + size));
    const { firstFrame: _, ...cut } = opened(...pieces)[0];
    assert.deepEqual(cut, whole, `pieces of ${size}`);
  }
});

test('streams that differ in one byte have other digests', () => {
  const other = `${WORDS.slice(0, 63)}!${WORDS.slice(64)}`;
  assert.notEqual(opened(WORDS)[0].digest0, opened(other)[0].digest0);
  assert.notEqual(opened(WORDS)[0].short0, opened(other)[0].short0);
  assert.notEqual(opened(WORDS)[0].digest1, opened(WORDS.slice(0, 100))[0].digest1);
});

test('each side has a stream of its own', () => {
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: bytes('ping') });
  story.down({ flags: 'PA', data: bytes('ping') });
  const [up, down] = openings(story);
  assert.deepEqual([up.side, down.side], [0, 1]);
  assert.equal(up.digest0, down.digest0);
});

test('what was sent before counts once', () => {
  const story = new Story().handshake();
  const [seq] = story.next;
  story.up({ flags: 'PA', data: bytes('ab') });
  story.up({ flags: 'PA', data: bytes('abcd'), seq });
  assert.equal(openings(story)[0].digest0, opened('abcd')[0].digest0);
});

test('a digest ends before bytes that were not seen', () => {
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: bytes('ab') });
  const [seq] = story.next;
  story.up({ flags: 'PA', data: bytes('ef'), seq: seq + 2 });
  story.up({ flags: 'PA', data: bytes('cd'), seq });
  const [{ length, kinds, digest0 }] = openings(story);
  assert.deepEqual([length, kinds & OPENED_BROKEN], [2, OPENED_BROKEN]);
  assert.equal(digest0, opened('ab')[0].digest0);
});

test('a connection that began before the capture has no beginning', () => {
  const story = new Story();
  story.up({ flags: 'PA', data: bytes('ab') });
  assert.deepEqual(openings(story), []);
});

test('PROXY headers are no part of the stream, in a segment of their own or not', () => {
  const header = 'PROXY TCP4 192.0.2.1 198.51.100.7 40000 443\r\n';
  for (const pieces of [
    [header, 'abc'],
    [`${header}abc`],
    [header + header, 'abc'],
    [header, `${header}abc`],
  ]) {
    const [{ digest0, length, headerLength }] = opened(...pieces);
    assert.equal(digest0, opened('abc')[0].digest0);
    assert.equal(length, 3);
    assert.equal(headerLength % header.length, 0);
  }
});

test('a ClientHello is known by its random', () => {
  const hello = (random: number) =>
    String.fromCharCode(22, 3, 1, 0, 80, 1, 0, 0, 76, 3, 3, ...Array(32).fill(random), 0, 0, 2, 19, 1, 1, 0);
  const [one] = opened(hello(1));
  assert.equal(one.kinds, OPENED_HELLO);
  assert.equal(opened(hello(1).slice(0, 43))[0].kinds, 0);
});

test('requests of different clients make a connection a shared one', () => {
  const request = (client: number) => `GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.${client}\r\n\r\n`;
  assert.equal(opened(request(1), request(1))[0].kinds & OPENED_SHARED, 0);
  assert.equal(opened(request(1), request(2))[0].kinds & OPENED_SHARED, OPENED_SHARED);
});
