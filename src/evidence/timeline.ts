import type { SeenSegment, Side } from '../flow/connection.js';
import type { Clock } from '../pair/clock.js';
import type { End, Path } from '../pair/path.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';

const SECOND = 1e9;
/** A segment that takes longer than this from one vantage to the other is taken for another one: RFC 9293's MSL is
 * longer, but a balancer that holds packets for seconds would show as retransmissions first. */
export const LONGEST_TRANSIT = 3 * SECOND;
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

/** Whether its sender gave it sequence number 0, as a RST has it that refuses a SYN (RFC 9293, 3.5.2). */
export function numberedZero(packet: Packet): boolean {
  const { segment } = nearSender(packet);
  return (segment.onWire ?? segment).seq === 0;
}

/** Nanoseconds from one packet to a later one, where one vantage saw both: what is on its way is seen at two times. */
export function timeBetween(earlier: Packet, later: Packet, seenAt: End): number {
  const [one, other] = [earlier[seenAt], later[seenAt]];
  return one === null || other === null ? later.time - earlier.time : other.time - one.time;
}

/** Sequence space that a packet takes, plus where it starts: the next sequence number expected after it. */
export function endOfSequence(packet: Packet): number {
  const flags = ((packet.flags & SYN) !== 0 ? 1 : 0) + ((packet.flags & FIN) !== 0 ? 1 : 0);
  return seqAdd(packet.seq, packet.length + flags);
}

export function isReset(packet: Packet): boolean {
  return (packet.flags & RST) !== 0;
}

type ToClient = (serverTime: number) => number;

/** What was kept of a path at both vantages, as one sequence on one clock. */
export function timelineOf(path: Path, clock: Clock | null): Packet[] {
  const toClient: ToClient = clock === null ? (time) => time : (time) => clock.toClient(time);
  const ofClient = clientSegments(path);
  const ofServer = path.server?.segments ?? [];
  const slack = (clock?.uncertainty ?? 0) + ORDER_SLACK;
  const packets =
    ofClient.length === 0 || ofServer.length === 0
      ? [
          ...ofClient.map((one) => packetOf(one, null, toClient)),
          ...ofServer.map((one) => packetOf(null, one, toClient)),
        ]
      : together(ofClient, ofServer, toClient, slack);
  return packets.sort((a, b) => a.time - b.time);
}

/** Segments of both vantages, each as the one packet that it is. */
function together(
  ofClient: readonly SeenSegment[],
  ofServer: readonly SeenSegment[],
  toClient: ToClient,
  slack: number,
): Packet[] {
  const packets: Packet[] = [];
  const rest = grouped(ofServer);
  for (const [key, client] of grouped(ofClient)) {
    const server = rest.get(key) ?? NONE;
    rest.delete(key);
    for (const [one, other] of matched(client, server, toClient, slack))
      packets.push(packetOf(one, other, toClient));
  }
  for (const server of rest.values())
    for (const segment of server) packets.push(packetOf(null, segment, toClient));
  return packets;
}

const NONE: readonly SeenSegment[] = [];

/** What the client's vantage shows of the connection, in the order of its frames. */
function clientSegments({ client, stray }: Path): readonly SeenSegment[] {
  const own = client?.segments ?? [];
  return stray === null ? own : [...own, ...stray.segments].sort((a, b) => a.frame - b.frame);
}

function grouped(segments: readonly SeenSegment[]): Map<string, SeenSegment[]> {
  const groups = new Map<string, SeenSegment[]>();
  for (const segment of segments) {
    const key = keyOf(segment);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [segment]);
    else list.push(segment);
  }
  return groups;
}

type Match = [client: SeenSegment | null, server: SeenSegment | null];

/**
 * Sightings of equal segments at both vantages, put together: each arrival with the latest departure before it. What
 * is left over at both although nothing else tells it apart is the same segment on a clock that stepped.
 */
function matched(
  client: readonly SeenSegment[],
  server: readonly SeenSegment[],
  toClient: ToClient,
  slack: number,
): Match[] {
  if (client.length <= 1 && server.length <= 1) return [[client[0] ?? null, server[0] ?? null]];
  const outward = (client[0] ?? server[0])?.from === 0;
  const [departures, arrivals] = outward ? [[...client], [...server]] : [[...server], [...client]];
  const clockOf = (departs: boolean) => (departs === outward ? (time: number) => time : toClient);
  const [departed, arrived] = [clockOf(true), clockOf(false)];
  const pairs: Match[] = [];
  const pair = (departure: SeenSegment | null, arrival: SeenSegment | null) =>
    pairs.push(outward ? [departure, arrival] : [arrival, departure]);
  const early: SeenSegment[] = [];
  for (const arrival of arrivals.reverse()) {
    const transit = (departure: SeenSegment) => arrived(arrival.time) - departed(departure.time);
    const at = departures.findLastIndex(
      (one) => transit(one) >= -2 * slack && transit(one) <= LONGEST_TRANSIT,
    );
    if (at < 0) early.unshift(arrival);
    else pair(departures.splice(at, 1)[0], arrival);
  }
  for (const arrival of early) pair(departures.shift() ?? null, arrival);
  for (const departure of departures) pair(departure, null);
  return pairs;
}

/**
 * What no forwarding box changes, in units of 16 bits: shorter and sooner made than digits. The acknowledgement number
 * of a RST without ACK means nothing and is left out.
 */
function keyOf({ from, seq, ack, flags, length }: SeenSegment): string {
  const acked = (flags & ACK) === 0 ? 0 : ack;
  const kind = (from << 8) | (flags & (SYN | FIN | RST | ACK));
  return String.fromCharCode(kind, seq >>> 16, seq, acked >>> 16, acked, length >>> 16, length);
}

function packetOf(client: SeenSegment | null, server: SeenSegment | null, toClient: ToClient): Packet {
  const { from, seq, ack, flags, length } = (client ?? server) as SeenSegment;
  const time = Math.min(
    client === null ? Number.POSITIVE_INFINITY : client.time,
    server === null ? Number.POSITIVE_INFINITY : toClient(server.time),
  );
  return { from, seq, ack, flags, length, client, server, time };
}

/** A segment that arrived got across, whether or not the capture near its sender has it. Only a RST may be forged. */
export function crossed(packet: Packet): boolean {
  const far: End = endOf(packet.from) === 'client' ? 'server' : 'client';
  return packet[far] !== null && (!isReset(packet) || packet[endOf(packet.from)] !== null);
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
