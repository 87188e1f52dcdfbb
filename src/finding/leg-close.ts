import { isProbe, type Scene } from '../evidence/scene.js';
import type { Packet } from '../evidence/timeline.js';
import type { End } from '../pair/path.js';
import { FIN, RST, SYN } from '../wire/tcp-flags.js';

const SECOND = 1e9;

/**
 * The leg on which the box between the vantages itself sent the reset, if that box is a full proxy: toward the client
 * it answers for the backend, and toward the backend it is the client. Null for a reset of an end.
 */
export function proxyLegOf({ path, sender, seenAt }: Scene): End | null {
  const alone = path.client === null || path.server === null;
  if (!alone && path.mode !== 'proxy') return null;
  return (seenAt === 'client') === (sender === 1) ? seenAt : null;
}

/**
 * Seconds on the leg of a reset from the last data to the first FIN or RST of the reset's sender: how long a proxy had
 * been idle when it began to close. Null when no data and no handshake was seen before.
 */
export function closeIdleSeconds({ timeline, seenAt, sender }: Scene): number | null {
  const leg = timeline.filter((packet) => packet[seenAt] !== null);
  const close = leg.findIndex(({ from, flags }) => from === sender && (flags & (FIN | RST)) !== 0);
  const last = leg.findLastIndex((packet, at) => at < close && isActivity(packet, leg.slice(0, at)));
  if (close < 0 || last < 0) return null;
  return (timeAt(leg[close], seenAt) - timeAt(leg[last], seenAt)) / SECOND;
}

/** Data, or the handshake that a connection without data begins its timer with. */
function isActivity(packet: Packet, earlier: readonly Packet[]): boolean {
  if ((packet.flags & SYN) !== 0) return true;
  return packet.length > 1 || (packet.length === 1 && !isProbe(packet, earlier));
}

function timeAt(packet: Packet, end: End): number {
  return packet[end]?.time ?? packet.time;
}
