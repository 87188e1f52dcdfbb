import { Random } from './random.js';
import { Reset, Slots } from './slots.js';

/** What a generated capture holds. */
export interface Traffic {
  readonly packets: number;
  /** Connections open at a time. */
  readonly concurrent: number;
  /** `small`: nearly all bare segments; `full`: all that the server sends fills an Ethernet frame. */
  readonly packetSize: 'small' | 'full';
  /** How many of the connections that end do so by a RST, 0 to 1. */
  readonly resetShare: number;
  readonly seed: number;
}

/** One packet of the traffic; the same object is reused. */
export interface TrafficPacket {
  connection: number;
  family: 4 | 6;
  fromClient: boolean;
  flags: number;
  seq: number;
  ack: number;
  window: number;
  /** Bytes of payload. */
  length: number;
  /** For IPv4: another one in each packet of a connection, so that none passes for a copy of another. */
  identification: number;
  /** Microseconds since the start. */
  time: number;
}

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
const PSH = 8;
export const ACK = 16;

const OPENING = [SYN, SYN | ACK, ACK] as const;
const CLOSING = [FIN | ACK, FIN | ACK, ACK] as const;
/** A client asks, and a server answers, once in so many segments. */
const EXCHANGE = 16;
const SMALL_PAYLOAD = 16;
const FULL_PAYLOAD = 1440;
const LARGEST_WINDOW = 502;
const WINDOWS = 64;
/** Microseconds from one packet to the next. */
export const PACKET_GAP = 10;

/**
 * Many short connections and a few long ones, interleaved, of IPv4 and IPv6: the mix that the benchmark runs on. The
 * same traffic with the same seed is the same to the bit.
 */
export function* traffic(what: Traffic): Generator<TrafficPacket> {
  const random = new Random(what.seed);
  const slots = new Slots(what.concurrent, what.resetShare, OPENING.length, random);
  const packet: TrafficPacket = {
    connection: 0,
    family: 4,
    fromClient: true,
    flags: 0,
    seq: 0,
    ack: 0,
    window: 0,
    length: 0,
    identification: 0,
    time: 0,
  };
  for (let count = 0; count < what.packets; count += 1) {
    const slot = random.below(what.concurrent);
    const isLast = shape(packet, slots, slot, what.packetSize);
    number(packet, slots, slot);
    packet.time = count * PACKET_GAP;
    yield packet;
    if (isLast) slots.open(slot);
  }
}

/** Fills in what kind of segment comes next in a slot, and says whether it is the last of its connection. */
function shape(packet: TrafficPacket, slots: Slots, slot: number, size: Traffic['packetSize']): boolean {
  const step = slots.step[slot];
  const pastEnd = step - slots.end[slot];
  packet.length = 0;
  if (pastEnd < 0) {
    if (step < OPENING.length) shapeOpening(packet, step);
    else shapeBody(packet, step - OPENING.length, size);
    return false;
  }
  const reset = slots.reset[slot];
  if (reset !== Reset.nobody) {
    packet.fromClient = reset === Reset.client;
    packet.flags = RST | ACK;
    return true;
  }
  packet.fromClient = pastEnd !== 1;
  packet.flags = CLOSING[pastEnd];
  return pastEnd === CLOSING.length - 1;
}

function shapeOpening(packet: TrafficPacket, step: number): void {
  packet.fromClient = step !== 1;
  packet.flags = OPENING[step];
}

/** Client and server in turns: a question, its answer, and bare segments. */
function shapeBody(packet: TrafficPacket, turn: number, size: Traffic['packetSize']): void {
  packet.fromClient = turn % 2 === 0;
  if (size === 'full' && !packet.fromClient) packet.length = FULL_PAYLOAD;
  else if (turn % EXCHANGE < 2) packet.length = SMALL_PAYLOAD;
  packet.flags = packet.length > 0 ? PSH | ACK : ACK;
}

/** Fills in what depends on the connection so far, and counts the segment. */
function number(packet: TrafficPacket, slots: Slots, slot: number): void {
  const step = slots.step[slot];
  const own = packet.fromClient ? slots.nextOfClient : slots.nextOfServer;
  const other = packet.fromClient ? slots.nextOfServer : slots.nextOfClient;
  packet.connection = slots.connection[slot];
  packet.family = slots.ipv6[slot] === 1 ? 6 : 4;
  packet.seq = own[slot];
  packet.ack = (packet.flags & ACK) === 0 ? 0 : other[slot];
  packet.window = LARGEST_WINDOW - (step % WINDOWS);
  packet.identification = (slots.connection[slot] + step) & 0xffff;
  own[slot] += packet.length + ((packet.flags & (SYN | FIN)) === 0 ? 0 : 1);
  slots.step[slot] = step + 1;
}
