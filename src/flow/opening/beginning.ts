/** An address that a stream names, read into place. */
export class NamedAddress {
  /** 4, 6, or 0 where none is named. */
  family = 0;
  /** The first 4 or all 16 bytes. */
  readonly bytes = new Uint8Array(16);
  port = 0;

  clear(): void {
    this.family = 0;
    this.port = 0;
  }

  copyFrom(other: NamedAddress): void {
    this.family = other.family;
    this.port = other.port;
    this.bytes.set(other.bytes);
  }
}

/** What the first bytes of one side's stream say: one reused record that the parsers fill. */
export class Beginning {
  /** Bits of `OPENED_*`. */
  kinds = 0;
  /** PROXY protocol: for whom the connection was made (of stacked headers the innermost), and whom that one called. */
  readonly source = new NamedAddress();
  readonly destination = new NamedAddress();
  /** Bytes of PROXY protocol headers. */
  headerLength = 0;
  /** TLS ClientHello: random and session id, as a digest. */
  hello0 = 0;
  hello1 = 0;
  /** HTTP: whom the last proxy had its request from. */
  readonly forwarded = new NamedAddress();
  /** HTTP: identifiers of the request, or what the body of the response begins with, as a digest. */
  id0 = 0;
  id1 = 0;
  /** HTTP: method and target as a digest, or status and length of the response. */
  request0 = 0;
  request1 = 0;

  clear(): this {
    this.kinds = 0;
    this.headerLength = 0;
    this.source.clear();
    this.destination.clear();
    this.forwarded.clear();
    return this;
  }
}

/** Bits of `OPENING.kinds`. */
export const OPENED_PROXY_V1 = 1 << 0;
export const OPENED_PROXY_V2 = 1 << 1;
/** A PROXY header that says LOCAL: the balancer speaks for itself. */
export const OPENED_LOCAL = 1 << 2;
/** A PROXY header that names the one for whom the connection was made. */
export const OPENED_ANNOUNCED = 1 << 3;
export const OPENED_HELLO = 1 << 4;
export const OPENED_HTTP = 1 << 5;
/** The request carries an identifier. */
export const OPENED_REQUEST_ID = 1 << 6;
/** Some bytes of the beginning were not captured: the digest ends before them. */
export const OPENED_BROKEN = 1 << 7;
/** Requests on this connection came from different clients, or have different identifiers: a proxy pools it. */
export const OPENED_SHARED = 1 << 8;
/** The beginning of a response's body was seen. */
export const OPENED_BODY = 1 << 9;
