import { ACK, FIN, SYN } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { endOfSequence, type Packet } from '../timeline.js';

/** How far the handshake had come when the RST was sent, and whether anything was said after it. */
export function handshake(scene: Scene): Fact[] {
  return [incomplete(scene), finalAck(scene), nothingSaid(scene), neverAnswered(scene), oldConnection(scene)];
}

function incomplete(scene: Scene): Fact {
  const syn = scene.before.findLast((packet) => isSyn(packet, SYN));
  const answer = scene.before.findLast((packet) => isSyn(packet, SYN | ACK));
  const connection = scene.path.client ?? scene.path.server;
  const known = connection !== null && !connection.midStream;
  const complete = (scene.path.client?.established ?? false) || (scene.path.server?.established ?? false);
  const text = complete
    ? 'the handshake was complete'
    : answer !== undefined
      ? 'the handshake was not finished'
      : 'the SYN was never answered';
  return fact('handshake-incomplete', known ? !complete : null, text, [syn, answer]);
}

/**
 * The RST answers the segment that finished the handshake: the listener had no room for the connection and is told to
 * say so (net/ipv4/tcp_minisocks.c, tcp_check_req, with tcp_abort_on_overflow), or the box that had answered the SYN
 * in its place found nobody behind it.
 */
function finalAck(scene: Scene): Fact {
  const { trigger, before, sender } = scene;
  const own = before.filter((packet) => packet.from === sender);
  const onlySynAcks = own.length > 0 && own.every((packet) => isSyn(packet, SYN | ACK));
  const answered = onlySynAcks && trigger !== null && (trigger.flags & SYN) === 0;
  const state = answered && trigger.ack === endOfSequence(own[0] as Packet);
  const text = () =>
    state
      ? `the ${nameOf(sender)} had answered the SYN, and the next segment with a RST`
      : 'the RST does not answer the end of a handshake';
  return fact('answers-final-ack', state, text, [own[0], state ? trigger : null, scene.reset]);
}

/** Neither side had sent data or FIN: the connection was of no use to anybody yet. Null where its beginning was not seen. */
function nothingSaid({ path, before }: Scene): Fact {
  const connection = path.client ?? path.server;
  const known = connection !== null && !connection.midStream;
  const said = before.find((packet) => packet.length > 1 || (packet.flags & FIN) !== 0);
  const text = said === undefined ? 'neither side had sent data' : 'data had been sent';
  return fact('nothing-said', known ? said === undefined : null, text, [said]);
}

/** The client's SYN was answered, but not by the backend: it refused, it said nothing, or it was never asked. */
function neverAnswered({ path, watch, reset, before }: Scene): Fact {
  const { client, server } = path;
  if (client === null || !client.synAckSeen || path.mode === 'proxy' || !watch.captured('server'))
    return fact('backend-never-answered', null, 'who answered the SYN shows only with both captures');
  const answered = server?.synAckSeen === true;
  const trust = server === null ? watch.trust('server', reset.time, path) : 1;
  const answer = before.findLast((packet) => isSyn(packet, SYN | ACK) && packet.client !== null);
  const text = answered
    ? 'the backend had answered the SYN itself'
    : 'the client got an answer to its SYN that the backend had not sent';
  return fact('backend-never-answered', answered ? false : trust > 0 ? true : null, text, [answer], trust);
}

function isSyn(packet: Packet, flags: number): boolean {
  return (packet.flags & (SYN | ACK)) === flags;
}

/**
 * A SYN met a socket that an earlier connection of the same addresses and ports had left half open: it is answered by an
 * acknowledgement with the old numbers, and that by a RST with them, which clears the way (RFC 9293, 3.5.1).
 */
export function oldConnection(scene: Scene): Fact {
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
