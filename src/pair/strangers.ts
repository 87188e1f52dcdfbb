import { InputError } from '../errors.js';
import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import { seqDiff } from '../wire/seq.js';
import type { End, Pairing } from './path.js';

/** Connections with a whole handshake that each capture must show before "no connection in common" says anything. */
const LEAST_HANDSHAKES = 3;
const HOUR = 3_600_000_000_000n;
/** Clocks in the wrong time zone are apart by this at most: from UTC-12 to UTC+14. */
const TIME_ZONES = 26n * HOUR;
const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
/** The end of the last year that has four digits, in milliseconds since 1970: damaged captures know others. */
const LATEST = 253_402_300_799_999;
const WHOLE_HANDSHAKE = SYN_SEEN | SYN_ACK_SEEN;

/**
 * Says what it means that two captures have no connection in common: they are of different incidents, or there is a
 * reason for it. Captures at different times are refused when no wrong clock explains it: when they are farther apart
 * than time zones are, or show the same client with one timestamp clock, which a proxy would hide. Captures of one time may be of both sides of
 * a proxy, or of a backend that got nothing of this client: they only get a warning.
 * @throws InputError when the captures cannot belong together
 */
export function withoutStrangers(pairing: Pairing): Pairing {
  const { client, server, pairs } = pairing;
  if (client === null || server === null || pairs.length > 0) return pairing;
  const [ours, theirs] = [spanOf(client), spanOf(server)];
  if (ours === null || theirs === null) return pairing;
  const [a, b] = [clientsOf(pairing, 'client', client), clientsOf(pairing, 'server', server)];
  if (a.handshakes < LEAST_HANDSHAKES || b.handshakes < LEAST_HANDSHAKES) return pairing;
  const apart = gapBetween(ours, theirs);
  if (apart > TIME_ZONES || (apart > 0n && shareClient(a.hosts, b.hosts))) {
    const times = `${client.path} covers ${spell(ours)}, ${server.path} ${spell(theirs)}`;
    throw new InputError(
      `no connection is in both captures, and they are of different times: ${times} (UTC); take both at the same time, or analyse one alone`,
    );
  }
  return { ...pairing, server: warned(server) };
}

interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** From the first frame to the last, in nanoseconds since 1970; null in a capture without frames. */
function spanOf({ baseTime, lastTime }: VantageRecord): Span | null {
  return baseTime === null ? null : { from: baseTime, to: baseTime + BigInt(Math.round(lastTime)) };
}

/** Nanoseconds from the end of the earlier to the beginning of the later; 0 or less when they overlap. */
function gapBetween(a: Span, b: Span): bigint {
  return a.from > b.from ? a.from - b.to : b.from - a.to;
}

interface Clients {
  readonly handshakes: number;
  /** A timestamp of a SYN of each host that sent any. */
  readonly hosts: ReadonlyMap<string, number>;
}

/** How many handshakes a capture shows whole, and who opened those connections. */
function clientsOf(pairing: Pairing, end: End, { log }: VantageRecord): Clients {
  const hosts = new Map<string, number>();
  let handshakes = 0;
  for (const row of log.connections.rows()) {
    const { flags, timestamp0 } = log.connections.at(row);
    if ((flags & WHOLE_HANDSHAKE) !== WHOLE_HANDSHAKE) continue;
    handshakes += 1;
    if (timestamp0 !== 0) hosts.set(pairing.endpointOf(end, row, 0).ip, timestamp0);
  }
  return { handshakes, hosts };
}

/**
 * Whether both captures show SYNs that one client made itself: its timestamps are of one clock, which ticks every
 * millisecond at most (RFC 7323, 5.4) from a start of its own for each peer. A proxy that borrows addresses has another.
 */
function shareClient(ours: Clients['hosts'], theirs: Clients['hosts']): boolean {
  const most = Number(TIME_ZONES / NANOSECONDS_PER_MILLISECOND);
  return [...ours].some(([host, timestamp]) => {
    const other = theirs.get(host);
    return other !== undefined && Math.abs(seqDiff(timestamp, other)) <= most;
  });
}

/** `2026-05-21 10:23:45 to 10:24:00`, with the day again where it is another one. */
function spell({ from, to }: Span): string {
  const [first, last] = [from, to].map(toTheSecond);
  const [day, time] = first.split('T');
  const [lastDay, lastTime] = last.split('T');
  return `${day} ${time} to ${day === lastDay ? '' : `${lastDay} `}${lastTime}`;
}

function toTheSecond(nanoseconds: bigint): string {
  const milliseconds = Number(nanoseconds / NANOSECONDS_PER_MILLISECOND);
  const written = new Date(Math.min(milliseconds, LATEST)).toISOString();
  return written.slice(0, 'YYYY-MM-DDThh:mm:ss'.length);
}

function warned(record: VantageRecord): VantageRecord {
  const message =
    'no connection is in both captures: the load balancer makes connections of its own, or this is not the backend that the client reached';
  const warning = { code: 'no-common-connection', message, frame: null, byteOffset: null };
  return { ...record, warnings: [...record.warnings, warning] };
}
