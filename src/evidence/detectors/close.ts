import { seqDiff } from '../../wire/seq.js';
import { FIN } from '../../wire/tcp-flags.js';
import { type Fact, fact, framesOf, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { endOfSequence, type Packet } from '../timeline.js';

/** What FINs say: who had closed when the RST came, and whether it answers data sent after that. */
export function close(scene: Scene): Fact[] {
  const own = finOf(scene, scene.sender);
  const other = finOf(scene, scene.receiver);
  const late = scene.trigger;
  const isLate = own !== undefined && late !== null && late.length > 0 && late.time > own.time;
  const acked = own !== undefined && other !== undefined && bothAcked(scene, own, other);
  const sender = nameOf(scene.sender);
  const receiver = nameOf(scene.receiver);
  return [
    fact(
      'sender-closed-before',
      own !== undefined,
      own ? `the ${sender} had closed (FIN) before` : `no FIN of the ${sender} before`,
      framesOf(own),
    ),
    fact(
      'peer-closed-before',
      other !== undefined,
      other ? `the ${receiver} had closed (FIN) before` : `no FIN of the ${receiver} before`,
      framesOf(other),
    ),
    fact(
      'closed-by-both',
      acked,
      acked
        ? 'both ends had closed and acknowledged it: nothing was lost'
        : 'the connection had not been closed by both ends',
      framesOf(own, other),
    ),
    fact(
      'data-after-close',
      isLate,
      isLate
        ? `the ${receiver} sent ${late?.length} bytes after the ${sender} had closed`
        : 'no data after a close',
      framesOf(own, late),
    ),
  ];
}

function finOf(scene: Scene, side: 0 | 1): Packet | undefined {
  return scene.before.find((packet) => packet.from === side && (packet.flags & FIN) !== 0);
}

function bothAcked(scene: Scene, own: Packet, other: Packet): boolean {
  const acked = (fin: Packet) =>
    scene.before.some((packet) => packet.from !== fin.from && seqDiff(packet.ack, endOfSequence(fin)) >= 0);
  return acked(own) && acked(other);
}
