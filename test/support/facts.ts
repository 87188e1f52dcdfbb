import assert from 'node:assert/strict';
import type { Facts } from '#src/evidence/detectors/index.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import type { Story } from './story.js';

/** What is established about the one reset of a story that only the client's side saw. */
export function factsOf({ tape }: Story): Facts {
  const [path] = gatherEvidence(pairVantages(tape.record('client'), null), () => true);
  assert.equal(path?.events.length, 1);
  return path.events[0].facts;
}
