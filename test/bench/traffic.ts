import { Random } from './random.js';

/** What a generated capture holds. */
export interface Traffic {
  readonly packets: number;
  /** Connections open at a time. */
  readonly concurrent: number;
  readonly packetSize: 'small' | 'full';
  readonly family: 4 | 6;
  readonly seed: number;
}

/** One packet of the traffic; the same object is reused. */
export interface TrafficPacket {
  connection: number;
  fromClient: boolean;
  flags: number;
  seq: number;
  ack: number;
  length: number;
  /** Microseconds since the start. */
  time: number;
}

const [FIN, SYN, RST, PSH, ACK] = [1, 2, 4, 8, 16];
const SHORT_TURNS = 12;
const LONG_TURNS = 600;
const LONG_SHARE = 0.01;
/** One connection in so many ends by a RST of its client. */
const RESET_ONE_IN = 5;
const FULL_PAYLOAD = 1448;
const SMALL_PAYLOAD = 24;
/** Packets a second, all in all. */
const RATE = 100_000;

/**
 * Many short connections and a few long ones, interleaved, one in five ended by a RST: the mix that the
 * benchmark runs on. Every run with the same seed is the same to the bit.
 */
export function* traffic(what: Traffic): Generator<TrafficPacket> {
  const random = new Random(what.seed);
  const { concurrent } = what;
  const turn = new Int32Array(concurrent);
  const turns = new Int32Array(concurrent);
  const number = new Int32Array(concurrent);
  const sent = [new Uint32Array(concurrent), new Uint32Array(concurrent)];
  let connections = 0;
  const packet: TrafficPacket = {
    connection: 0,
    fromClient: true,
    flags: 0,
    seq: 0,
    ack: 0,
    length: 0,
    time: 0,
  };
  const open = (slot: number) => {
    turn[slot] = 0;
    turns[slot] = 4 + random.below(random.next() < LONG_SHARE ? LONG_TURNS : SHORT_TURNS) * 2;
    number[slot] = connections;
    sent[0][slot] = random.below(2 ** 32);
    sent[1][slot] = random.below(2 ** 32);
    connections += 1;
  };
  for (let slot = 0; slot < concurrent; slot += 1) open(slot);
  for (let i = 0; i < what.packets; i += 1) {
    const slot = random.below(concurrent);
    const step = turn[slot];
    const last = step >= turns[slot];
    const side = step === 1 || (step > 2 && step % 2 === 1) ? 1 : 0;
    packet.connection = number[slot];
    packet.fromClient = side === 0;
    packet.seq = sent[side][slot];
    packet.ack = step === 0 ? 0 : sent[1 - side][slot];
    packet.time = Math.floor((i * 1e6) / RATE);
    packet.length = 0;
    packet.flags = step === 0 ? SYN : step === 1 ? SYN | ACK : ACK;
    const resets = number[slot] % RESET_ONE_IN === 0;
    if (last) packet.flags = resets ? RST | ACK : ending(step - turns[slot]);
    else if (step > 2 && side === 1) {
      packet.length = what.packetSize === 'full' ? FULL_PAYLOAD : SMALL_PAYLOAD;
      packet.flags = PSH | ACK;
    }
    sent[side][slot] += packet.length + ((packet.flags & (SYN | FIN)) !== 0 ? 1 : 0);
    turn[slot] += 1;
    yield packet;
    if (last && (resets || step - turns[slot] === 2)) open(slot);
  }
}

/** FIN, FIN and the last ACK. */
function ending(step: number): number {
  return step < 2 ? FIN | ACK : ACK;
}
