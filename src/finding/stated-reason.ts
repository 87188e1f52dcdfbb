import { type Declaration, declarationOf } from '../evidence/reason.js';
import { nearSender } from '../evidence/timeline.js';
import type { Pairing } from '../pair/path.js';
import type { StatedReason } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { cite } from './cite.js';

/** Why the first RST of a verdict that says anything says that it was sent; null when none does. */
export function statedReason({ scenes }: Verdict, pairing: Pairing): StatedReason | null {
  for (const { scene } of scenes) {
    const said = declarationOf(scene);
    if (said !== null) return asReported(said, pairing);
  }
  return null;
}

function asReported({ reason, packet }: Declaration, pairing: Pairing): StatedReason {
  const { source, code, name, means, text } = reason;
  const { end, segment } = nearSender(packet);
  const where = cite({ vantage: end, frame: segment.frame }, pairing);
  return { ...where, source, code, name, means, payloadText: text };
}
