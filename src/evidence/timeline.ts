import type { SeenSegment, Side } from '../flow/connection.js';
import type { Clock } from '../pair/clock.js';
import type { End, Path } from '../pair/path.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';

const SECOND = 1e9;
/** A segment that takes longer than this from one vantage to the other is taken for another one: RFC 9293's MSL is
 * longer, but a balancer that holds packets for seconds would show as retransmissions first. */
const LONGEST_TRANSIT = 3 * SECOND;
/** Order within one capture can be off by what packet sockets and timestamps allow. */
const ORDER_SLACK = 0.002 * SECOND;

/** One segment of a path: seen at one vantage or at both. Times on the client's time line, in nanoseconds. */
export interface Packet {
  readonly from: Side;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly length: number;
  readonly client: SeenSegment | null;
  readonly server: SeenSegment | null;
  /** When it was first seen. */
  readonly time: number;
}

/** The end of the path where a side's segments come from. */
export function endOf(side: Side): End {
  return side === 0 ? 'client' : 'server';
}

/** The sighting nearest to the sender, else the only one. */
export function nearSender(packet: Packet): { end: End; segment: SeenSegment } {
  const end = endOf(packet.from);
  const near = packet[end];
  if (near !== null) return { end, segment: near };
  const far = end === 'client' ? 'server' : 'client';
  return { end: far, segment: packet[far] as SeenSegment };
}

/** Sequence space that a packet takes, plus where it starts: the next sequence number expected after it. */
export function endOfSequence(packet: Packet): number {
  const flags = ((packet.flags & SYN) !== 0 ? 1 : 0) + ((packet.flags & FIN) !== 0 ? 1 : 0);
  return seqAdd(packet.seq, packet.length + flags);
}

export function isReset(packet: Packet): boolean {
  return (packet.flags & RST) !== 0;
}

/** What was kept of a path at both vantages, as one sequence on one clock. */
export function timelineOf(path: Path, clock: Clock | null): Packet[] {
  const toClient = (time: number) => (clock === null || path.client === null ? time : clock.toClient(time));
  const unmatched = new Map<string, SeenSegment[]>();
  for (const segment of path.server?.segments ?? []) push(unmatched, keyOf(segment), segment);
  const packets: Packet[] = [];
  const slack = (clock?.uncertainty ?? 0) + ORDER_SLACK;
  for (const segment of path.client?.segments ?? []) {
    const candidates = unmatched.get(keyOf(segment)) ?? [];
    const at = candidates.findIndex((other) => isSameTransit(segment, toClient(other.time), slack));
    const server = at < 0 ? null : (candidates.splice(at, 1)[0] as SeenSegment);
    packets.push(packetOf(segment, server, toClient));
  }
  for (const rest of unmatched.values())
    for (const segment of rest) packets.push(packetOf(null, segment, toClient));
  return packets.sort((a, b) => a.time - b.time);
}

function push(map: Map<string, SeenSegment[]>, key: string, segment: SeenSegment): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [segment]);
  else list.push(segment);
}

/** What no forwarding box changes. The acknowledgement number of a RST without ACK means nothing and is left out. */
function keyOf({ from, seq, ack, flags, length }: SeenSegment): string {
  return `${from} ${seq} ${(flags & ACK) === 0 ? 0 : ack} ${flags & (SYN | FIN | RST | ACK)} ${length}`;
}

function isSameTransit(client: SeenSegment, serverTime: number, slack: number): boolean {
  const transit = client.from === 0 ? serverTime - client.time : client.time - serverTime;
  return transit >= -2 * slack && transit <= LONGEST_TRANSIT;
}

function packetOf(
  client: SeenSegment | null,
  server: SeenSegment | null,
  toClient: (time: number) => number,
): Packet {
  const { from, seq, ack, flags, length } = (client ?? server) as SeenSegment;
  const times = [client?.time, server === null ? undefined : toClient(server.time)];
  const time = Math.min(...times.filter((one): one is number => one !== undefined));
  return { from, seq, ack, flags, length, client, server, time };
}

/** Whether another packet of the same sender, seen at `end`, carried any of the same bytes (offload cuts anew). */
export function bytesSeenAt(end: End, packet: Packet, timeline: readonly Packet[]): boolean {
  if (packet.length === 0) return false;
  return timeline.some((other) => {
    if (other.from !== packet.from || other[end] === null || other.length === 0) return false;
    const startsBeforeEnd = seqDiff(other.seq, seqAdd(packet.seq, packet.length)) < 0;
    return startsBeforeEnd && seqDiff(packet.seq, seqAdd(other.seq, other.length)) < 0;
  });
}
