import { seqDiff } from '../../wire/seq.js';
import { ACK, SYN } from '../../wire/tcp-flags.js';
import { isAhead } from '../ahead.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import { reached, type Scene } from '../scene.js';
import { endOf, endOfSequence, isReset, numberedZero, type Packet } from '../timeline.js';
import { oldConnection } from './handshake.js';

const SECOND = 1e9;

/** What the RST did to the connection, and whether anybody missed it. */
export function aftermath(scene: Scene): Fact[] {
  return [exact(scene), wentOn(scene), ignored(scene), retried(scene)];
}

/** Only a RST with exactly the next sequence number ends a connection at once (RFC 9293, 3.10.7.4; RFC 5961, 3.2). */
function exact(scene: Scene): Fact {
  const next = reached(scene.sender, scene.before);
  if (next === null || numberedZero(scene.reset))
    return fact('sequence-exact', null, 'no sequence number to compare with');
  const off = seqDiff(scene.reset.seq, next);
  const own = scene.before.filter((packet) => packet.from === scene.sender);
  if (off === 1 && own.every(({ seq, length }) => seq === next && length === 0))
    return fact('sequence-exact', null, 'only probes, one below the next number, to compare with');
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
  if (scene.event.origin.beside) {
    return fact('sender-went-on', null, 'at the sender the RST stands beside another connection');
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
      (next === null || isAhead(endOfSequence(packet), next)),
  );
  const who = nameOf(scene.sender);
  const text = () =>
    later ? `the ${who} went on sending after "its" RST` : `the ${who} sent nothing more after the RST`;
  return fact('sender-went-on', later !== undefined, text, [later]);
}

/**
 * The end that got the RST took no notice of it: its number was not the one expected (RFC 9293, 3.10.7.4; RFC 5961,
 * 3.2), and both ends went on. Acknowledging again what it had acknowledged is how an end refuses such a RST.
 */
function ignored(scene: Scene): Fact {
  const { receiver, reset } = scene;
  const who = nameOf(receiver);
  if (reset[endOf(receiver)] === null && scene.path[endOf(receiver)] !== null)
    return fact('receiver-ignored', null, () => `the RST did not reach the ${who}`);
  const later = scene.after.filter(
    (packet) => packet.time - reset.time > STILL_ON_ITS_WAY && (packet.flags & SYN) === 0 && !isReset(packet),
  );
  const news = (side: 0 | 1) => newsOf(side, later, scene);
  const own = news(receiver);
  const other = news(scene.sender);
  const state = own !== undefined && other !== undefined;
  const text = () =>
    state
      ? `the ${who} took no notice of the RST: both ends went on with the connection`
      : 'the connection ended with the RST';
  return fact('receiver-ignored', state, text, [reset, own, other]);
}

/** What a side said that it had not said before the RST. */
function newsOf(side: 0 | 1, later: readonly Packet[], { before }: Scene): Packet | undefined {
  const sent = reached(side, before);
  const got = reached((1 - side) as 0 | 1, before);
  return later.find(
    (packet) =>
      packet.from === side &&
      ((sent !== null && isAhead(endOfSequence(packet), sent)) ||
        (got !== null && (packet.flags & ACK) !== 0 && isAhead(packet.ack, got))),
  );
}

/** The same client was served by the same service right after: with a single new connection, so it is a second try. */
function retried(scene: Scene): Fact {
  const again = scene.crowd.servedAgain();
  const text = () =>
    again === null
      ? 'no single connection of the same client that was served right after'
      : `the client opened another connection ${spell(again)} later and was served`;
  return fact('retried-at-once', again !== null, text);
}
