import { DIRECTION_UNKNOWN, type Direction } from '../capture/frame.js';

/** Why a frame gave no TCP segment. */
export const STOP_NONE = 0;
/** Not TCP, or a protocol that does not carry TCP. */
export const STOP_OTHER_PROTOCOL = 1;
/** A later fragment: the TCP header travelled in the first one. */
export const STOP_FRAGMENT = 2;
/** The snapshot length cut the headers off. */
export const STOP_TRUNCATED = 3;
/** A header contradicts itself. */
export const STOP_MALFORMED = 4;
/** A link type that is not known. */
export const STOP_LINK_TYPE = 5;

/**
 * The TCP part of a frame, innermost if encapsulated: one reused record that the decoders fill. Offsets point into
 * `bytes`; nothing is copied. Valid as long as the frame it was decoded from.
 */
export class Segment {
  bytes: Uint8Array = new Uint8Array(0);
  /** One past the last captured byte that belongs to the packet being decoded. */
  end = 0;
  /** How many bytes the frame had beyond those captured: what the snapshot length cut off. */
  cut = 0;
  stop = STOP_NONE;
  /** IP headers passed on the way in; bounds nesting. */
  depth = 0;
  direction: Direction = DIRECTION_UNKNOWN;

  /** 4 or 6. */
  ipVersion = 0;
  sourceAt = 0;
  destinationAt = 0;
  /** Time to live, or hop limit. */
  ttl = 0;
  /** IPv4 identification; -1 in IPv6, which has none. */
  ipId = -1;
  /** Type of service, or traffic class. */
  tos = 0;
  dontFragment = false;
  /** IPv6 flow label; 0 in IPv4. */
  flowLabel = 0;

  sourcePort = 0;
  destinationPort = 0;
  seq = 0;
  ack = 0;
  flags = 0;
  /** As it stands in the header, not scaled. */
  window = 0;
  optionsAt = 0;
  /** One past the last option byte that was captured. */
  optionsEnd = 0;
  /** True when the header has more option bytes than were captured. */
  optionsCut = false;
  payloadAt = 0;
  /** Bytes of payload on the wire, whatever was captured of them. */
  payloadLength = 0;
  /** Value of the timestamps option; meaningful when `hasTimestamp`. */
  timestamp = 0;
  hasTimestamp = false;
}
