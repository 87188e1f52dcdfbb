import { seqAdd, seqDiff } from '../../wire/seq.js';
import { ACK, FIN, SYN } from '../../wire/tcp-flags.js';
import { isAhead } from '../ahead.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { endOfSequence, numberedZero, type Packet } from '../timeline.js';

/**
 * What the RST's sender had been sent and may not have read. A socket closed with unread bytes resets instead of
 * sending FIN (RFC 2525, 2.17; net/ipv4/tcp.c, __tcp_close). The bytes show, the reading does not: the sign is data that
 * its kernel acknowledged and its application never answered.
 */
export function payload(scene: Scene): Fact[] {
  const { sender, receiver, before } = scene;
  const lastIn = before.findLastIndex((packet) => packet.from === receiver && packet.length > 1);
  const lastOut = before.findLastIndex((packet) => packet.from === sender && packet.length > 1);
  const who = nameOf(sender);
  const data = lastIn < 0 ? undefined : before[lastIn];
  const acknowledged =
    data !== undefined &&
    [...before.slice(lastIn), scene.reset].some(
      (packet) =>
        packet.from === sender && (packet.flags & ACK) !== 0 && seqDiff(packet.ack, endOfSequence(data)) >= 0,
    );
  const waiting = data !== undefined && lastIn > lastOut && acknowledged;
  const unread = !waiting ? false : sender === 0 && !cameUnasked(scene, data, before[lastOut]) ? null : true;
  const habits = scene.habits;
  const header = sender === 0 ? (scene.path.announcement?.length ?? 0) : 0;
  const whole = scene.path[scene.seenAt]?.midStream === false;
  const sent =
    habits === null ? null : habits.payloadBytes > header || (whole && isPastOpening(scene, header));
  // What was seen from its middle on may have sent data before.
  const silent = sent === null || (!whole && !sent) ? null : !sent;
  return [
    outstanding(scene),
    fact('unread-data', unread, () => words(unread, who, data), [data]),
    fact('sender-sent-no-data', silent, () =>
      silent === null
        ? `whether the ${who} had sent data before does not show`
        : silent
          ? `the ${who} had not sent a byte of data`
          : `the ${who} had sent data`,
    ),
    fact(
      'sender-opened',
      sender === 0,
      sender === 0 ? 'whoever opened the connection reset it' : 'the called end reset it',
      [before.find(({ flags }) => (flags & (SYN | ACK)) === SYN), scene.reset],
    ),
  ];
}

/** The RST's number is beyond its sender's SYN and FIN: data was sent, whether or not it was captured. */
function isPastOpening({ reset, sender, seenAt, path, before }: Scene, headerLength: number): boolean {
  const isn = path[seenAt]?.isns[sender] ?? null;
  if (isn === null || numberedZero(reset)) return false;
  const closed = before.some(({ from, flags }) => from === sender && (flags & FIN) !== 0);
  return isAhead(reset.seq, seqAdd(isn, 1 + (closed ? 1 : 0) + headerLength));
}

/** Whether whoever opened the connection had asked something that was not answered yet. Null where nothing was said. */
function outstanding({ before }: Scene): Fact {
  const last = before.findLast((packet) => packet.length > 1);
  if (last === undefined) return fact('request-outstanding', null, 'nothing had been asked');
  const state = last.from === 0;
  const text = () =>
    state
      ? `the last ${last.length} bytes came from whoever opened the connection: an answer was owed`
      : 'the called end had spoken last: no answer was owed';
  return fact('request-outstanding', state, text, [last]);
}

const SECOND = 1e9;
/** A reset this soon after data came into the middle of it. */
const MID_TRANSFER = 0.1 * SECOND;
/** An answer comes within this; later data was sent by the other end's own choice. */
const ANSWER_WITHIN = 1 * SECOND;

/**
 * Whoever opened a connection is normally sent answers, and reads them: only data that nobody had asked for, or that
 * was still coming, tells of an unread rest.
 */
function cameUnasked(scene: Scene, data: Packet, asked: Packet | undefined): boolean {
  if (scene.reset.time - data.time <= MID_TRANSFER) return true;
  return asked === undefined || data.time - asked.time > ANSWER_WITHIN;
}

function words(unread: boolean | null, who: string, data: Packet | undefined): string {
  if (unread === null) return `whether the ${who} had read the last ${data?.length} bytes does not show`;
  return unread
    ? `${data?.length} bytes that the ${who}'s kernel had acknowledged were never answered`
    : `the ${who} had answered all data it was sent`;
}
