import type { SideState } from '../../flow/connection.js';
import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { nearSender, numberedZero } from '../timeline.js';

const LARGEST_STEP = 256;
const LEAST_SAMPLES = 3;
const COUNTER_SHARE = 0.8;

/**
 * IPv4 identification. Linux gives each socket its own counter (include/net/ip.h, ip_select_ident_segs), so a RST
 * that continues it came from that very socket; a box that edits a packet and sends it back keeps its number.
 */
export function identification(scene: Scene): Fact[] {
  const own = continues(scene);
  return [own, foreign(scene, own), mirrors(scene), turnedAround(scene), classDiffers(scene)];
}

/** An aborting socket numbers its RST like its other segments: another number is another maker's. 0 proves nothing. */
function foreign({ reset, seen }: Scene, { state, text, packets }: Fact): Fact {
  const aborts = (reset.flags & ACK) !== 0 && !numberedZero(reset);
  return fact('ip-id-foreign', state === null ? null : !state && aborts && seen.ipId !== 0, text, packets);
}

/** Whether a side gives its segments numbers that count on: enough of them were seen to tell. */
export function isCounter({ ipIdSteps, ipIdSamples }: SideState): boolean {
  return ipIdSamples >= LEAST_SAMPLES && ipIdSteps >= ipIdSamples * COUNTER_SHARE;
}

function continues(scene: Scene): Fact {
  const { habits, seen, seenAt } = scene;
  const last = scene.before.findLast((packet) => packet.from === scene.sender && packet[seenAt] !== null);
  const who = nameOf(scene.sender);
  if (habits === null || seen.ipId === null || last === undefined || habits.ipIdSamples < LEAST_SAMPLES) {
    return fact('ip-id-continues', null, () => `too few segments of the ${who} to know how its IP IDs move`);
  }
  if (!isCounter(habits)) return fact('ip-id-continues', null, () => `IP IDs of the ${who} are no counter`);
  const before = last[seenAt]?.ipId ?? 0;
  const step = (seen.ipId - before) & 0xffff;
  const does = seen.ipId !== 0 && step >= 1 && step <= LARGEST_STEP;
  const text = () =>
    `IP ID ${seen.ipId} ${does ? 'continues' : 'does not continue'} the ${who}'s counter (${before} before)`;
  return fact('ip-id-continues', does, text, [last, scene.reset]);
}

/**
 * What its receiver sent last, made into the RST and sent back: the IP ID, or where there is none a window that only the
 * receiver had.
 */
function turnedAround(scene: Scene): Fact {
  const { before, receiver, sender, seen, reset } = scene;
  if (seen.ipId !== null && standsStill(seen.ipId, scene))
    return fact(
      'ip-id-turned-around',
      null,
      () => `IP ID ${seen.ipId} is on every segment: no sign of a copy`,
    );
  const model = scene.trigger ?? before.findLast((packet) => packet.from === receiver) ?? null;
  const own = before.findLast((packet) => packet.from === sender);
  const marks = model === null ? null : nearSender(model).segment;
  const sameId = marks !== null && seen.ipId !== null && seen.ipId !== 0 && seen.ipId === marks.ipId;
  const ownWindow = own === undefined ? null : nearSender(own).segment.window;
  const sameWindow =
    marks !== null &&
    seen.ipId === null &&
    seen.window !== 0 &&
    seen.window === marks.window &&
    ownWindow !== null;
  const state = sameId || (sameWindow && ownWindow !== seen.window);
  const text = () =>
    state
      ? `the RST has the ${sameId ? `IP ID (${seen.ipId})` : `window (${seen.window})`} of what its receiver had sent: that was turned around`
      : 'the RST is nothing that its receiver had sent, turned around';
  return fact('ip-id-turned-around', state, text, [model, reset]);
}

/** The number of a segment that was on the wire already, the other end's or the alleged sender's own. */
function mirrors(scene: Scene): Fact {
  const id = scene.seen.ipId;
  const own = scene.before.findLast((packet) => packet.from === scene.sender) ?? null;
  const models = [scene.trigger, own].filter((packet) => packet !== null);
  if (id === null || models.length === 0) {
    return fact('ip-id-mirrors-trigger', null, 'no segment whose IP ID could be copied');
  }
  if (standsStill(id, scene)) {
    return fact('ip-id-mirrors-trigger', null, () => `IP ID ${id} is on every segment: no sign of a copy`);
  }
  const model = models.find((packet) => id !== 0 && nearSender(packet).segment.ipId === id);
  const text = () =>
    model
      ? `IP ID ${id} is copied from a segment of the ${nameOf(model.from)}`
      : 'IP ID is not copied from a segment before';
  return fact('ip-id-mirrors-trigger', model !== undefined, text, [model, scene.reset]);
}

/** Segments with one number that no counter gives: their sender numbers none of them. */
const LEAST_ALIKE = 2;

/** The alleged sender gives this number to its segments anyway, as written packets and some simple stacks do. */
function standsStill(id: number, { before, sender }: Scene): boolean {
  const own = before.filter((packet) => packet.from === sender && nearSender(packet).segment.ipId === id);
  return own.length >= LEAST_ALIKE;
}

/**
 * How a host numbers its packets: always 0, by a counter, or otherwise (at random, or by a counter that all its
 * connections share and that moves fast). A RST that is numbered in another way has another maker; only a 0 proves
 * nothing, as Linux replies with it from any socket's host (net/ipv4/ip_output.c, ip_send_unicast_reply).
 */
function classDiffers({ habits, seen, sender, reset }: Scene): Fact {
  const id = 'ip-id-class-differs';
  if (habits === null || seen.ipId === null || habits.ipIdSamples < LEAST_SAMPLES)
    return fact(
      id,
      null,
      () => `too few segments of the ${nameOf(sender)} to know how it numbers its packets`,
    );
  const always0 = habits.ipIdZeros >= habits.ipIdSamples * COUNTER_SHARE;
  const differs = always0 && seen.ipId !== 0;
  const text = () =>
    differs
      ? `IP ID ${seen.ipId}, where the ${nameOf(sender)} sends 0`
      : `numbered as the ${nameOf(sender)} may number its packets`;
  return fact(id, differs, text, [reset]);
}
