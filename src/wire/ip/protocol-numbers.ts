// https://www.iana.org/assignments/protocol-numbers
export const HOP_BY_HOP = 0;
export const IPV4 = 4;
export const TCP = 6;
export const UDP = 17;
export const IPV6 = 41;
export const ROUTING = 43;
export const FRAGMENT = 44;
export const AUTHENTICATION = 51;
export const DESTINATION_OPTIONS = 60;
export const MOBILITY = 135;
export const HOST_IDENTITY = 139;
export const SHIM6 = 140;

/**
 * The largest IP packet. What a first fragment carries goes on in the others: a packet inside may claim this much more
 * than the fragment holds.
 */
export const LARGEST_PACKET = 0xffff;

/** The largest packet that a host hands to its network card to cut (Linux, GSO_MAX_SIZE of netdevice.h). */
export const LARGEST_OFFLOAD = 8 * LARGEST_PACKET;
