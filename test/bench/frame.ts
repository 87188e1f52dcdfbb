import type { TrafficPacket } from './traffic.js';

/** Where the balancer stands: the client's side and the server's differ in addresses, TTL and time. */
export type Vantage = 'client' | 'server';

const ETHERNET = 14;
const IPV4 = 20;
const IPV6 = 40;
const TCP = 20;
const PROTOCOL_TCP = 6;
const DONT_FRAGMENT = 0x4000;
const HTTPS = 443;
const FIRST_PORT = 1024;
const CLIENTS = 50_000;
const BACKENDS = 3;
const NETWORK_V6 = 0x2001_0db8;
/** Clients, the frontend that they know, and the backends behind it. */
const CLIENT_V4 = 0x0a00_0000;
const FRONTEND_V4 = 0xc633_6401;
const BACKEND_V4 = 0xac10_0001;
const FRONTEND_V6 = 0xffff_0000;
const BACKEND_V6 = 0xfffe_0000;
const TTL_LEAVING = 64;
const TTL_ARRIVING = 62;

/** Bytes before the payload, by the family of addresses. */
export const FRAME_HEADERS = { 4: ETHERNET + IPV4 + TCP, 6: ETHERNET + IPV6 + TCP } as const;

/** Writes the headers of an Ethernet frame as a vantage sees it; checksums are left at 0, and the payload as it is. */
export function writeFrame(view: DataView, at: number, packet: TrafficPacket, vantage: Vantage): void {
  const arrives = (vantage === 'server') === packet.fromClient;
  const ttl = arrives ? TTL_ARRIVING : TTL_LEAVING;
  for (let byte = 0; byte < 12; byte += 4) view.setUint32(at + byte, 0);
  const ip = at + ETHERNET;
  if (packet.family === 4) {
    view.setUint16(at + 12, 0x0800);
    writeIpv4(view, ip, packet, ttl, vantage);
    writeTcp(view, ip + IPV4, packet);
  } else {
    view.setUint16(at + 12, 0x86dd);
    writeIpv6(view, ip, packet, ttl, vantage);
    writeTcp(view, ip + IPV6, packet);
  }
}

function writeIpv4(view: DataView, at: number, packet: TrafficPacket, ttl: number, vantage: Vantage): void {
  const client = CLIENT_V4 + (packet.connection % CLIENTS);
  const callee = vantage === 'client' ? FRONTEND_V4 : BACKEND_V4 + (packet.connection % BACKENDS);
  view.setUint16(at, 0x4500);
  view.setUint16(at + 2, IPV4 + TCP + packet.length);
  view.setUint16(at + 4, packet.identification);
  view.setUint16(at + 6, DONT_FRAGMENT);
  view.setUint8(at + 8, ttl);
  view.setUint8(at + 9, PROTOCOL_TCP);
  view.setUint16(at + 10, 0);
  view.setUint32(at + 12, packet.fromClient ? client : callee);
  view.setUint32(at + 16, packet.fromClient ? callee : client);
}

function writeIpv6(view: DataView, at: number, packet: TrafficPacket, ttl: number, vantage: Vantage): void {
  const client = packet.connection % CLIENTS;
  const callee = vantage === 'client' ? FRONTEND_V6 : BACKEND_V6 + (packet.connection % BACKENDS);
  view.setUint32(at, 0x6000_0000);
  view.setUint16(at + 4, TCP + packet.length);
  view.setUint8(at + 6, PROTOCOL_TCP);
  view.setUint8(at + 7, ttl);
  writeAddressV6(view, at + 8, packet.fromClient ? client : callee);
  writeAddressV6(view, at + 24, packet.fromClient ? callee : client);
}

function writeAddressV6(view: DataView, at: number, host: number): void {
  view.setUint32(at, NETWORK_V6);
  view.setUint32(at + 4, 0);
  view.setUint32(at + 8, 0);
  view.setUint32(at + 12, host);
}

function writeTcp(view: DataView, at: number, packet: TrafficPacket): void {
  const port = FIRST_PORT + (Math.floor(packet.connection / CLIENTS) % (65_536 - FIRST_PORT));
  view.setUint16(at, packet.fromClient ? port : HTTPS);
  view.setUint16(at + 2, packet.fromClient ? HTTPS : port);
  view.setUint32(at + 4, packet.seq);
  view.setUint32(at + 8, packet.ack);
  view.setUint16(at + 12, 0x5000 | packet.flags);
  view.setUint16(at + 14, packet.window);
  view.setUint32(at + 16, 0);
}
