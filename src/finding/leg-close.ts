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

/** How a leg came to its close. */
export interface LegClose {
  /** Seconds from the last data to the first FIN or RST of the reset's sender; null when nothing was seen before. */
  readonly idleSeconds: number | null;
  /** Whether the called side of the leg sent the last data: an answer, after which nothing is owed. */
  readonly answered: boolean;
}

/** How long a proxy had been idle on a leg when it began to close it, and who had spoken last. */
export function legClose({ timeline, seenAt, sender }: Scene): LegClose {
  const leg = timeline
    .filter((packet) => packet[seenAt] !== null)
    .sort((a, b) => timeAt(a, seenAt) - timeAt(b, seenAt));
  const close = leg.findIndex(({ from, flags }) => from === sender && (flags & (FIN | RST)) !== 0);
  const last = leg.findLastIndex((packet, at) => at < close && isActivity(packet, leg.slice(0, at)));
  if (close < 0 || last < 0) return { idleSeconds: null, answered: false };
  const spoke = leg[last];
  return {
    idleSeconds: (timeAt(leg[close], seenAt) - timeAt(spoke, seenAt)) / SECOND,
    answered: spoke.from === 1 && (spoke.flags & SYN) === 0,
  };
}

/** Data, or the handshake that a connection without data begins its timer with. */
function isActivity(packet: Packet, earlier: readonly Packet[]): boolean {
  if ((packet.flags & SYN) !== 0) return true;
  return packet.length > 1 || (packet.length === 1 && !isProbe(packet, earlier));
}

function timeAt(packet: Packet, end: End): number {
  return packet[end]?.time ?? packet.time;
}
