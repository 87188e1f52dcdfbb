import type { JudgedScene, PathEvidence } from '../evidence/gather.js';
import { hopsTo } from '../evidence/hops.js';
import { UNDECIDED, type Undecided } from './undetermined.js';

/** Which kind of openness it is. */
export function whyUndecided({ scene }: JudgedScene): Undecided {
  const { path } = scene;
  if (path.mode === 'proxy') return 'ambiguous';
  if (path.client === null || path.server === null) {
    const other = path.client === null ? 'client' : 'server';
    if (!scene.watch.captured(other)) return 'one-sided';
    return isMidStream(path) ? 'mid-stream' : 'unpaired';
  }
  if (isMidStream(path)) return 'mid-stream';
  return scene.event.origin.possible.length > 1 ? 'capture-gap' : 'ambiguous';
}

/** Neither capture has the beginning of the connection. */
function isMidStream({ client, server }: PathEvidence['path']): boolean {
  return [client, server].every((one) => one === null || one.midStream);
}

/** What would decide; of what is missing where something is, else of the boxes in between. */
export function whatDecides({ scene }: JudgedScene, subtype: Undecided, isOpen: boolean): string {
  const { path, event, sender, watch } = scene;
  if (watch.showsBothSides)
    return 'capture at the client and at the backend, or one interface of the load balancer at a time: a capture of both of its sides does not tell which host is an end';
  if (subtype === 'ambiguous' && path.mode !== 'proxy' && event.origin.possible.join() === 'between')
    return whichBox(scene);
  if (!isOpen) return UNDECIDED[subtype].decides;
  if (path.mode === 'proxy')
    return "the load balancer's log for this time names why it closed the connection";
  if (subtype !== 'one-sided') return UNDECIDED[subtype].decides;
  const missing = sender === 1 ? 'server' : 'client';
  return `capture on the ${missing} side at the same time: if the RST leaves there, the ${sender === 1 ? 'backend' : 'client'} sent it; if it does not, the load balancer or a box in between made it`;
}

/** Who made a RST in between shows in how far it came, to whoever knows what stands there. */
function whichBox({ seen, seenAt }: JudgedScene['scene']): string {
  const hops = hopsTo(seen.ttl);
  const routers = hops === 0 ? 'no router' : hops === 1 ? 'one router' : `${hops} routers`;
  return `find out which box stands there: by its TTL (${seen.ttl}) the RST passed ${routers} before it reached the ${seenAt}'s capture; the rules and the log of that box, or captures on both sides of it, decide`;
}
