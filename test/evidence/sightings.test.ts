import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ResetSightings } from '#src/evidence/sightings.js';
import { timelineOf } from '#src/evidence/timeline.js';
import type { Path } from '#src/pair/path.js';
import { CLIENT, SERVER, Story } from '../support/story.js';
import { Tape } from '../support/tape.js';

/** A path of which the client's vantage has a RST of the server, at a time in seconds, and the server's may have it too. */
function pathOf(at: number, ttl: number, seenAtServer: boolean): Path {
  const connectionOf = (hasReset: boolean) => {
    const story = new Story(new Tape(), CLIENT, SERVER).handshake();
    if (hasReset) story.down({ flags: 'RA', at, ttl });
    return story.tape.connection();
  };
  return {
    client: connectionOf(true),
    server: connectionOf(seenAtServer),
    stray: null,
    method: null,
    mode: 'pass-through',
    folded: [],
    announcement: null,
  };
}

type Look = [at: number, ttl: number, seenAtServer: boolean];

/** Decibans against the last one having been lost, by a capture that loses one segment in twenty. */
function against(...looks: Look[]): number {
  const sightings = new ResetSightings();
  const timelines = looks.map((look) => {
    const path = pathOf(...look);
    const timeline = timelineOf(path, null);
    sightings.add(timeline, path, () => true);
    return timeline;
  });
  const last = timelines.at(-1)?.at(-1);
  assert.ok(last);
  return Math.round(sightings.againstLoss(last, 0.05));
}

describe('RSTs that a lossy capture lacks', () => {
  it('speak as loudly as losing one is rare', () => {
    assert.equal(against([1, 60, false]), 13);
  });

  it('speak louder together: each would have to be lost', () => {
    assert.equal(against([1, 60, false], [2, 60, false], [3, 60, false]), 39);
  });

  it('count twice at most within one burst of losses', () => {
    const burst: Look[] = [1, 1, 1, 1, 1].map((at) => [at, 60, false]);
    assert.equal(against(...burst), 26);
  });

  it('say less the more that look alike it has', () => {
    assert.equal(against([1, 60, true], [2, 60, false]), 10);
    assert.equal(against([1, 60, true], [2, 60, true], [3, 60, true], [4, 60, true], [5, 60, false]), 6);
  });

  it('are told apart by the distance from which they came', () => {
    assert.equal(against([1, 60, true], [2, 60, true], [3, 61, false]), 13);
  });
});
