import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DNAT } from '../support/crossing.js';
import type { Story } from '../support/story.js';

/** A reset toward the client: whether the backend's capture has it too, and when it came, in seconds. */
interface Told {
  readonly atBackend: boolean;
  readonly at: number;
}

/** What the backend's capture lacks of the first connection. */
type Hole = 'nothing' | 'data' | 'SYN-ACK';

const CLOSED = 20;
const ANSWER = 30;

/**
 * The RSTs of connections that answered once, beside others that closed, as two captures have them. The first of those
 * others has the hole: where that is its data, it was reset, as of what closed nothing but a record is left.
 */
function factsOf(resets: readonly Told[], hole: Hole = 'data'): Facts[] {
  const crossing = new Crossing();
  const isnOf = (i: number) => 70_000_000 * (i + 1);
  const stories = Array.from({ length: CLOSED + resets.length }, (_, i) => {
    const client = { ...DNAT.client, port: 40_001 + 7 * i };
    const both = crossing.both({ ...DNAT, client, lbPeer: client }, [1_000_000 * (i + 1), isnOf(i)]);
    talk(both.client, isnOf(i), 'nothing');
    talk(both.server, isnOf(i), i === 0 ? hole : 'nothing');
    return both;
  });
  const reset = (story: Story, i: number, at: number) =>
    story.down({ flags: 'RA', window: 9, at, seq: isnOf(i) + 1 + ANSWER });
  stories.slice(0, CLOSED).forEach(({ client, server }, i) => {
    for (const story of [client, server]) {
      if (i === 0 && hole === 'data') story.down({ flags: 'R', at: 1, seq: isnOf(i) + 1 + ANSWER });
      else close(story, isnOf(i));
    }
  });
  resets.forEach(({ atBackend, at }, i) => {
    const { client, server } = stories[CLOSED + i];
    reset(client, CLOSED + i, at);
    if (atBackend) reset(server, CLOSED + i, at);
  });
  keepRunning(crossing);
  const pairing = pairVantages(crossing.client.record('client'), crossing.server.record('server'));
  const events = [...gatherEvidence(pairing, () => true)].flatMap((path) => path.events);
  return events.filter(({ scene }) => scene.reset.time > 1.5e9).map(({ facts }) => facts);
}

function talk(story: Story, isn: number, hole: Hole): void {
  story.up({ flags: 'S' });
  if (hole !== 'SYN-ACK') story.down({ flags: 'SA' });
  story.up({ flags: 'A', ack: isn + 1 });
  story.up({ flags: 'PA', data: 20, ack: isn + 1 });
  if (hole !== 'data') story.down({ flags: 'PA', data: ANSWER, seq: isn + 1 });
  story.up({ flags: 'A', ack: isn + 1 + ANSWER });
}

function close(story: Story, isn: number): void {
  story.up({ flags: 'FA', ack: isn + 1 + ANSWER });
  story.down({ flags: 'FA', seq: isn + 1 + ANSWER });
  story.up({ flags: 'A', ack: isn + 2 + ANSWER });
}

/** One more connection long after: both captures were still running. */
function keepRunning(crossing: Crossing): void {
  const { client, server } = crossing.both(DNAT, [7, 9]);
  for (const story of [client, server]) story.handshake(60);
}

/** What is said of the RST's origin, and whether the fact in between is sure. */
function originIn(facts: Facts) {
  const between = facts.get('born-between');
  return {
    between: between?.state,
    backend: facts.get('born-server-side')?.state,
    isSure: (between?.quality ?? 0) >= 0.9,
  };
}

const apart = (count: number, atBackend: boolean): Told[] =>
  Array.from({ length: count }, (_, i) => ({ atBackend, at: 2 + 3 * i }));

describe('a RST that the capture near its sender lacks', () => {
  it('was made in between where that capture loses nothing', () => {
    const [facts] = factsOf(apart(1, false), 'nothing');
    assert.deepEqual(originIn(facts), { between: true, backend: false, isSure: true });
  });

  it('may have been lost where that capture loses segments', () => {
    const [facts] = factsOf(apart(1, false));
    assert.deepEqual(originIn(facts), { between: true, backend: null, isSure: false });
  });

  it('may have been lost where only the handshake of a closed connection tells of losses', () => {
    const [facts] = factsOf(apart(1, false), 'SYN-ACK');
    assert.deepEqual(originIn(facts), { between: true, backend: null, isSure: false });
  });

  it('was made in between where the capture lacks all that look like it', () => {
    for (const facts of factsOf(apart(3, false)))
      assert.deepEqual(originIn(facts), { between: true, backend: false, isSure: true });
  });

  it('may as well have been lost where the capture has most that look like it', () => {
    const facts = factsOf([...apart(12, true), { atBackend: false, at: 50 }]).at(-1) as Facts;
    assert.equal(facts.get('born-between')?.state, null);
    assert.equal(facts.get('born-server-side')?.state, null);
  });
});
