import { AddressTable } from './addresses.js';
import { Table } from './columns.js';
import { CONNECTION, KEPT_SEGMENT, PEER, RESET_COPY, SIDE } from './schema.js';

const INITIAL_ROWS = 1024;

/** Frames that carried no TCP segment, by why. */
export interface SkippedFrames {
  otherProtocol: number;
  laterFragments: number;
  truncated: number;
  malformed: number;
  /** Encrypted or compressed below TCP. */
  opaque: number;
  unknownLinkType: number;
}

/**
 * Everything that the flow stage found in one capture: plain columns and counts. What is not in here, no later
 * stage knows.
 */
export class FlowLog {
  readonly addresses = new AddressTable();
  readonly connections = new Table(CONNECTION, INITIAL_ROWS);
  /** Two rows a connection, one a side. */
  readonly peers = new Table(PEER, 2 * INITIAL_ROWS);
  /** Two rows for each connection that has details. */
  readonly details = new Table(SIDE, INITIAL_ROWS);
  /** Segments worth citing, in the order in which they were kept. */
  readonly segments = new Table(KEPT_SEGMENT, INITIAL_ROWS);
  /** First bytes of what RST segments carried, by row of `segments`. */
  readonly resetPayloads = new Map<number, Uint8Array>();
  /** RST segments that were recorded more than once; they count as segments, and as nothing else. */
  readonly resetCopies = new Table(RESET_COPY, 0);
  /** Segments that were recorded before, on another interface or by a mirror of both directions. */
  duplicates = 0;
  tcpSegments = 0;
  resetSegments = 0;
  readonly skipped: SkippedFrames = {
    otherProtocol: 0,
    laterFragments: 0,
    truncated: 0,
    malformed: 0,
    opaque: 0,
    unknownLinkType: 0,
  };
}
