import { closeSync, openSync, writeSync } from 'node:fs';
import { type Traffic, type TrafficPacket, traffic } from './traffic.js';

/** Where the balancer stands: the client's side and the server's differ in addresses, TTL and time. */
export type Vantage = 'client' | 'server';

const FILE_HEADER = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
const BUFFER_SIZE = 8 << 20;
const LARGEST_RECORD = 2048;
const ETHERNET = 14;
const TCP = 20;
const START_SECONDS = 1_800_000_000;
const MICROSECONDS = 1_000_000;
/** Microseconds from one vantage to the other. */
const DELAY = 5000;
const CLIENTS = 50_000;
const FIRST_PORT = 1024;

/** Writes the traffic as one vantage captures it, a classic capture of Ethernet frames. */
export function writeCapture(path: string, what: Traffic, vantage: Vantage): void {
  const file = openSync(path, 'w');
  const buffer = Buffer.alloc(BUFFER_SIZE);
  let at = FILE_HEADER.copy(buffer, 0);
  for (const packet of traffic(what)) {
    at = writeRecord(buffer, at, packet, what.family, vantage);
    if (at < BUFFER_SIZE - LARGEST_RECORD) continue;
    writeSync(file, buffer, 0, at);
    at = 0;
  }
  writeSync(file, buffer, 0, at);
  closeSync(file);
}

function writeRecord(b: Buffer, at: number, packet: TrafficPacket, family: 4 | 6, vantage: Vantage): number {
  const ip = family === 4 ? 20 : 40;
  const length = ETHERNET + ip + TCP + packet.length;
  const arrives = (vantage === 'server') === packet.fromClient;
  const time = packet.time + (arrives ? DELAY : 0);
  b.writeUInt32LE(START_SECONDS + Math.floor(time / MICROSECONDS), at);
  b.writeUInt32LE(time % MICROSECONDS, at + 4);
  b.writeUInt32LE(length, at + 8);
  b.writeUInt32LE(length, at + 12);
  const frame = at + 16;
  b.fill(0, frame, frame + ETHERNET + ip + TCP);
  b.writeUInt16BE(family === 4 ? 0x0800 : 0x86dd, frame + 12);
  const ttl = arrives ? 62 : 64;
  if (family === 4) writeIpv4(b, frame + ETHERNET, packet, ttl, vantage);
  else writeIpv6(b, frame + ETHERNET, packet, ttl, vantage);
  writeTcp(b, frame + ETHERNET + ip, packet);
  return frame + length;
}

function writeIpv4(b: Buffer, at: number, packet: TrafficPacket, ttl: number, vantage: Vantage): void {
  b[at] = 0x45;
  b.writeUInt16BE(20 + TCP + packet.length, at + 2);
  b.writeUInt16BE((packet.seq ^ packet.ack) & 0xffff, at + 4);
  b[at + 6] = 0x40;
  b[at + 8] = ttl;
  b[at + 9] = 6;
  const client = 0x0a00_0000 + (packet.connection % CLIENTS);
  const callee = vantage === 'client' ? 0xc633_6401 : 0xac10_0001 + (packet.connection % 3);
  b.writeUInt32BE(packet.fromClient ? client : callee, at + 12);
  b.writeUInt32BE(packet.fromClient ? callee : client, at + 16);
}

function writeIpv6(b: Buffer, at: number, packet: TrafficPacket, ttl: number, vantage: Vantage): void {
  b[at] = 0x60;
  b.writeUInt16BE(TCP + packet.length, at + 4);
  b[at + 6] = 6;
  b[at + 7] = ttl;
  const callee = vantage === 'client' ? 0xffff_0000 : 0xfffe_0000 + (packet.connection % 3);
  const [source, destination] = packet.fromClient ? [at + 8, at + 24] : [at + 24, at + 8];
  for (const address of [source, destination]) b.writeUInt32BE(0x2001_0db8, address);
  b.writeUInt32BE(packet.connection % CLIENTS, source + 12);
  b.writeUInt32BE(callee, destination + 12);
}

function writeTcp(b: Buffer, at: number, packet: TrafficPacket): void {
  const port = FIRST_PORT + (Math.floor(packet.connection / CLIENTS) % (65_536 - FIRST_PORT));
  b.writeUInt16BE(packet.fromClient ? port : 443, at);
  b.writeUInt16BE(packet.fromClient ? 443 : port, at + 2);
  b.writeUInt32BE(packet.seq, at + 4);
  b.writeUInt32BE(packet.ack, at + 8);
  b[at + 12] = 0x50;
  b[at + 13] = packet.flags;
  b.writeUInt16BE(502, at + 14);
}
