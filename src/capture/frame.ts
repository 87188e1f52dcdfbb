/** Direction of a frame as the capturing host knew it: to this host, from this host, or not told. */
export const DIRECTION_UNKNOWN = 0;
export const DIRECTION_INBOUND = 1;
export const DIRECTION_OUTBOUND = 2;
export type Direction = typeof DIRECTION_UNKNOWN | typeof DIRECTION_INBOUND | typeof DIRECTION_OUTBOUND;

/**
 * One record of a capture, in place: a cursor that a reader moves over its buffer. Valid until the reader's next
 * call; whoever wants to keep something copies it out.
 */
export class Frame {
  /** Numbered as Wireshark numbers it: from 1, all records counted. */
  number = 0;
  /** Nanoseconds since the capture's first frame; an exact integer for captures of up to 104 days. */
  time = 0;
  /** The buffer that holds the frame; reused, never copied. */
  bytes: Uint8Array = new Uint8Array(0);
  /** First byte of the frame in `bytes`. */
  at = 0;
  /** Bytes that the capture holds of this frame. */
  capturedLength = 0;
  /** Bytes that the frame had on the wire; never below `capturedLength`. */
  originalLength = 0;
  /** Link type by the registry of https://www.tcpdump.org/linktypes.html. */
  linkType = 0;
  /** What the capture format itself says of the direction; link layers can say more. */
  direction: Direction = DIRECTION_UNKNOWN;
  /** Where the record starts in the uncompressed capture. */
  byteOffset = 0;
}
