import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionReader, resetsOf } from '#src/flow/connection-reader.js';
import { SERVER, Story } from '../support/story.js';
import { type Host, Tape } from '../support/tape.js';

/** Closed connections that linger for stragglers before the first of them leave. */
const LINGERING = 16_384;
const CLOSED = LINGERING + 10;

const host = (i: number): Host => ({ ip: `10.${i >>> 16}.${(i >>> 8) & 0xff}.${i & 0xff}`, port: 50_000 });

/** One connection that stays open, more than linger that close, every tenth by a RST, and a late RST for one that left. */
function longCapture() {
  const tape = new Tape();
  const open = new Story(tape, { ip: '203.0.113.1', port: 1 }, SERVER).handshake();
  for (let i = 0; i < CLOSED; i += 1) {
    const story = new Story(tape, host(i), SERVER, [i, i + 7]).handshake();
    if (i % 10 === 0) story.down({ flags: 'RA' });
    else story.close();
  }
  open.up({ flags: 'PA', data: 9 });
  const late = tape.send(SERVER, host(1), { flags: 'R', seq: 9 });
  tape.tracker.finish();
  return { log: tape.tracker.log, reader: new ConnectionReader(tape.tracker.log), late };
}

const { log, reader, late } = longCapture();

test('closed connections leave without losing a RST', () => {
  assert.equal(log.counts.resetSegments, Math.ceil(CLOSED / 10) + 1);
  for (let i = 0; i < CLOSED; i += 10) {
    const { segments, isns, sides } = reader.read(i + 1);
    assert.deepEqual([segments.length, isns, sides?.[0].segments], [4, [i, i + 7], 2]);
  }
});

test('of those that closed cleanly and left, only the record remains', () => {
  const { closedByFin, sides, segments, isns, endpoints } = reader.read(1 + 1);
  assert.deepEqual([closedByFin, sides, segments], [true, null, []]);
  assert.deepEqual([isns, endpoints[0]], [[1, 8], host(1)]);
});

test('those that linger and those that are open keep what they are', () => {
  assert.notEqual(reader.read(CLOSED).sides, null);
  const { sides, segments } = reader.read(0);
  assert.deepEqual([sides?.[0].payloadBytes, segments.length], [9, 4]);
});

test('a RST for a connection that has left is kept, as one that begins in the middle', () => {
  assert.equal(log.connections.length, CLOSED + 2);
  const { midStream, endpoints, segments } = reader.read(CLOSED + 1);
  assert.equal(midStream, true);
  assert.deepEqual(endpoints, [host(1), SERVER]);
  assert.deepEqual(
    segments.map(({ frame }) => frame),
    [late],
  );
});

test('a RST for a connection that closed a moment ago belongs to it', () => {
  const story = new Story().handshake().close();
  story.down({ flags: 'R' });
  const connection = story.tape.connection();
  assert.deepEqual([connection.closedByFin, resetsOf(connection).length], [true, 1]);
});

test('of more connections than the table holds, those idle longest are let go of, and kept as they were', () => {
  const tape = new Tape(8);
  const busy = new Story(tape, { ip: '203.0.113.1', port: 1 }, SERVER).handshake();
  for (let i = 0; i < 20; i += 1) {
    new Story(tape, host(i), SERVER, [i, i + 7]).handshake();
    busy.up({ flags: 'PA', data: 1 });
  }
  const { openConnections } = tape.tracker;
  assert.ok(openConnections <= 8);
  assert.equal(tape.tracker.log.counts.letGo, 21 - openConnections);
  const connections = tape.connections();
  assert.equal(connections.length, 21);
  assert.equal(connections[0].sides?.[0].payloadBytes, 20);
  for (const { segments, sides, established } of connections.slice(1))
    assert.deepEqual([segments.length, sides?.[0].segments, established], [3, 2, true]);
});
