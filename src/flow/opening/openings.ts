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
import { mayBeResponse, readHttpResponse } from './http-response.js';
import { PROTOCOLS } from './index.js';
import { readProxyHeader } from './proxy-protocol.js';
import { Requests } from './requests.js';

/** Bytes of each side's stream that are looked at, and how many of them the shorter digests cover. */
export const DIGESTED = 512;
export const SHORT_DIGEST = 64;
/** In the place of a side's row: it says nothing more that is wanted. */
const DONE = -1;

/** Segments of a connection that began before the capture, among which its first HTTP message is looked for. */
const LATE_TRIES = 64;

const { opening0, opening1, connection: ringConnection, seen: ringSeen } = offsetsOf(RING);
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
  readonly #requests: Requests;
  /** The HTTP message that the segment at hand begins with, or null. */
  #said: Beginning | null = null;

  constructor(private readonly log: FlowLog) {
    this.#requests = new Requests(log);
  }

  /** Takes a segment with payload of the connection that begins at byte `at`, sent by `side`. */
  note(page: Page, at: number, frame: Frame, segment: Segment, side: 0 | 1): void {
    const slot = ((at + RING_AT) >> 2) + (side === 0 ? opening0 : opening1);
    if (page.i32[slot] === DONE) return;
    if (page.i32[slot] === 0) {
      page.i32[slot] = this.#begin(page, at, segment, side);
      if (page.i32[slot] <= 0) return;
    }
    const opening = this.log.openings.at(page.i32[slot] - 1);
    this.#said = null;
    const goesOn = this.#take(opening, frame, segment, this.#requests.isHttp(page, at));
    this.#noteMessage(page, at, frame, segment, side);
    if (!goesOn) page.i32[slot] = DONE;
  }

  /** The row plus one of a side that has its first payload. */
  #begin(page: Page, at: number, segment: Segment, side: 0 | 1): number {
    const { u16, u32 } = page;
    const seen = u16[(at >> 1) + flags];
    const known = (seen & (side === 0 ? SYN_SEEN | SYN_ACK_SEEN : SYN_ACK_SEEN)) !== 0;
    if (!known && !isMessage(segment, side))
      return u32[((at + RING_AT) >> 2) + ringSeen] < LATE_TRIES ? 0 : DONE;
    const { openings } = this.log;
    const row = openings.append();
    const opening = openings.at(row);
    opening.connection = u32[((at + RING_AT) >> 2) + ringConnection];
    opening.side = side;
    opening.next = known ? seqAdd(u32[(at >> 2) + (side === 0 ? isn0 : isn1)], 1) : segment.seq;
    opening.timestamp = segment.hasTimestamp ? segment.timestamp : 0;
    if (!known) opening.kinds = OPENED_BROKEN;
    return row + 1;
  }

  /**
   * Takes what is new of a segment; false when nothing more is wanted of this side.
   * @param http whether the connection speaks HTTP: then each message is wanted
   */
  #take(opening: Opening, frame: Frame, segment: Segment, http: boolean): boolean {
    const seq = (segment.flags & SYN) === 0 ? segment.seq : seqAdd(segment.seq, 1);
    const ahead = seqDiff(seq, opening.next);
    const known = Math.max(0, -ahead);
    if (known >= segment.payloadLength) return true;
    opening.next = seqAdd(seq, segment.payloadLength);
    const wireEnd = segment.payloadAt + segment.payloadLength;
    const end = Math.min(segment.end, wireEnd);
    const from = segment.payloadAt + known;
    // What is missing once would be missing in the middle: from here on only single messages tell anything.
    if (ahead > 0 || from > end) opening.kinds |= OPENED_BROKEN;
    if ((opening.kinds & OPENED_BROKEN) === 0) this.#takeNext(opening, frame, segment.bytes, from, end);
    else this.#readMessage(opening.side, segment.bytes, from, end);
    if (end < wireEnd && opening.length < DIGESTED) opening.kinds |= OPENED_BROKEN;
    if (http || this.#said !== null) return true;
    return opening.length < DIGESTED && (opening.kinds & OPENED_BROKEN) === 0;
  }

  /** Takes bytes that follow those before. */
  #takeNext(opening: Opening, frame: Frame, bytes: Uint8Array, at: number, end: number): void {
    let from = at;
    if (opening.length === 0) {
      from = this.#readBeginning(opening, bytes, at, end);
      if (from < 0) {
        opening.kinds |= OPENED_BROKEN;
        return;
      }
      if (from < end) {
        opening.firstTime = frame.time;
        opening.firstFrame = frame.number;
      }
    } else {
      this.#readMessage(opening.side, bytes, from, end);
      if (opening.side === 0 && this.#said !== null) this.#addRequest(opening, this.#said);
    }
    if (opening.length < DIGESTED) this.#digestBytes(opening, bytes, from, end);
  }

  /** A request or response, where one begins at `at`. */
  #readMessage(side: number, bytes: Uint8Array, at: number, end: number): void {
    if (side === 0 ? !mayBeRequest(bytes, at, end) : !mayBeResponse(bytes, at, end)) return;
    const said = this.#beginning.clear();
    if (side === 0) readHttpRequest(bytes, at, end, said);
    else readHttpResponse(bytes, at, end, said);
    if ((said.kinds & OPENED_HTTP) !== 0) this.#said = said;
  }

  /** Takes what the segment began with, if that was a message. */
  #noteMessage(page: Page, at: number, frame: Frame, segment: Segment, side: 0 | 1): void {
    const said = this.#said;
    if (said === null) return;
    if (side === 0) this.#requests.ask(page, at, frame, segment, said, this.#forwardedBy(said));
    else this.#requests.answer(page, at, frame, said);
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
    if ((said.kinds & OPENED_HTTP) !== 0) this.#said = said;
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

  #forwardedBy({ forwarded }: Beginning): number {
    return forwarded.family === 0 ? 0 : this.#address(forwarded);
  }

  /** A further request on the same connection: whether it is another client's shows in what it carries. */
  #addRequest(opening: Opening, said: Beginning): void {
    opening.requests += 1;
    opening.requests0 = Math.imul(opening.requests0, REQUEST_STEP) ^ said.request0;
    opening.requests1 = Math.imul(opening.requests1, REQUEST_STEP) ^ said.request1;
    const { family } = said.forwarded;
    const isOther = family !== opening.forwardedFamily || this.#forwardedBy(said) !== opening.forwarded;
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

/** Whether the payload begins with an HTTP message of that side. */
function isMessage({ bytes, payloadAt, end }: Segment, side: 0 | 1): boolean {
  return side === 0 ? mayBeRequest(bytes, payloadAt, end) : mayBeResponse(bytes, payloadAt, end);
}

/** Between the digests of two requests, so that their order counts. */
const REQUEST_STEP = 0x01000193;
