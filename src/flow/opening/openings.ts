import type { Frame } from '../../capture/frame.js';
import { readUint32 } from '../../wire/bytes.js';
import type { Segment } from '../../wire/segment.js';
import { seqAdd, seqDiff } from '../../wire/seq.js';
import { SYN } from '../../wire/tcp-flags.js';
import { SYN_ACK_SEEN, SYN_SEEN } from '../connection-flags.js';
import type { Cursor } from '../cursor.js';
import { offsetsOf, type Page } from '../layout.js';
import type { FlowLog } from '../log.js';
import { RING_AT } from '../open-connections.js';
import { CONNECTION, type OPENING, RING } from '../schema.js';
import {
  Beginning,
  type NamedAddress,
  OPENED_BROKEN,
  OPENED_HTTP,
  OPENED_REQUEST_ID,
  OPENED_SHARED,
} from './beginning.js';
import { Digest } from './digest.js';
import { mayBeRequest, readHttpRequest } from './http-request.js';
import { PROTOCOLS } from './index.js';
import { readProxyHeader } from './proxy-protocol.js';

/** Bytes of each side's stream that are looked at, and how many of them the shorter digests cover. */
export const DIGESTED = 512;
export const SHORT_DIGEST = 64;
/** In the place of a side's row: it says nothing more that is wanted. */
const DONE = -1;

const { opening0, opening1, connection: ringConnection } = offsetsOf(RING);
const { flags, isn0, isn1 } = offsetsOf(CONNECTION);

type Opening = Cursor<typeof OPENING>;

/**
 * What the streams of each connection open with: a digest that does not depend on how they were cut into segments, and
 * what the first bytes say of whom the connection was made for. Only bytes that follow one another from the beginning
 * count, so both vantages see the same or nothing.
 */
export class Openings {
  readonly #beginning = new Beginning();
  readonly #digest = new Digest();

  constructor(private readonly log: FlowLog) {}

  /** Takes a segment with payload of the connection that begins at byte `at`, sent by `side`. */
  note(page: Page, at: number, frame: Frame, segment: Segment, side: 0 | 1): void {
    const slot = ((at + RING_AT) >> 2) + (side === 0 ? opening0 : opening1);
    const state = page.i32[slot];
    if (state === DONE) return;
    if (state === 0) {
      page.i32[slot] = this.#begin(page, at, segment, side);
      if (page.i32[slot] === DONE) return;
    }
    if (!this.#take(this.log.openings.at(page.i32[slot] - 1), frame, segment)) page.i32[slot] = DONE;
  }

  /** The row plus one of a side that has its first payload; none of a connection that began before the capture. */
  #begin({ u16, u32 }: Page, at: number, { timestamp, hasTimestamp }: Segment, side: 0 | 1): number {
    const seen = u16[(at >> 1) + flags];
    if ((seen & (side === 0 ? SYN_SEEN | SYN_ACK_SEEN : SYN_ACK_SEEN)) === 0) return DONE;
    const { openings } = this.log;
    const row = openings.append();
    const opening = openings.at(row);
    opening.connection = u32[((at + RING_AT) >> 2) + ringConnection];
    opening.side = side;
    opening.next = seqAdd(u32[(at >> 2) + (side === 0 ? isn0 : isn1)], 1);
    opening.timestamp = hasTimestamp ? timestamp : 0;
    return row + 1;
  }

  /** Takes what is new of a segment; false when nothing more is wanted of this side. */
  #take(opening: Opening, frame: Frame, segment: Segment): boolean {
    const seq = (segment.flags & SYN) === 0 ? segment.seq : seqAdd(segment.seq, 1);
    const ahead = seqDiff(seq, opening.next);
    const known = -ahead;
    if (known >= segment.payloadLength) return true;
    if (ahead > 0) return this.#isBroken(opening);
    opening.next = seqAdd(seq, segment.payloadLength);
    const wireEnd = segment.payloadAt + segment.payloadLength;
    const end = Math.min(segment.end, wireEnd);
    let from = segment.payloadAt + known;
    if (from > end) return this.#isBroken(opening);
    if (opening.length === 0) {
      from = this.#readBeginning(opening, segment.bytes, from, end);
      if (from < 0) return this.#isBroken(opening);
      if (from < end) {
        opening.firstTime = frame.time;
        opening.firstFrame = frame.number;
      }
    } else if (opening.side === 0 && (opening.kinds & OPENED_HTTP) !== 0) {
      this.#readRequest(opening, segment.bytes, from, end);
    }
    if (opening.length < DIGESTED) this.#digestBytes(opening, segment.bytes, from, end);
    if (end < wireEnd && opening.length < DIGESTED) return this.#isBroken(opening);
    return opening.length < DIGESTED || (opening.side === 0 && (opening.kinds & OPENED_HTTP) !== 0);
  }

  /** What is missing once would be missing in the middle. Requests are counted on, as far as they are seen. */
  #isBroken(opening: Opening): boolean {
    opening.kinds |= OPENED_BROKEN;
    return false;
  }

  /** PROXY headers, and the first bytes behind them; the byte where those begin, or -1 where a header is cut. */
  #readBeginning(opening: Opening, bytes: Uint8Array, at: number, end: number): number {
    const said = this.#beginning.clear();
    let from = at;
    if (opening.side === 0) {
      for (let next = -1; from < end; from = next) {
        next = readProxyHeader(bytes, from, end, said);
        if (next < 0) return -1;
        if (next === from) break;
      }
    }
    for (const read of PROTOCOLS[opening.side === 0 ? 0 : 1]) read(bytes, from, end, said);
    opening.headerLength += from - at;
    opening.kinds |= said.kinds;
    this.#keep(opening, said);
    return from;
  }

  #keep(opening: Opening, said: Beginning): void {
    if (said.source.family !== 0) {
      opening.sourceFamily = said.source.family;
      opening.source = this.#address(said.source);
      opening.sourcePort = said.source.port;
      opening.destination = this.#address(said.destination);
      opening.destinationPort = said.destination.port;
    }
    if (said.forwarded.family !== 0) {
      opening.forwardedFamily = said.forwarded.family;
      opening.forwarded = this.#address(said.forwarded);
    }
    opening.hello0 = said.hello0;
    opening.hello1 = said.hello1;
    opening.id0 = said.id0;
    opening.id1 = said.id1;
    if ((said.kinds & OPENED_HTTP) === 0) return;
    opening.requests = 1;
    opening.requests0 = said.request0;
    opening.requests1 = said.request1;
  }

  #address({ family, bytes }: NamedAddress): number {
    return family === 4 ? readUint32(bytes, 0) : this.log.addresses.intern(bytes, 0);
  }

  /** A further request on the same connection: whether it is another client's shows in what it carries. */
  #readRequest(opening: Opening, bytes: Uint8Array, at: number, end: number): void {
    if (!mayBeRequest(bytes, at, end)) return;
    const said = this.#beginning.clear();
    readHttpRequest(bytes, at, end, said);
    if ((said.kinds & OPENED_HTTP) === 0) return;
    opening.requests += 1;
    opening.requests0 = Math.imul(opening.requests0, REQUEST_STEP) ^ said.request0;
    opening.requests1 = Math.imul(opening.requests1, REQUEST_STEP) ^ said.request1;
    const { family } = said.forwarded;
    const forwarded = family === 0 ? 0 : this.#address(said.forwarded);
    const isOther = family !== opening.forwardedFamily || forwarded !== opening.forwarded;
    if (isOther) opening.kinds |= OPENED_SHARED;
    if ((said.kinds & OPENED_REQUEST_ID) === 0) return;
    opening.id0 = Math.imul(opening.id0, REQUEST_STEP) ^ said.id0;
    opening.id1 = Math.imul(opening.id1, REQUEST_STEP) ^ said.id1;
  }

  #digestBytes(opening: Opening, bytes: Uint8Array, at: number, end: number): void {
    const until = Math.min(end, at + DIGESTED - opening.length);
    const digest = this.#digest.resume(opening.digest0, opening.digest1);
    const short = at + SHORT_DIGEST - opening.length;
    if (opening.length < SHORT_DIGEST && short <= until) {
      digest.take(bytes, at, short);
      opening.short0 = digest.a >>> 0;
      opening.short1 = digest.b >>> 0;
      digest.take(bytes, short, until);
    } else digest.take(bytes, at, until);
    opening.length += until - at;
    opening.digest0 = digest.a >>> 0;
    opening.digest1 = digest.b >>> 0;
  }
}

/** Between the digests of two requests, so that their order counts. */
const REQUEST_STEP = 0x01000193;
