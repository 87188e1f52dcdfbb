import type { Facts } from '#src/evidence/detectors/index.js';
import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import type { Story } from '../support/story.js';

/** What is established about the one reset event of a connection that was captured at the backend. */
export function factsOf(story: Story): Facts {
  const pairing = pairVantages(null, story.tape.record('server'));
  const events = [...gatherEvidence(pairing, () => true)].flatMap((path) => path.events);
  if (events.length !== 1) throw new Error(`${events.length} reset events instead of one`);
  return events[0].facts;
}
