import { refuse, type Segment, STOP_NESTED, STOP_OTHER_PROTOCOL } from './segment.js';

/** Decodes from `at` on, down to TCP; true when a segment was found. Else `segment.stop` says why not. */
export type Decode = (segment: Segment, at: number) => boolean;

/** One protocol: what it is called, where it is found, and how to go on from its first byte. One file each. */
export interface Protocol {
  readonly name: string;
  /** By https://www.tcpdump.org/linktypes.html */
  readonly linkTypes?: readonly number[];
  /** By https://www.iana.org/assignments/ieee-802-numbers */
  readonly etherTypes?: readonly number[];
  /** By https://www.iana.org/assignments/protocol-numbers */
  readonly ipProtocols?: readonly number[];
  /** By https://www.iana.org/assignments/service-names-port-numbers, where it does not say otherwise. */
  readonly udpPorts?: readonly number[];
  /** `TUNNEL_*` for what carries packets inside of IP packets. */
  readonly tunnel?: number;
  readonly decode: Decode;
}

/**
 * Layers that a frame may have beyond its link layer and IP headers. A mirror of a mirror of an overlay has six; a
 * frame made to exhaust the stack has thousands.
 */
const MOST_LAYERS = 24;

// Filled once by `protocols.ts`. Protocols ask here for what they carry, and so need not import one another.
const byLinkType: (Protocol | undefined)[] = [];
const byEtherType = new Map<number, Protocol>();
const byIpProtocol: (Protocol | undefined)[] = [];
const byUdpPort = new Map<number, Protocol>();

/** Files a protocol under all numbers that it is known by. */
export function register(protocol: Protocol): void {
  for (const number of protocol.linkTypes ?? []) byLinkType[number] = protocol;
  for (const number of protocol.etherTypes ?? []) byEtherType.set(number, protocol);
  for (const number of protocol.ipProtocols ?? []) byIpProtocol[number] = protocol;
  for (const number of protocol.udpPorts ?? []) byUdpPort.set(number, protocol);
}

export function protocolOfLinkType(linkType: number): Protocol | undefined {
  return byLinkType[linkType];
}

export function protocolOfEtherType(etherType: number): Protocol | undefined {
  return byEtherType.get(etherType);
}

export function protocolOfIpProtocol(number: number): Protocol | undefined {
  return byIpProtocol[number];
}

export function protocolOfUdpPort(port: number): Protocol | undefined {
  return byUdpPort.get(port);
}

/** Goes on into a layer inside. Every way back to a layer that was there before runs through here. */
export function decodeInner(segment: Segment, at: number, protocol: Protocol | undefined): boolean {
  if (protocol === undefined) return refuse(segment, STOP_OTHER_PROTOCOL);
  if (segment.depth >= MOST_LAYERS) return refuse(segment, STOP_NESTED);
  segment.depth += 1;
  if (protocol.tunnel !== undefined) segment.tunnel = protocol.tunnel;
  return protocol.decode(segment, at);
}
