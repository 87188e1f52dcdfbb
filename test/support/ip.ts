import { ipv4Bytes, ipv6Bytes } from './address.js';
import { type Bytes, join, u16, u32, zeros } from './bytes.js';

export const TCP = 6;
export const UDP = 17;

export interface Ipv4Fields {
  source?: string;
  destination?: string;
  ttl?: number;
  id?: number;
  tos?: number;
  protocol?: number;
  dontFragment?: boolean;
  moreFragments?: boolean;
  /** In bytes. */
  fragmentOffset?: number;
  options?: Bytes;
  /** Where it is to be a lie. */
  totalLength?: number;
  /** Length of the header in words of 4 bytes, where it is to be a lie. */
  words?: number;
}

export function ipv4(fields: Ipv4Fields, payload: Bytes): Uint8Array {
  const options = fields.options ?? [];
  const { dontFragment = true, moreFragments = false, fragmentOffset = 0 } = fields;
  const length = fields.totalLength ?? 20 + options.length + payload.length;
  const fragment = (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | (fragmentOffset / 8);
  return join(
    [0x40 | (fields.words ?? 5 + options.length / 4), fields.tos ?? 0, ...u16(length)],
    [...u16(fields.id ?? 0), ...u16(fragment), fields.ttl ?? 64, fields.protocol ?? TCP, 0, 0],
    [...ipv4Bytes(fields.source ?? '10.0.0.1'), ...ipv4Bytes(fields.destination ?? '10.0.0.2')],
    options,
    payload,
  );
}

/** An IPv6 extension header: its own number, and its bytes once it is known what follows. */
export interface ExtensionHeader {
  readonly header: number;
  bytes(next: number): Uint8Array;
}

/** Hop-by-hop options, routing, destination options, mobility: a length in units of 8 bytes after the first. */
export function options(header: 0 | 43 | 60 | 135, extraUnits = 0): ExtensionHeader {
  return { header, bytes: (next) => join([next, extraUnits], zeros(6 + 8 * extraUnits)) };
}

/** The authentication header of IPsec, which counts in words of 4 bytes. */
export const authentication: ExtensionHeader = {
  header: 51,
  bytes: (next) => join([next, 4], zeros(22)),
};

export function fragment(offset: number, more: boolean): ExtensionHeader {
  return { header: 44, bytes: (next) => join([next, 0], u16(offset | (more ? 1 : 0)), zeros(4)) };
}

export interface Ipv6Fields {
  source?: string;
  destination?: string;
  hopLimit?: number;
  trafficClass?: number;
  flowLabel?: number;
  extensions?: readonly ExtensionHeader[];
  protocol?: number;
  /** Where it is to be a lie. */
  payloadLength?: number;
}

export function ipv6(fields: Ipv6Fields, payload: Bytes): Uint8Array {
  const extensions = fields.extensions ?? [];
  const numbers = [...extensions.map(({ header }) => header), fields.protocol ?? TCP];
  const body = join(...extensions.map((extension, i) => extension.bytes(numbers[i + 1])), payload);
  const first = (0x6000_0000 | ((fields.trafficClass ?? 0) << 20) | (fields.flowLabel ?? 0)) >>> 0;
  return join(
    [...u32(first), ...u16(fields.payloadLength ?? body.length), numbers[0], fields.hopLimit ?? 64],
    [...ipv6Bytes(fields.source ?? '2001:db8::1'), ...ipv6Bytes(fields.destination ?? '2001:db8::2')],
    body,
  );
}
