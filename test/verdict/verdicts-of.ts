import { gatherEvidence } from '#src/evidence/gather.js';
import { pairVantages } from '#src/pair/path.js';
import { type Verdict, verdictsOf } from '#src/verdict/verdict.js';
import type { Crossing } from '../support/crossing.js';

/** What is made of everything that two captures around a box show, path by path. */
export function verdictsOn({ client, server }: Crossing): Verdict[] {
  const pairing = pairVantages(client.record('client'), server.record('server'));
  return [...gatherEvidence(pairing, () => true)].flatMap(verdictsOf);
}

/** `class/subtype by originator` of a verdict. */
export function toldBy({ class: cause, subtype, originator }: Verdict): string {
  return `${cause}/${subtype} by ${originator}`;
}
