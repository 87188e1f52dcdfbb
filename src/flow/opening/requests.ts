import type { Frame } from '../../capture/frame.js';
import type { Segment } from '../../wire/segment.js';
import { offsetsOf, type Page } from '../layout.js';
import type { FlowLog } from '../log.js';
import { RING_AT } from '../open-connections.js';
import { RING } from '../schema.js';
import { type Beginning, OPENED_BODY, OPENED_REQUEST_ID } from './beginning.js';

const { request: lastRequest, connection: ringConnection } = offsetsOf(RING);

/**
 * Writes down each HTTP request and the beginning of its answer. A response answers the request before it: nearly no
 * client sends another one before it has the answer (RFC 9112, 9.3.2).
 */
export class Requests {
  constructor(private readonly log: FlowLog) {}

  /** Whether the connection that begins at byte `at` has asked anything. */
  isHttp({ i32 }: Page, at: number): boolean {
    return i32[((at + RING_AT) >> 2) + lastRequest] !== 0;
  }

  /** Takes a request; `forwarded` is the address in the log that it names as its client. */
  ask(
    { u32, i32 }: Page,
    at: number,
    frame: Frame,
    { seq, timestamp, hasTimestamp }: Segment,
    said: Beginning,
    forwarded: number,
  ): void {
    const { requests } = this.log;
    const ring = (at + RING_AT) >> 2;
    const row = requests.append();
    const request = requests.at(row);
    request.connection = u32[ring + ringConnection];
    request.previous = i32[ring + lastRequest] - 1;
    request.time = frame.time;
    request.frame = frame.number;
    request.seq = seq;
    request.timestamp = hasTimestamp ? timestamp : 0;
    request.asked0 = said.request0;
    request.asked1 = said.request1;
    request.forwardedFamily = said.forwarded.family;
    request.forwarded = forwarded;
    request.kinds = said.kinds & OPENED_REQUEST_ID;
    if (request.kinds !== 0) {
      request.id0 = said.id0;
      request.id1 = said.id1;
    }
    i32[ring + lastRequest] = row + 1;
  }

  /** Takes a response. */
  answer({ i32 }: Page, at: number, frame: Frame, said: Beginning): void {
    const row = i32[((at + RING_AT) >> 2) + lastRequest] - 1;
    if (row < 0) return;
    const request = this.log.requests.at(row);
    if (request.answerTime !== 0) return;
    request.answerTime = frame.time;
    request.status = said.request0;
    request.bodyLength = said.request1;
    if ((said.kinds & OPENED_BODY) === 0) return;
    request.body0 = said.id0;
    request.body1 = said.id1;
    request.kinds |= OPENED_BODY;
  }
}
