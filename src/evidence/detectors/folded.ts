import type { FoldedWith, SeenThere } from '../../pair/fold.js';
import type { Endpoint } from '../../result.js';
import { SYN } from '../../wire/tcp-flags.js';
import { type Fact, fact } from '../fact.js';
import type { Scene } from '../scene.js';
import type { Packet } from '../timeline.js';
import { oldConnection } from './handshake.js';

/**
 * Trust in that an earlier connection was somebody else's because the balancer chose its port: the client may have
 * used its own port again, and with it a translation that was still there.
 */
const CHOSEN_BY_BALANCER = 0.3;

/** Whether the reset comes of two connections that the box in between folded into one pair of ends at the backend. */
export function folded(scene: Scene): Fact[] {
  const cause = scene.path.folded.find((fold) => bearsOn(fold, scene));
  if (cause === undefined) {
    if (oldConnection(scene).state === true) return [ofEarlierTenant(scene)];
    const text = 'nothing shows that another connection has the same ends at the backend';
    return [fact('tuple-folded', false, text)];
  }
  return [byFold(cause, scene.reset)];
}

/** What a fold did to one of its connections, up to the packet that shows it. */
export function byFold(cause: FoldedWith, shownBy: Packet): Fact {
  const packets = [packetOf(cause.syn), packetOf(cause.answer), shownBy];
  return fact('tuple-folded', true, () => words(cause), packets);
}

/**
 * The backend still held to the earlier connection, half open or in TIME_WAIT, when the later one's SYN came. Where the
 * balancer gives clients its own ports, that connection may have been anybody's.
 */
function ofEarlierTenant({ path, watch, before, sender, trigger, reset }: Scene): Fact {
  const tenant = watch.earlierTenant(path);
  const syn = before.findLast((packet) => packet.from === sender && (packet.flags & SYN) !== 0);
  const [own] = path.client?.endpoints ?? [];
  if (tenant === null) {
    const port = path.server?.endpoints[0].port;
    if (path.mode === 'snat' && own !== undefined && own.port !== port) {
      const text = () =>
        `the load balancer chose port ${port} at the backend while an earlier connection still had it there; the client's own port is ${own.port}`;
      return fact('tuple-folded', true, text, [syn, trigger, reset], CHOSEN_BY_BALANCER);
    }
    const text = "whose connection had this one's address and port at the backend before does not show";
    const couldBeAny = path.mode === 'snat' || path.server === null;
    return fact('tuple-folded', couldBeAny ? null : false, text);
  }
  const isOther = tenant.ip !== own?.ip || tenant.port !== own.port;
  const text = () =>
    isOther
      ? `the connection's address and port at the backend had just been ${spell(tenant)}'s, whose connection the backend had not forgotten`
      : 'the earlier connection of these ends was of the same client and port';
  return fact('tuple-folded', isOther, text, [syn, trigger, reset]);
}

/**
 * The later connection's own end is another matter, once its SYN was accepted: only what answers the earlier one's
 * numbers comes of the fold. Whatever happens to the earlier one after that SYN does.
 */
function bearsOn({ isLater, time, syn, answer }: FoldedWith, { reset, trigger }: Scene): boolean {
  if (!isLater) return reset.time >= time;
  return trigger !== null && (isSame(trigger, answer) || isSame(trigger, syn));
}

function isSame(packet: Packet, { client, server }: SeenThere): boolean {
  const at = (one: { readonly frame: number } | null) => one?.frame ?? null;
  return (
    (client !== null && at(packet.client) === client.frame) ||
    (server !== null && at(packet.server) === server.frame)
  );
}

function words({ isLater, other, answer }: FoldedWith): string {
  const who = `${spell(other[0])} → ${spell(other[1])}`;
  const answered =
    answer.server === null ? '' : ': the backend answered the SYN with the numbers of the earlier one';
  return isLater
    ? `the SYN reached the backend from the address and port that the living connection ${who} had there${answered}`
    : `the load balancer gave this connection's address and port at the backend to ${who} as well${answered}`;
}

function spell({ ip, port }: Endpoint): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** What was seen of a segment, as a packet to cite; null where nothing was kept of it. */
function packetOf({ client, server }: SeenThere): Packet | null {
  const segment = client ?? server;
  if (segment === null) return null;
  const { from, seq, ack, flags, length, time } = segment;
  return { from, seq, ack, flags, length, client, server, time };
}
