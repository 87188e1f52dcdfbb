import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resetsOf } from '#src/flow/connection-reader.js';
import { ascii, zeros } from '../support/bytes.js';
import { Story } from '../support/story.js';
import { Tape } from '../support/tape.js';
import { NOP, timestamps } from '../support/tcp.js';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const framesOf = (story: Story) => story.tape.connection().segments.map(({ frame }) => frame);
const talk = (story: Story, count: number) => {
  for (let i = 0; i < count; i += 1) story.up({ flags: 'PA', data: 1 });
};

test('of a connection without a RST, the last 16 segments are kept', () => {
  const story = new Story().handshake();
  talk(story, 37);
  assert.deepEqual(framesOf(story), range(25, 40));
});

test('a short connection is kept whole', () => {
  assert.deepEqual(framesOf(new Story().handshake()), [1, 2, 3]);
});

test('of a connection with a RST, the 15 before it and the 8 after it are kept, and the end', () => {
  const story = new Story().handshake();
  talk(story, 27);
  story.down({ flags: 'R' });
  talk(story, 60);
  assert.deepEqual(framesOf(story), [...range(16, 39), ...range(76, 91)]);
});

test('every RST is kept once, however many there are and however far apart', () => {
  const story = new Story().handshake();
  const resets: number[] = [];
  for (const apart of [0, 0, 3, 8, 9, 15, 16, 17, 40]) {
    talk(story, apart);
    resets.push(story.down({ flags: 'R' }));
  }
  const connection = story.tape.connection();
  assert.deepEqual(
    resetsOf(connection).map(({ frame }) => frame),
    resets,
  );
  const frames = connection.segments.map(({ frame }) => frame);
  assert.deepEqual(
    frames,
    [...new Set(frames)].sort((a, b) => a - b),
  );
  for (const reset of resets)
    assert.ok(range(Math.max(1, reset - 15), reset).every((frame) => frames.includes(frame)));
});

test('a kept segment has every field that evidence cites', () => {
  const story = new Story().handshake();
  story.down({
    flags: 'RA',
    at: 240,
    seq: 7,
    ack: 8,
    ttl: 61,
    ipId: 0xabcd,
    window: 512,
    options: [NOP, NOP, timestamps(99)],
  });
  assert.deepEqual(story.tape.connection().segments.at(-1), {
    frame: 4,
    time: 240e9,
    from: 1,
    seq: 7,
    ack: 8,
    flags: 0x14,
    length: 0,
    window: 512,
    ttl: 61,
    ipId: 0xabcd,
    flowLabel: null,
    tos: 0,
    timestamp: 99,
    dontFragment: true,
    hasOptions: true,
    optionsCut: false,
    tunnel: null,
    outerTtl: null,
    direction: null,
    payload: null,
    mptcpReset: null,
  });
});

test('what a RST carries is kept with it, up to 255 bytes', () => {
  const story = new Story().handshake();
  story.down({ flags: 'R', data: ascii('Go away, you’re not my cookie') });
  story.down({ flags: 'R' });
  story.down({ flags: 'R', data: zeros(300) });
  story.up({ flags: 'PA', data: ascii('hello') });
  const payloads = story.tape.connection().segments.map(({ payload }) => payload?.length ?? null);
  assert.deepEqual(payloads, [null, null, null, 29, null, 255, null]);
});

test('the reason in the option MP_TCPRST of a RST is kept with it, and of other segments it is not', () => {
  const reset = [30, 4, 0x81, 3];
  const story = new Story().handshake();
  story.up({ flags: 'PA', data: 1, options: [reset] });
  story.down({ flags: 'RA', options: [[30, 12, 0x70, 0, 1, 2, 3, 4, 5, 6, 7, 8], reset] });
  story.down({ flags: 'R' });
  const reasons = story.tape.connection().segments.map(({ mptcpReset }) => mptcpReset);
  assert.deepEqual(reasons, [null, null, null, null, 3, null]);
});

test('of an IPv6 segment the lower 16 bits of its flow label are kept', () => {
  const [client, server] = [
    { ip: '2001:db8::1', port: 40_000 },
    { ip: '2001:db8::2', port: 443 },
  ];
  const story = new Story(new Tape(), client, server);
  story.up({ flags: 'S', flowLabel: 0xabcde });
  story.down({ flags: 'RA' });
  const { segments } = story.tape.connection();
  assert.deepEqual(
    segments.map(({ flowLabel, ipId }) => [flowLabel, ipId]),
    [
      [0xbcde, null],
      [0, null],
    ],
  );
});

test('slots that are used again do not bring the segments of who had them before', () => {
  const story = new Story().handshake();
  story.down({ flags: 'R' });
  const second = new Story(story.tape, story.client, story.server, [50, 60]).handshake();
  talk(second, 2);
  const frames = story.tape.connections().map(({ segments }) => segments.map(({ frame }) => frame));
  assert.deepEqual(frames, [range(1, 4), range(5, 9)]);
});
