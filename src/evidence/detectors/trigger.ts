import { ACK, SYN } from '../../wire/tcp-flags.js';
import { isBare } from '../bare.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import { isProbe, type Scene, trustInLoss } from '../scene.js';
import { endOf, numberedZero, timeBetween } from '../timeline.js';

/** Faster than this share of the best round trip, the far end cannot have answered. */
const TOO_SOON_SHARE = 0.8;
/** A box answers within this, or within a round trip to the other end. */
const PROMPT = 0.05e9;
/** A box that answers hardly takes longer than this itself. */
const AT_ONCE = 0.01e9;
const TRUST_IN_LATE_ANSWER = 0.3;
/** Round trips below this are dominated by scheduling; no conclusion is drawn from them. */
const LEAST_ROUND_TRIP = 1e6;

/** The segment that the RST answers: what it was, how far it got, how fast the answer came. */
export function trigger(scene: Scene): Fact[] {
  const { trigger: answered, reset } = scene;
  const isReply = answered !== null && repliesByForm(scene);
  if (answered === null || !isReply) {
    const text = 'the RST answers no segment: it came by itself';
    return (['answers-segment', 'answers-syn', 'answers-probe'] as const).map((id) => fact(id, false, text));
  }
  const who = nameOf(answered.from);
  const packets = [answered, reset];
  return [
    fact(
      'answers-segment',
      true,
      () =>
        `the RST answers ${describe(scene)} of the ${who} after ${spell(timeBetween(answered, reset, scene.seenAt))}`,
      packets,
    ),
    fact('answers-syn', (answered.flags & SYN) !== 0, () => `the RST answers the ${who}'s SYN`, packets),
    fact(
      'answers-probe',
      isProbe(answered, before(scene)),
      () => `the RST answers a keepalive probe of the ${who}`,
      packets,
    ),
    ...crossing(scene),
    tooSoon(scene),
  ];
}

/**
 * An abort has the numbers of the last segment too: only bare forms, and boxes in between without a socket, are replies
 * for certain. A kernel or a box answers as soon as the segment is there.
 */
function repliesByForm(scene: Scene): boolean {
  const { trigger: answered, reset, seen, seenAt, event, path } = scene;
  if (answered === null) return false;
  const took = timeBetween(answered, reset, seenAt);
  if (!isPrompt(took, path)) return false;
  const hasReplyFlags = (reset.flags & ACK) === 0 || numberedZero(reset);
  if (hasReplyFlags && isBare(seen) && !event.bothEnds) return true;
  const isBetween = event.origin.possible.join() === 'between';
  return isBetween && path.mode !== 'proxy' && (!isWaitOpen(path) || took <= PROMPT);
}

/** Whether an answer took no longer than a round trip can; where no handshake shows one, it may be any. */
function isPrompt(took: number, path: Scene['path']): boolean {
  const trips = [path.client, path.server].map((one) => one?.handshakeTrip ?? 0);
  return isWaitOpen(path) || took <= Math.max(PROMPT, ...trips);
}

function isWaitOpen({ client, server }: Scene['path']): boolean {
  return [client, server].every((one) => (one?.handshakeTrip ?? null) === null);
}

function before(scene: Scene) {
  return scene.before.slice(0, scene.trigger === null ? 0 : scene.before.indexOf(scene.trigger));
}

function describe(scene: Scene): string {
  const answered = scene.trigger;
  if (answered === null) return 'nothing';
  if ((answered.flags & SYN) !== 0) return 'a SYN';
  if (isProbe(answered, before(scene))) return 'a keepalive probe';
  return answered.length > 0 ? `${answered.length} bytes of data` : 'a segment';
}

/** Whether the answer came as soon as the way allows: later, its numbers may merely be those of the last segment. */
function isAtOnce({ trigger: answered, reset, seenAt, path }: Scene): boolean {
  const trips = [path.client, path.server].map((one) => one?.handshakeTrip ?? 0);
  return answered !== null && timeBetween(answered, reset, seenAt) <= AT_ONCE + Math.max(...trips);
}

function crossing(scene: Scene): Fact[] {
  const answered = scene.trigger;
  if (answered === null) return [];
  const far = endOf(answered.from) === 'client' ? 'server' : 'client';
  const crossed = answered[far] !== null;
  const trust = trustInLoss([answered], scene);
  const packets = [answered];
  const known = crossed || trust > 0;
  return [
    fact(
      'trigger-crossed',
      known ? crossed : null,
      () => `what it answers reached the ${far} side`,
      packets,
      isAtOnce(scene) ? 1 : TRUST_IN_LATE_ANSWER,
    ),
    fact(
      'trigger-never-crossed',
      known ? !crossed : null,
      () => `what it answers never arrived on the ${far} side`,
      packets,
      crossed ? 1 : Math.max(trust, 0.01),
    ),
  ];
}

/** A reply seen where its trigger was sent, sooner than a round trip to the alleged sender allows. */
function tooSoon(scene: Scene): Fact {
  const answered = scene.trigger;
  const end = endOf(scene.receiver);
  const connection = scene.path[end];
  const asked = answered?.[end] ?? null;
  const reply = scene.reset[end];
  const trip = end === 'server' ? null : (connection?.handshakeTrip ?? null);
  if (asked === null || reply === null || trip === null || trip < LEAST_ROUND_TRIP) {
    return fact('answered-too-soon', null, 'no round trip to compare the answer with');
  }
  const took = reply.time - asked.time;
  const text = () => `answered after ${spell(took)}, the handshake took ${spell(trip)}`;
  return fact('answered-too-soon', took < TOO_SOON_SHARE * trip, text, [answered, scene.reset]);
}
