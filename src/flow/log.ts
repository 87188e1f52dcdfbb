import { AddressTable, type DetachedAddresses } from './addresses.js';
import { CONNECTION, KEPT, OPENING, REQUEST, RESET_COPY, SEGMENT, SIDE, TAKEOVER } from './schema.js';
import { type DetachedTable, Table } from './table.js';

/** Bytes of each table that stay in memory, however much a capture holds; what is beyond them is on the disk. */
const IN_MEMORY = 7 << 20;

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

/** What the flow stage counted. */
export interface FlowCounts {
  /** Segments that were recorded before, on another interface or by a mirror of both directions. */
  duplicates: number;
  tcpSegments: number;
  resetSegments: number;
  /** Connections that were let go of while they may have been open: more were than the table holds. */
  letGo: number;
  readonly skipped: SkippedFrames;
}

/** A log on its way to another thread. */
export interface DetachedLog {
  readonly counts: FlowCounts;
  readonly addresses: DetachedAddresses;
  readonly tables: Readonly<Record<keyof typeof TABLES, DetachedTable>>;
  readonly resetPayloads: ReadonlyMap<number, Uint8Array>;
  readonly mptcpResets: ReadonlyMap<number, number>;
}

const TABLES = {
  connections: CONNECTION,
  /** Two rows for each connection that has details. */
  details: SIDE,
  /** Segments worth citing, in the order in which they were kept. */
  segments: SEGMENT,
  /** One row for each of `segments`. */
  kept: KEPT,
  /** RST segments that were recorded more than once; they count as segments, and as nothing else. */
  resetCopies: RESET_COPY,
  /** What the streams opened with: at most one row a side of a connection, in the order of their first payload. */
  openings: OPENING,
  /** HTTP requests in the order in which they were seen. */
  requests: REQUEST,
  /** Connections whose addresses and ports another one took while they lived; see `TAKEOVER`. */
  takeovers: TAKEOVER,
} as const;

/**
 * Everything that the flow stage found in one capture: plain rows and counts. What is not in here, no later stage
 * knows.
 */
export class FlowLog {
  readonly addresses: AddressTable;
  readonly connections: Table<typeof CONNECTION>;
  readonly details: Table<typeof SIDE>;
  readonly segments: Table<typeof SEGMENT>;
  readonly kept: Table<typeof KEPT>;
  readonly resetCopies: Table<typeof RESET_COPY>;
  readonly openings: Table<typeof OPENING>;
  readonly requests: Table<typeof REQUEST>;
  readonly takeovers: Table<typeof TAKEOVER>;
  /** First bytes of what RST segments carried, by row of `segments`. */
  readonly resetPayloads: Map<number, Uint8Array>;
  /** Reasons in the option MP_TCPRST of RST segments, by row of `segments`. */
  readonly mptcpResets: Map<number, number>;
  readonly counts: FlowCounts;

  /** @param detached what another thread's log gave away; without it the log is empty */
  constructor(detached?: DetachedLog) {
    const table = <Name extends keyof typeof TABLES>(name: Name): Table<(typeof TABLES)[Name]> =>
      new Table<(typeof TABLES)[Name]>(TABLES[name], IN_MEMORY, detached?.tables[name]);
    this.addresses = new AddressTable(detached?.addresses);
    this.connections = table('connections');
    this.details = table('details');
    this.segments = table('segments');
    this.kept = table('kept');
    this.resetCopies = table('resetCopies');
    this.openings = table('openings');
    this.requests = table('requests');
    this.takeovers = table('takeovers');
    this.resetPayloads = new Map(detached?.resetPayloads);
    this.mptcpResets = new Map(detached?.mptcpResets);
    this.counts = detached?.counts ?? {
      duplicates: 0,
      tcpSegments: 0,
      resetSegments: 0,
      letGo: 0,
      skipped: {
        otherProtocol: 0,
        laterFragments: 0,
        truncated: 0,
        malformed: 0,
        opaque: 0,
        unknownLinkType: 0,
      },
    };
  }

  /** To be called when the capture has been read: nothing will be written any more. */
  seal(): void {
    for (const name of Object.keys(TABLES) as (keyof typeof TABLES)[]) this[name].seal();
  }

  /** Gives everything away for another thread; what of it is to be transferred is `buffersOf` it. */
  detach(): DetachedLog {
    const { addresses, resetPayloads, mptcpResets, counts } = this;
    return {
      counts,
      addresses: addresses.detach(),
      tables: {
        connections: this.connections.detach(),
        details: this.details.detach(),
        segments: this.segments.detach(),
        kept: this.kept.detach(),
        resetCopies: this.resetCopies.detach(),
        openings: this.openings.detach(),
        requests: this.requests.detach(),
        takeovers: this.takeovers.detach(),
      },
      resetPayloads,
      mptcpResets,
    };
  }
}

/** The buffers that a detached log consists of. */
export function buffersOf({ addresses, tables }: DetachedLog): ArrayBuffer[] {
  const rows = Object.values(tables).flatMap(({ resident }) => resident.map(([, buffer]) => buffer));
  return [addresses.bytes.buffer, addresses.buckets.buffer, ...rows];
}
