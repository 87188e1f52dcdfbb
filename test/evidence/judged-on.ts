import { gatherEvidence, type JudgedScene } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import type { Crossing } from '../support/crossing.js';

/** Every reset event that two captures around a box show, with what was established about it, in order of time. */
export function judgedOn({ client, server }: Crossing): JudgedScene[] {
  const pairing = pairVantages(client.record('client'), server.record('server'));
  return [...gatherEvidence(pairing, () => true)]
    .flatMap((path) => path.events)
    .sort((a, b) => a.scene.reset.time - b.scene.reset.time);
}
