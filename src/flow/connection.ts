import type { Endpoint } from '../result.js';

/** Side of a connection: 0 opened it, 1 was called. */
export type Side = 0 | 1;

/** One segment as it was seen. Times in nanoseconds since the capture's first frame. */
export interface SeenSegment {
  readonly frame: number;
  readonly time: number;
  readonly from: Side;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  /** Bytes of payload. */
  readonly length: number;
  readonly window: number;
  readonly ttl: number;
  /** Null in IPv6. */
  readonly ipId: number | null;
  /** The lower 16 bits of the flow label; null in IPv4. */
  readonly flowLabel: number | null;
  readonly tos: number;
  readonly timestamp: number | null;
  readonly dontFragment: boolean;
  /** Whether the TCP header had options at all. */
  readonly hasOptions: boolean;
  readonly optionsCut: boolean;
  /** What the capturing host said: received, sent, or nothing. */
  readonly direction: 'inbound' | 'outbound' | null;
  /** The innermost tunnel that carried it, such as `VXLAN`. */
  readonly tunnel: string | null;
  /** TTL of the IP header that the tunnel put around its own. */
  readonly outerTtl: number | null;
  /** The numbers it really had, where `seq` and `ack` are those of the client's vantage (see `pair/shift.ts`). */
  readonly onWire?: { readonly seq: number; readonly ack: number };
  /** Addresses it really had, client's first, where they are not those of its connection (see `pair/unnat.ts`). */
  readonly tuple?: readonly [Endpoint, Endpoint];
  /** What a RST carried, if anything. */
  readonly payload: Uint8Array | null;
  /** Reason in a RST's option MP_TCPRST; null without one. */
  readonly mptcpReset: number | null;
}

/** A RST that was recorded once more. */
export interface ResetCopy {
  readonly frame: number;
  readonly time: number;
  readonly ttl: number;
  /** Frame of the first record, one of the connection's segments. */
  readonly original: number;
}

/** Habits and progress of one side, from its segments without RST. */
export interface SideState {
  readonly nextSeq: number;
  readonly ackMax: number;
  readonly segments: number;
  readonly payloadBytes: number;
  readonly lastTime: number;
  readonly lastFrame: number;
  readonly lastDataTime: number;
  readonly lastDataFrame: number;
  readonly finFrame: number | null;
  readonly finTime: number;
  readonly finEnd: number;
  readonly finAcked: boolean;
  readonly ttl: number;
  readonly ttlLowest: number;
  readonly ttlHighest: number;
  readonly ttlSamples: number;
  /** TTL of its SYN or SYN-ACK; null when none was seen. */
  readonly synTtl: number | null;
  readonly ipIdLast: number;
  readonly ipIdSteps: number;
  readonly ipIdZeros: number;
  readonly ipIdSamples: number;
  readonly windowScale: number | null;
  readonly timestamps: boolean;
  /** The capture was taken on this side's own host. */
  readonly local: boolean;
}

/** One TCP connection at one vantage, read from the columns of the log: for the stages off the hot path. */
export interface Connection {
  /** Row in the log. */
  readonly row: number;
  /** Who opened it, and who was called. */
  readonly endpoints: readonly [Endpoint, Endpoint];
  /** Initial sequence numbers; a SYN-ACK tells the opener's too. */
  readonly isns: readonly [number | null, number | null];
  readonly family: 4 | 6;
  readonly synSeen: boolean;
  readonly synAckSeen: boolean;
  readonly established: boolean;
  readonly closedByFin: boolean;
  readonly midStream: boolean;
  /** How sure it is which side is which, from 0 to 1: seen from the handshake, else told by others or by the ports. */
  readonly trustInSides: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly synTime: number | null;
  readonly synAckTime: number | null;
  /** Nanoseconds from the SYN to its answer; null where either was not seen, or the SYN was repeated. */
  readonly handshakeTrip: number | null;
  /** Null for connections that closed cleanly: nothing about them is left but their record. */
  readonly sides: readonly [SideState, SideState] | null;
  /** Kept segments in the order of their frames. */
  readonly segments: readonly SeenSegment[];
  /** Further records of RST segments that are among them. */
  readonly resetCopies: readonly ResetCopy[];
}
