import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VantageLine } from '#src/birth/vantage-line.js';
import { pairVantages } from '#src/pair/path.js';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { type Host, Tape } from '../support/tape.js';

const BACKEND: Host = { ip: '10.1.0.4', port: 8443 };
/** What the callee is called at each vantage of a balancer that rewrites destinations. */
const CALLED = { client: SERVER, 'lb-front': SERVER, 'lb-back': BACKEND, server: BACKEND };
type Vantage = keyof typeof CALLED;
const VANTAGES = Object.keys(CALLED) as Vantage[];
const RESET_AT = 10;
/** Somebody else, who shows that a capture goes on. */
const BYSTANDER: Host = { ip: '192.0.2.99', port: 50_000 };

/** One connection at four vantages, and a RST in one side's name where it was seen; what is said of its birth. */
function birthOf(
  from: 0 | 1,
  seenAt: readonly Vantage[],
  { unknownAt = [], endedAt = [] }: { unknownAt?: readonly Vantage[]; endedAt?: readonly Vantage[] } = {},
) {
  const stories = VANTAGES.map((vantage) => new Story(new Tape(), CLIENT, CALLED[vantage]));
  for (const [i, story] of stories.entries()) {
    if (unknownAt.includes(VANTAGES[i])) continue;
    story.handshake();
    story.up({ flags: 'PA', data: 10 });
    if (!seenAt.includes(VANTAGES[i])) continue;
    if (from === 0) story.up({ flags: 'R', at: RESET_AT });
    else story.down({ flags: 'R', at: RESET_AT });
  }
  for (const [i, { tape }] of stories.entries()) {
    if (endedAt.includes(VANTAGES[i])) continue;
    new Story(tape, BYSTANDER, CALLED[VANTAGES[i]], [7, 8]).up({ flags: 'S', at: 2 * RESET_AT });
  }
  const records = stories.map(({ tape }, i) => tape.record(VANTAGES[i]));
  const path = pairVantages(records[0], records[3]).path(0, unknownAt.includes('server') ? null : 0, 'isn');
  const seq = from === 0 ? 1011 : 5001;
  return new VantageLine(records).birthOf(path, { from, seq, time: RESET_AT * 1e9 });
}

test('a RST that the balancer sent to the client was made between its two sides', () => {
  const line = birthOf(1, ['client', 'lb-front']);
  assert.equal(
    line?.text,
    'the RST was captured at lb-front, client and not at server, lb-back: it was made between lb-back and lb-front, if lb-back lost no packet',
  );
  assert.deepEqual(line?.frames, [
    { vantage: 'lb-front', frame: 5 },
    { vantage: 'client', frame: 5 },
  ]);
});

test('a RST in the name of the client that a box before the balancer made is placed there', () => {
  assert.match(
    birthOf(0, ['lb-front', 'lb-back', 'server'])?.text ?? '',
    /made between client and lb-front, if client lost no packet$/,
  );
});

test('a RST that its sender’s own capture shows was born there, as the two ends tell already', () => {
  assert.equal(birthOf(1, VANTAGES), null);
});

test('a vantage that does not know the connection says nothing of where its RST was made', () => {
  assert.match(
    birthOf(1, ['client'], { unknownAt: ['lb-back'] })?.text ?? '',
    /made between lb-front and client, if lb-front lost no packet$/,
  );
  assert.equal(birthOf(1, []), null);
});

test('a vantage whose capture had ended says nothing of where a RST was made', () => {
  const line = birthOf(1, ['client'], { endedAt: ['lb-front'] });
  assert.match(line?.text ?? '', /made between lb-back and client, if lb-back lost no packet$/);
});
