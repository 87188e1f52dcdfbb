import { ACK } from '../../wire/tcp-flags.js';
import { isBare, optionsOf } from '../bare.js';
import { type Fact, fact } from '../fact.js';
import type { Scene } from '../scene.js';
import { reached } from '../scene.js';
import { nearSender, numberedZero } from '../timeline.js';
import { hasOwnWindow, isOfOwnClock } from './timestamps.js';

/**
 * The three shapes that kernels give a reset. An aborting socket sends ACK with its own numbers; a reply to a segment
 * is bare: no ACK, window 0, no options; a refused SYN is answered by ACK with sequence number 0 (RFC 9293, 3.5.2;
 * net/ipv4/tcp_output.c, tcp_send_active_reset; net/ipv4/tcp_ipv4.c, tcp_v4_send_reset). A RST without ACK that has an
 * acknowledgement number all the same is none of them: older Windows aborts so (the RST signatures of p0f 2). Any
 * of them may carry data that tells its cause (RFC 9293, 3.5.3).
 */
export function form(scene: Scene): Fact[] {
  const { reset, seen } = scene;
  const withAck = (reset.flags & ACK) !== 0;
  const bare = isBare(seen);
  const packets = [reset];
  const refusal = withAck && numberedZero(reset) && bare;
  const passive = !withAck && bare && (seen.onWire ?? seen).ack === 0;
  const active = withAck && !refusal && reset.ack === peerReached(scene) && !lacksTimestamp(scene);
  return [
    copied(scene),
    fact('form-active', active, 'RST+ACK with current numbers, as an aborting socket sends it', packets),
    fact(
      'form-passive',
      passive,
      () =>
        `bare RST (no ACK, window 0, ${optionsOf(seen)}), as a host answers a segment for which it has no socket`,
      packets,
    ),
    fact(
      'form-refusal',
      refusal,
      'RST+ACK with sequence number 0, as a host answers a SYN to a closed port',
      packets,
    ),
  ];
}

/**
 * A box that forwards a connection has no clock of its own for it (RFC 7323, 3.2): a timestamp on the RST that it made is
 * that of a segment which it turned into one. A timestamp of its alleged sender's own clock is none of those: that one sent
 * the RST itself, and the capture there lost it.
 */
function copied(scene: Scene): Fact {
  const { path, event, seen, reset } = scene;
  const isForwarded = path.mode !== 'proxy' && path.client !== null && path.server !== null;
  const isMadeBetween = isForwarded && event.origin.possible.join() === 'between' && seen.timestamp !== null;
  const isOwn = isMadeBetween ? isOfOwnClock(scene) : null;
  // Nor do both captures lose the one that an end of theirs sent.
  const stampsBoth =
    event.bothEnds && event.packets.every((one) => nearSender(one).segment.timestamp !== null);
  const isNeither = isOwn !== null ? !isOwn : stampsBoth ? true : null;
  const state = isMadeBetween && isNeither;
  const where = isOwn === null ? ', and so does the one toward the other end' : '';
  const text = () =>
    state === true
      ? `the RST carries a timestamp (${seen.timestamp})${where}, which a box between the ends can only have copied from a segment of theirs`
      : 'nothing shows that the RST is a copy of a segment';
  return fact('form-copied', state, text, [reset]);
}

/** An aborting socket stamps as it always did (RFC 7323, 3.2). */
function lacksTimestamp(scene: Scene): boolean {
  const { before, sender, seen, seenAt } = scene;
  const last = before.findLast((packet) => packet.from === sender && packet[seenAt] !== null);
  const stamped = (last?.[seenAt]?.timestamp ?? null) !== null;
  return stamped && !seen.optionsCut && seen.timestamp === null && !hasOwnWindow(scene);
}

function peerReached(scene: Scene): number | null {
  return reached(scene.receiver, scene.before);
}
