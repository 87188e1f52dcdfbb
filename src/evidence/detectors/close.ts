import { seqDiff } from '../../wire/seq.js';
import { ACK, FIN } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf, spell } from '../fact.js';
import type { Scene } from '../scene.js';
import { endOf, endOfSequence, type Packet } from '../timeline.js';
import { isIdleTime } from './idle.js';

/** What FINs say: who had closed when the RST came, and whether it answers data sent after that. */
export function close(scene: Scene): Fact[] {
  const own = finOf(scene, scene.sender);
  const other = finOf(scene, scene.receiver);
  const late = lateData(scene, own);
  const isLate = late !== undefined;
  const acked = own !== undefined && other !== undefined && bothAcked(scene, own, other);
  const crossing = own !== undefined && late !== undefined && hadCrossed(own, late, scene);
  const sender = nameOf(scene.sender);
  const receiver = nameOf(scene.receiver);
  return [
    fact(
      'sender-closed-before',
      own !== undefined,
      () => (own ? `the ${sender} had closed (FIN) before` : `no FIN of the ${sender} before`),
      [own],
    ),
    fact(
      'peer-closed-before',
      other !== undefined,
      () => (other ? `the ${receiver} had closed (FIN) before` : `no FIN of the ${receiver} before`),
      [other],
    ),
    fact(
      'closed-by-both',
      acked,
      acked
        ? 'both ends had closed and acknowledged it: nothing was lost'
        : 'the connection had not been closed by both ends',
      [own, other],
    ),
    fact(
      'data-after-close',
      isLate,
      () =>
        isLate
          ? `the ${receiver} sent ${late?.length} bytes after the ${sender} had closed`
          : 'no data after a close',
      [own, late],
    ),
    ...(own === undefined
      ? [fact('closed-after-idle', false, () => `no FIN of the ${sender} before`)]
      : afterIdle(own, scene)),
    fact(
      'close-crossed',
      crossing,
      () =>
        crossing
          ? `the ${receiver}'s ${late?.length} bytes and the ${sender}'s close crossed on the way, after ${spell(quietBefore(late as Packet, scene))} without data`
          : 'no data crossed a close on the way',
      [own, late],
    ),
  ];
}

/** A reset that answers nothing else this soon after data answers that data; one of its FIN may come in between. */
const ANSWER_WITHIN = 1e9;

/** Data that came after the RST's sender had closed, and that the RST answers. */
function lateData(scene: Scene, own: Packet | undefined): Packet | undefined {
  if (own === undefined || scene.trigger === null) return undefined;
  return scene.before.findLast(
    (packet) =>
      packet.from === scene.receiver &&
      packet.length > 0 &&
      isAfter(packet, own, scene) &&
      scene.reset.time - packet.time <= ANSWER_WITHIN,
  );
}

/** Silence after which a close is that of an idle connection. */
const LEAST_QUIET = 1e9;

/**
 * Data that had left its sender when the other end's FIN had not reached it yet, as the first word after a silence: the
 * end that closed had waited long enough, and the other one had not heard of it.
 */
function hadCrossed(fin: Packet, data: Packet, scene: Scene): boolean {
  const unheard = data.ack === fin.seq;
  const [sent, heard] = [data[endOf(scene.receiver)], fin[endOf(scene.receiver)]];
  const inOrder = sent === null || heard === null || sent.time < heard.time;
  return unheard && inOrder && quietBefore(data, scene) >= LEAST_QUIET;
}

/** Nanoseconds without data of either end before one packet. */
function quietBefore(data: Packet, { before }: Scene): number {
  const last = before.findLast(
    (packet) => packet.length > 1 && packet.time < data.time && packet.seq !== data.seq,
  );
  return last === undefined ? 0 : data.time - last.time;
}

/**
 * Order at the vantage near the RST's sender, where both were seen there: what arrives late may have left early. What the
 * close did not acknowledge had not arrived when it was sent, though the capture, some way off, saw it before.
 */
function isAfter(packet: Packet, other: Packet, { seenAt }: Scene): boolean {
  if (
    packet.from !== other.from &&
    (other.flags & ACK) !== 0 &&
    seqDiff(endOfSequence(packet), other.ack) > 0
  )
    return true;
  const [later, earlier] = [packet[seenAt], other[seenAt]];
  return later === null || earlier === null ? packet.time > other.time : later.frame > earlier.frame;
}

/** So many other closes of the host after the same time without data, at other moments, show a timer. */
const LEAST_LIKEWISE = 2;
/** So many show a timer by themselves, where they are so many times more than chance has it. */
const LEAST_IN_STEP = 3;
const BEYOND_CHANCE = 4;
/** So many closes at one moment, after other times without data, are no timer's. */
const LEAST_OTHERWISE = 3;

/** A close after a time without data, and what the other closes of the same host say of it. */
function afterIdle(fin: Packet, scene: Scene): Fact[] {
  const last = scene.before.findLast((packet) => packet.length > 1 && packet.time < fin.time);
  const who = nameOf(fin.from);
  if (last === undefined) {
    const text = () => `nothing was seen before the ${who}'s close to measure idle time from`;
    return (['closed-after-idle', 'closed-in-burst', 'closed-in-step'] as const).map((id) =>
      fact(id, null, text),
    );
  }
  const quiet = fin.time - last.time;
  const spoke = scene.before.findLast(
    (packet) => packet.from === fin.from && packet.length > 1 && packet.time < fin.time,
  );
  const around = closesAround(fin, spoke === undefined ? quiet : fin.time - spoke.time, scene);
  const isIdle = isIdleTime(quiet, around.likewiseIdle >= LEAST_LIKEWISE);
  const inBurst = around.otherwiseIdle >= LEAST_OTHERWISE;
  const { likewiseIdle, likewiseByChance } = around;
  const inStep = isIdle && likewiseIdle >= LEAST_IN_STEP && likewiseIdle >= BEYOND_CHANCE * likewiseByChance;
  const text = () => `the ${who} had closed after ${spell(quiet)} without data`;
  const step = () =>
    inStep
      ? `${likewiseIdle} other closes of the same host came after the same time without data, in other moments: a timer's`
      : "no other closes of the same host show a timer's time";
  const burst = () =>
    inBurst
      ? `${around.otherwiseIdle} other closes of the same host came at that moment, after other times without data`
      : 'the close does not stand in a burst of others';
  return [
    fact('closed-after-idle', isIdle, text, [last, fin]),
    fact('closed-in-burst', inBurst, burst, [fin]),
    fact('closed-in-step', inStep, step, [last, fin]),
  ];
}

function closesAround(fin: Packet, quiet: number, { crowd, path, seenAt, sender }: Scene) {
  const host = path[seenAt]?.endpoints[sender].ip;
  const seen = fin[seenAt];
  if (host === undefined || seen === null) return { otherwiseIdle: 0, likewiseIdle: 0, likewiseByChance: 0 };
  return crowd.closesAround(host, seen.time, quiet);
}

/** The first FIN of a side before the RST. */
export function finOf({ before }: Pick<Scene, 'before'>, side: 0 | 1): Packet | undefined {
  return before.find((packet) => packet.from === side && (packet.flags & FIN) !== 0);
}

function bothAcked(scene: Scene, own: Packet, other: Packet): boolean {
  const acked = (fin: Packet) =>
    scene.before.some((packet) => packet.from !== fin.from && seqDiff(packet.ack, endOfSequence(fin)) >= 0);
  return acked(own) && acked(other);
}
