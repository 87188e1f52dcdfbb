import { type Bytes, join, u16, u32, zeros } from './bytes.js';

/** Numbers by https://www.tcpdump.org/linktypes.html. */
export const ETHERNET = 1;
export const RAW = 101;
export const SLL = 113;
export const IPV4 = 228;
export const IPV6 = 229;
export const SLL2 = 276;

/** Packet types of Linux cooked captures. */
export const TO_US = 0;
export const FROM_US = 4;

export const VLAN = 0x8100;
export const PROVIDER_VLAN = 0x88a8;
export const OLD_PROVIDER_VLAN = 0x9100;

/** EtherType of an IP packet, by its version. */
function etherTypeOf(packet: Bytes): number {
  return packet[0] >>> 4 === 6 ? 0x86dd : 0x0800;
}

interface EthernetFields {
  /** Tag types of a VLAN stack, outermost first. */
  vlans?: readonly number[];
  etherType?: number;
}

export function ethernet(
  packet: Bytes,
  { vlans = [], etherType = etherTypeOf(packet) }: EthernetFields = {},
) {
  const tags = vlans.flatMap((tagType, i) => [...u16(tagType), ...u16(0x2000 | (100 + i))]);
  return join([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], tags, u16(etherType), packet);
}

export function sll(packet: Bytes, packetType = TO_US): Uint8Array {
  return join(u16(packetType), u16(1), u16(6), zeros(8), u16(etherTypeOf(packet)), packet);
}

export function sll2(packet: Bytes, packetType = TO_US): Uint8Array {
  return join(u16(etherTypeOf(packet)), u16(0), u32(2), u16(1), [packetType, 6], zeros(8), packet);
}
