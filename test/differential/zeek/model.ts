import { ACK, FIN, RST, SYN, type TsharkPacket } from '../../support/tshark-packets.js';

/**
 * What Zeek calls the end of each connection (`conn_state` of its conn.log), worked out from packets that tshark
 * dissected: the endpoint states and timers of src/packet_analysis/protocol/tcp/TCPSessionAdapter.cc and the naming of
 * scripts/base/protocols/conn/main.zeek (github.com/zeek/zeek), as `zeek -C` applies them. Where Zeek's own logs are at
 * hand, the test holds this model against them.
 */
export type ConnState =
  | 'S0'
  | 'S1'
  | 'S2'
  | 'S3'
  | 'SF'
  | 'SH'
  | 'SHR'
  | 'REJ'
  | 'RSTO'
  | 'RSTR'
  | 'RSTOS0'
  | 'RSTRH'
  | 'OTH';

/** A connection as Zeek cuts and names it. */
export interface ZeekConnection {
  /** `address port`. */
  readonly orig: string;
  readonly resp: string;
  readonly state: ConnState;
  readonly history: string;
  /** Frames with RST, Zeek's originator's and responder's. */
  readonly resets: readonly number[];
}

type State = 'inactive' | 'syn-sent' | 'syn-ack-sent' | 'partial' | 'established' | 'closed' | 'reset';

interface Endpoint {
  readonly name: string;
  state: State;
  before: State;
  didClose: boolean;
  startSeq: number | null;
  bytes: number;
  readonly letters: Set<string>;
}

interface Open {
  orig: Endpoint;
  resp: Endpoint;
  readonly first: bigint;
  lastTime: bigint;
  /** When a timer takes it away, whatever comes. */
  removeAt: bigint | null;
  history: string;
  readonly resets: number[];
}

const SECOND = 1_000_000_000n;
/** Zeek's init-bare: tcp_attempt_delay, tcp_close_delay and tcp_connection_linger. */
const SHORTLY = 5n * SECOND;
/** tcp_inactivity_timeout. */
const INACTIVE = 300n * SECOND;

/** Ports that Zeek's scripts register an analyzer for: whoever speaks first from one of these is the responder. */
const SERVER_PORTS = new Set([
  ...[
    21, 22, 25, 53, 80, 81, 88, 139, 389, 443, 445, 502, 563, 585, 587, 614, 631, 636, 989, 990, 992, 993,
    995,
  ],
  ...[
    1080, 1434, 1883, 2811, 3128, 3268, 3306, 3389, 5223, 5432, 6379, 6666, 6667, 6668, 6669, 8000, 8080,
    8888,
  ],
  ...[20_000],
]);

/** Every TCP connection of a capture as Zeek would log it. */
export function zeekConnections(packets: readonly TsharkPacket[]): ZeekConnection[] {
  const open = new Map<string, Open>();
  const done: ZeekConnection[] = [];
  for (const packet of packets) {
    const ends = [`${packet.src} ${packet.sport}`, `${packet.dst} ${packet.dport}`] as const;
    const key = [...ends].sort().join(' ');
    let one = open.get(key);
    if (one !== undefined && (isExpired(one, packet.time) || isReuse(one, packet))) {
      done.push(logged(one));
      one = undefined;
    }
    if (one === undefined) {
      one = opened(packet, ends);
      open.set(key, one);
    }
    process(one, packet, ends[0]);
  }
  return [...done, ...[...open.values()].map(logged)];
}

function opened(packet: TsharkPacket, [from, to]: readonly [string, string]): Open {
  const flip = isFlipped(packet);
  return {
    orig: endpoint(flip ? to : from),
    resp: endpoint(flip ? from : to),
    first: packet.time,
    lastTime: packet.time,
    removeAt: null,
    history: flip ? '^' : '',
    resets: [],
  };
}

function endpoint(name: string): Endpoint {
  const before: State = 'inactive';
  return { name, state: before, before, didClose: false, startSeq: null, bytes: 0, letters: new Set() };
}

/** Without a SYN, the ports tell who is who. */
function isFlipped({ flags, sport, dport }: TsharkPacket): boolean {
  if ((flags & (SYN | ACK)) === SYN || !SERVER_PORTS.has(sport)) return false;
  return SERVER_PORTS.has(dport) ? (flags & SYN) === 0 && sport < dport : true;
}

function isExpired(one: Open, now: bigint): boolean {
  const { orig, resp } = one;
  if (one.removeAt !== null && now > one.removeAt) return true;
  const unanswered = orig.state === 'syn-sent' || orig.state === 'syn-ack-sent';
  if (unanswered && resp.state === 'inactive' && now > one.first + SHORTLY) return true;
  return now > one.lastTime + INACTIVE;
}

function isReuse({ orig, resp }: Open, { flags, seq }: TsharkPacket): boolean {
  if ((flags & SYN) === 0 || ((flags & ACK) !== 0 && orig.state !== 'inactive')) return false;
  const opener = (flags & ACK) !== 0 ? resp : orig;
  return (orig.didClose && resp.didClose) || (opener.startSeq !== null && seq !== opener.startSeq);
}

function process(one: Open, packet: TsharkPacket, from: string): void {
  const isOrig = from === one.orig.name;
  const [end, peer] = isOrig ? [one.orig, one.resp] : [one.resp, one.orig];
  const { flags, length, seq, time } = packet;
  if (end.startSeq === null) end.startSeq = (flags & SYN) !== 0 ? seq : seq - 1;
  note(one, end, isOrig, packet);
  if (!one.orig.didClose || !one.resp.didClose) one.lastTime = time;
  if ((flags & RST) !== 0) one.resets.push(packet.frame);
  else end.bytes += length;
  if (step(one, end, peer, isOrig, packet)) close(one, end, peer);
}

/** The history string, as far as names of ends depend on it: each letter once a side. */
function note(one: Open, end: Endpoint, isOrig: boolean, { flags, length }: TsharkPacket): void {
  const control = [SYN, FIN, RST].filter((bit) => (flags & bit) !== 0);
  const letter = control.length > 1 ? several(flags) : single(flags, length);
  if (letter === '' || end.letters.has(letter)) return;
  end.letters.add(letter);
  one.history += isOrig ? letter : letter.toLowerCase();
}

function several(flags: number): string {
  return (flags & (FIN | RST)) === (FIN | RST) ? 'I' : 'Q';
}

function single(flags: number, length: number): string {
  if ((flags & SYN) !== 0) return (flags & ACK) !== 0 ? 'H' : 'S';
  if ((flags & FIN) !== 0) return 'F';
  if ((flags & RST) !== 0) return 'R';
  if (length > 0) return 'D';
  return (flags & ACK) !== 0 ? 'A' : '';
}

function become(end: Endpoint, state: State): void {
  end.before = end.state;
  end.state = state;
}

/** One packet's step of its sender's state; whether that closes the connection from this side. */
function step(one: Open, end: Endpoint, peer: Endpoint, isOrig: boolean, packet: TsharkPacket): boolean {
  const { flags } = packet;
  const [fin, rst] = [(flags & FIN) !== 0, (flags & RST) !== 0];
  switch (end.state) {
    case 'inactive':
      return awake(one, end, peer, isOrig, packet);
    case 'syn-sent':
    case 'syn-ack-sent':
      if (fin) become(end, 'closed');
      if (rst) become(end, 'reset');
      return fin || rst;
    case 'established':
    case 'partial':
      if ((flags & (SYN | ACK)) === SYN && end.state === 'partial' && peer.state === 'inactive')
        become(end, 'syn-sent');
      if (fin && !rst) {
        become(end, 'closed');
        if (peer.state === 'reset' && peer.before === 'closed') become(peer, 'closed');
      }
      if (rst) become(end, 'reset');
      return fin || rst;
    case 'closed':
      // A RST after FINs of both sides ends nothing.
      if (!rst || peer.state === 'closed') return false;
      become(end, 'reset');
      return !end.didClose;
    case 'reset':
      return false;
  }
}

/** A side is heard for the first time. */
function awake(one: Open, end: Endpoint, peer: Endpoint, isOrig: boolean, packet: TsharkPacket): boolean {
  const { flags, length } = packet;
  const [syn, ack] = [(flags & SYN) !== 0, (flags & ACK) !== 0];
  const [fin, rst] = [(flags & FIN) !== 0, (flags & RST) !== 0];
  if (syn && isOrig) become(end, ack ? 'syn-ack-sent' : 'syn-sent');
  if (syn && !isOrig) answerSyn(one, end, peer, ack);
  if (fin) become(end, 'closed');
  if (rst) become(end, 'reset');
  if (end.state === 'inactive') {
    const early = !isOrig && length === 0 && one.orig.state === 'syn-sent';
    if (!early) become(end, ack && peer.state === 'established' ? 'established' : 'partial');
  }
  return fin || rst;
}

/** The responder's SYN or SYN-ACK; a SYN after a SYN-ACK of the other side means that they came in the wrong order. */
function answerSyn(one: Open, end: Endpoint, peer: Endpoint, ack: boolean): void {
  if (!ack && peer.state === 'syn-ack-sent') {
    [one.orig, one.resp] = [one.resp, one.orig];
    one.history = `^${one.history}`;
    become(peer, 'established');
  }
  if (peer.state === 'syn-sent') become(peer, 'established');
  become(end, 'established');
}

function close(one: Open, end: Endpoint, peer: Endpoint): void {
  if (end.didClose) return;
  end.didClose = true;
  const complete = end.state === 'reset' || peer.didClose || peer.state === 'inactive';
  if (complete) one.removeAt = one.lastTime + SHORTLY;
}

function logged({ orig, resp, history, resets }: Open): ZeekConnection {
  return { orig: orig.name, resp: resp.name, state: nameOf(orig, resp, history), history, resets };
}

const isSilent = ({ state }: Endpoint) => state === 'inactive' || state === 'partial';

/** The responder is asked first: where both ends reset, it is the responder's. */
function nameOf(orig: Endpoint, resp: Endpoint, history: string): ConnState {
  if (resp.state === 'reset') {
    const nothing = orig.state === 'reset' && orig.bytes === 0 && resp.bytes === 0;
    if (orig.state === 'syn-sent' || orig.state === 'syn-ack-sent' || nothing) return 'REJ';
    return isSilent(orig) ? 'RSTRH' : 'RSTR';
  }
  if (orig.state === 'reset') {
    if (!isSilent(resp)) return 'RSTO';
    return /^\^?S[^HAFGIQ]*R/.test(history) ? 'RSTOS0' : 'OTH';
  }
  if (orig.state === 'closed' && resp.state === 'closed') return 'SF';
  if (orig.state === 'closed') return isSilent(resp) ? 'SH' : 'S2';
  if (resp.state === 'closed') return isSilent(orig) ? 'SHR' : 'S3';
  if (orig.state === 'syn-sent' && resp.state === 'inactive') return 'S0';
  return orig.state === 'established' && resp.state === 'established' ? 'S1' : 'OTH';
}
