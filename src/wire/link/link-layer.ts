import type { Segment } from '../segment.js';

/** One link layer: how a frame of that type begins. One file each, listed in `index.ts`. */
export interface LinkLayer {
  /** Number by https://www.tcpdump.org/linktypes.html. */
  readonly linkType: number;
  /** Name by the same page, without `LINKTYPE_`. */
  readonly name: string;
  /** Decodes from the first byte of the frame; true when a TCP segment was found. */
  decode(segment: Segment, at: number): boolean;
}
