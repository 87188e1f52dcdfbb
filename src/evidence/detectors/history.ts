import { seqDiff } from '../../wire/seq.js';
import { ACK, SYN } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf } from '../fact.js';
import { isProbe, reached, type Scene, trustInLoss } from '../scene.js';
import { crossed, endOfSequence, numberedZero, type Packet } from '../timeline.js';
import { idleGap, LEAST_IDLE } from './idle.js';

const SECOND = 1e9;
/** Lost segments that make a dead path rather than one lost packet. */
const LEAST_LOST = 2;

/** What had happened to the connection before this event. */
export function history(scene: Scene): Fact[] {
  return [
    earlierReset(scene),
    ...vanished(scene),
    unanswered(scene),
    handshake(scene),
    exact(scene),
    wentOn(scene),
    untranslated(scene),
    oldConnection(scene),
  ];
}

/** An earlier reset that reached this RST's sender had already ended its side of the connection. */
function earlierReset(scene: Scene): Fact {
  const reached = scene.earlier.find((event) => event.packets.some((packet) => packet.from !== scene.sender));
  const who = nameOf(scene.sender);
  const text = () =>
    reached
      ? `an earlier reset had already ended the ${who}'s side`
      : `no earlier reset had reached the ${who}`;
  return fact('after-earlier-reset', reached !== undefined, text, [reached?.packets[0]]);
}

/** Segments of the RST's sender that left it and never arrived, after an idle time. */
function vanished(scene: Scene): Fact[] {
  const from = scene.before.indexOf(scene.stoppedAt);
  const after = from < 0 ? [] : scene.before.slice(from).filter((packet) => packet.from === scene.sender);
  const data = after.filter(
    (packet) => !isProbe(packet, scene.before.slice(0, scene.before.indexOf(packet))),
  );
  const trust = data.length === 0 ? 0 : Math.min(...data.map((packet) => trustInLoss(packet, scene)));
  const state = data.length >= LEAST_LOST && trust > 0 && (idleGap(scene) ?? 0) >= LEAST_IDLE;
  const who = nameOf(scene.sender);
  const text = () =>
    state
      ? `${data.length} segments of the ${who} left it after the idle time and never arrived`
      : `nothing of the ${who} had vanished after an idle time`;
  const alive = scene.crowd.crossedAfter(scene.stoppedAt.time);
  const aliveText = alive
    ? 'other connections went on crossing: the path was up'
    : 'no other connection shows that the path was up';
  return [
    fact('vanished-before', state, text, data.slice(0, 4), state ? trust : 1),
    fact('path-alive', alive ? true : null, aliveText),
  ];
}

/**
 * The RST's sender had repeated its data in vain, and nothing shows that any of it arrived: whether the peer, the path
 * or the balancer was dead does not show, and the RST only ends what had ended already.
 */
function unanswered(scene: Scene): Fact {
  const lastAnswer = scene.before.findLastIndex((packet) => packet.from !== scene.sender);
  const waiting = scene.before.slice(lastAnswer + 1).filter((packet) => packet.length > 1);
  const repeated = waiting.length - new Set(waiting.map(({ seq }) => seq)).size;
  const state = repeated > 0 && !waiting.some(crossed);
  const text = () =>
    `the ${nameOf(scene.sender)} had repeated data ${repeated} time${repeated === 1 ? '' : 's'} without any answer`;
  return fact('sender-unanswered', state, text, waiting.slice(0, 4));
}

function handshake(scene: Scene): Fact {
  const answered = scene.before.some((packet) => (packet.flags & (SYN | ACK)) === (SYN | ACK));
  const connection = scene.path.client ?? scene.path.server;
  const known = connection !== null && !connection.midStream;
  const complete = (scene.path.client?.established ?? false) || (scene.path.server?.established ?? false);
  const text = complete
    ? 'the handshake was complete'
    : answered
      ? 'the handshake was not finished'
      : 'the SYN was never answered';
  return fact('handshake-incomplete', known ? !complete : null, text);
}

/** Only a RST with exactly the next sequence number ends a connection at once (RFC 9293, 3.10.7.4; RFC 5961, 3.2). */
function exact(scene: Scene): Fact {
  const next = reached(scene.sender, scene.before);
  if (next === null || numberedZero(scene.reset))
    return fact('sequence-exact', null, 'no sequence number to compare with');
  const off = seqDiff(scene.reset.seq, next);
  const text = () =>
    off === 0
      ? 'exactly the sequence number that its receiver expected'
      : `sequence number ${Math.abs(off)} ${off > 0 ? 'above' : 'below'} what its receiver expected`;
  return fact('sequence-exact', off === 0, text, [scene.reset]);
}

/** What was on its way when the RST left, or a retransmission that a kernel had queued, is not going on. */
const STILL_ON_ITS_WAY = 0.2 * SECOND;

/** A socket that aborted sends nothing more: new data or a FIN in its name says that somebody else sent the RST. */
function wentOn(scene: Scene): Fact {
  if (scene.reset.client?.tuple !== undefined) {
    return fact('sender-went-on', null, 'the RST was for a connection that the client did not know');
  }
  if (oldConnection(scene).state) {
    return fact(
      'sender-went-on',
      null,
      'the RST was for an earlier connection of the same addresses and ports',
    );
  }
  const next = reached(scene.sender, scene.before);
  const later = scene.after.find(
    (packet) =>
      packet.from === scene.sender &&
      (packet.flags & SYN) === 0 &&
      packet.time - scene.reset.time > STILL_ON_ITS_WAY &&
      (next === null || seqDiff(endOfSequence(packet), next) > 0),
  );
  const who = nameOf(scene.sender);
  const text = () =>
    later ? `the ${who} went on sending after "its" RST` : `the ${who} sent nothing more after the RST`;
  return fact('sender-went-on', later !== undefined, text, [later]);
}

/** The other end's segment arrived without its translation: the balancer had forgotten the connection. */
function untranslated(scene: Scene): Fact {
  const trigger = [scene.trigger, scene.reset].find((packet) => packet?.client?.tuple !== undefined) ?? null;
  const text = trigger
    ? "the backend's segment reached the client under the backend's own address: the translation was gone"
    : 'no segment arrived without its translation';
  return fact('trigger-untranslated', trigger !== null, text, [trigger, scene.reset]);
}

/**
 * A SYN met a socket that an earlier connection of the same addresses and ports had left half open: it is answered by an
 * acknowledgement with the old numbers, and that by a RST with them, which clears the way (RFC 9293, 3.5.1).
 */
function oldConnection(scene: Scene): Fact {
  const isSyn = (packet: Packet, flags: number) => (packet.flags & (SYN | ACK)) === flags;
  const syn = scene.before.findLast((packet) => packet.from === scene.sender && isSyn(packet, SYN));
  const answered = scene.before.some((packet) => packet.from !== scene.sender && isSyn(packet, SYN | ACK));
  const { trigger } = scene;
  const onlySyns = scene.before.every((packet) => packet.from !== scene.sender || isSyn(packet, SYN));
  const isOld = syn !== undefined && onlySyns && !answered && trigger !== null && (trigger.flags & SYN) === 0;
  const state = isOld && trigger.ack !== endOfSequence(syn);
  const text = () =>
    state
      ? `the RST answers numbers of an earlier connection: the ${nameOf(scene.receiver)} still had it half open`
      : 'the RST is about this connection';
  return fact('answers-old-connection', state, text, [syn, state ? trigger : null, scene.reset]);
}
