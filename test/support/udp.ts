import { type Bytes, join, u16 } from './bytes.js';
import { ipv4, UDP } from './ip.js';

/** A UDP datagram; `length` where it is to be a lie. */
export function udp(
  destinationPort: number,
  payload: Bytes,
  { sourcePort = 50_000, length = 8 + payload.length } = {},
) {
  return join(u16(sourcePort), u16(destinationPort), u16(length), u16(0), payload);
}

/** The IPv4 packet of a tunnel that runs over UDP, with an address, TTL and ID that no inner packet of a test has. */
export function udpTunnel(port: number, payload: Bytes, sourcePort?: number): Uint8Array {
  return outer(UDP, udp(port, payload, sourcePort === undefined ? {} : { sourcePort }));
}

export const OUTER_TTL = 33;
export const OUTER_ID = 0x0111;

/** The IPv4 packet around a tunnel. */
export function outer(protocol: number, payload: Bytes): Uint8Array {
  return ipv4(
    { source: '172.16.0.1', destination: '172.16.0.2', ttl: OUTER_TTL, id: OUTER_ID, protocol },
    payload,
  );
}
