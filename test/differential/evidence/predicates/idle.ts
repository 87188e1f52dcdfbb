import { ACK, FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { first } from '../check.js';
import {
  ahead,
  clientOf,
  connectionOf,
  durationsIn,
  endOf,
  furthest,
  has,
  isFromSame,
  names,
  near,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  senderOf,
  slackOf,
  timeAt,
  timeOf,
} from '../said.js';
import { answers, wasSeenAt } from './reply.js';

const SECOND = 1e9;

/** The time between the two packets that a line cites; null where it cites others. */
export function gapOf(said: Said): number | null {
  const [one, other] = said.cited;
  if (other === undefined || said.cited.length !== 2) return null;
  return timeOf(other, said) - timeOf(one, said);
}

/** Packets between the two cited ones that were seen at both vantages, or, of one capture alone, at all. */
export function crossedBetween(said: Said): number {
  const [from, to] = said.cited.map((one) => timeOf(one, said));
  const slack = slackOf(said);
  const both =
    said.finding.path.client !== null &&
    said.finding.path.lbPeer !== null &&
    said.finding.path.mode !== 'proxy';
  const vantage = near(said.cited[0], said).recording.vantage;
  return packetsAt(vantage, said).filter((packet) => {
    const time = timeAt(packet, said);
    if (time <= from + slack || time >= to - slack || has(packet, RST)) return false;
    return !both || wasSeenAt(vantage === 'client' ? 'server' : 'client', packet, said);
  }).length;
}

/** A timer of five seconds fires a little early. Shorter silences are a timer's if others ended after the same one. */
const LEAST_IDLE = 4.9 * SECOND;
const LEAST_TIMER = 1 * SECOND;
const LEAST_OF_ONE_TIMER = 3;

/** Nothing crossed between the packets that a line cites, and that lasted as long as it says. */
function silenceOf(said: Said, gap: number): string | undefined {
  return first(
    [names(said.text, gap, slackOf(said)), `${gap / SECOND} s lie between`],
    [said.text.startsWith('only') || crossedBetween(said) === 0, 'packets crossed in between'],
  );
}

const idleBefore: Predicate = (said) => {
  const gap = gapOf(said);
  if (gap === null) return 'cites not the two packets around the silence';
  const ofTimer = gap >= LEAST_TIMER - slackOf(said) && alike(said, gap / SECOND) >= LEAST_OF_ONE_TIMER;
  const isIdle = !said.text.startsWith('only');
  return first(
    [
      isIdle ? gap >= LEAST_IDLE - slackOf(said) || ofTimer : gap < LEAST_IDLE,
      `${gap / SECOND} s of silence`,
    ],
    [silenceOf(said, gap) === undefined, silenceOf(said, gap) ?? ''],
  );
};

/** It says how long, for and against a long silence in the same words. */
const idleLong: Predicate = (said) => {
  const gap = gapOf(said);
  return gap === null ? 'cites not the two packets around the silence' : silenceOf(said, gap);
};

const longestGap: Predicate = (said) => {
  const [before] = said.cited;
  if (before === undefined) return 'cites no packet';
  const gaps = [before.client, before.server]
    .filter((one) => one !== null)
    .map((one) => {
      const all = connectionOf(one).map((packet) => timeAt(packet, said));
      return Math.max(...all.slice(1).map((time, i) => time - all[i]));
    });
  return first([
    gaps.some((gap) => names(said.text, gap, slackOf(said))),
    `the longest silences are ${gaps.map((gap) => gap / SECOND)} s`,
  ]);
};

const TIMER_EARLY = 0.002;
const TIMER_LATE = 0.02;

const knownTimer: Predicate = (said) => {
  const gap = gapOf(said);
  if (gap === null) return 'cites not the two packets around the silence';
  const fits = durationsIn(said.text).some(
    ({ value }) =>
      gap >= value * (1 - TIMER_EARLY) - slackOf(said) && gap <= value * (1 + TIMER_LATE) + slackOf(said),
  );
  return first([fits, `${gap / SECOND} s lie between`]);
};

/** Gaps of one timer agree to this. */
const CLUSTER_SHARE = 0.02;
const CLUSTER_SLACK = 0.25;

/** Other connections that ended after about as many seconds of silence. */
function alike({ result, finding }: Said, gap: number): number {
  const slack = Math.max(CLUSTER_SLACK, CLUSTER_SHARE * gap) + 0.1;
  const ended = result.findings.filter(
    ({ idleSeconds }) => idleSeconds !== null && Math.abs(idleSeconds - gap) <= slack,
  );
  return new Set(ended.map(clientOf).filter((one) => one !== clientOf(finding))).size;
}

const cluster: Predicate = (said) => {
  const [count] = numbersIn(said.text);
  const others = alike(said, (durationsIn(said.text)[0]?.value ?? 0) / SECOND);
  const own = gapOf(said);
  return first(
    [
      own !== null && names(said.text, own, slackOf(said)),
      `${(own ?? 0) / SECOND} s lie between the packets`,
    ],
    [others >= count, `${others} other connections have that gap`],
  );
};

/** Of data and FINs of one side, how much the other one had not acknowledged yet, at one vantage up to one packet. */
function openAt(last: Sighting, said: Said): boolean {
  const seen = packetsAt(last.recording.vantage, said).filter(
    (one) => one.frame <= last.frame && !has(one, RST),
  );
  return (['client', 'backend'] as const).some((side) => {
    const sent = furthest(seen.filter((one) => senderOf(one, said) === side).map(endOf));
    const acked = furthest(
      seen.filter((one) => senderOf(one, said) !== side && has(one, ACK)).map(({ ack }) => ack),
    );
    return sent !== null && acked !== null && ahead(sent, acked) > 0;
  });
}

/** Next comes the end: a RST, what it answers, or a packet that vanished. */
export function isLastWord(packet: Sighting, said: Said): boolean {
  const { vantage } = packet.recording;
  const all = packetsAt(vantage, said);
  const next = all.find(({ frame }) => frame > packet.frame);
  const ended = Math.min(...said.resets.map((reset) => timeAt(reset, said)));
  if (!all.some(({ frame }) => frame === packet.frame)) return false;
  if (next === undefined || has(next, RST) || timeAt(next, said) > ended + slackOf(said)) return true;
  if (said.resets.some((reset) => answers(next, reset))) return true;
  return !wasSeenAt(vantage === 'client' ? 'server' : 'client', next, said);
}

const inFlight: Predicate = (said) => {
  const [last] = said.cited;
  if (last === undefined) return 'cites no packet';
  const seen = [last.client, last.server].filter((one) => one !== null);
  const open = seen.map((one) => openAt(one, said));
  return first(
    [seen.some((one) => isLastWord(one, said)), 'the conversation did not stop there'],
    [open.includes(said.text.startsWith('data was sent')), 'tells of acknowledgements otherwise'],
  );
};

/** Cited segments left their sender and are not in the other capture. */
const vanished: Predicate = (said) => {
  if (said.cited.length === 0) return 'cites no packet';
  const lost = said.cited.map((one) => near(one, said));
  const [side] = lost.map((one) => senderOf(one, said));
  const told = numbersIn(said.text)[0] ?? 1;
  // Under the same ends at the backend they may be there as a part of the other connection.
  const isFolded = said.text.endsWith('for this connection');
  return first(
    [said.text.includes(`the ${side}`), `the first is of the ${side}`],
    [
      !isFolded || said.finding.evidence.some(({ id }) => id === 'tuple-folded'),
      'tells of no other connection with these ends',
    ],
    [
      lost.every((one) => said.finding.kind === 'silent-drop' || senderOf(one, said) === side),
      'of several senders',
    ],
    [lost.length === Math.min(told, 4), `${lost.length} cited`],
    [
      isFolded ||
        lost.every((one) => !wasSeenAt(one.recording.vantage === 'client' ? 'server' : 'client', one, said)),
      'one of them is in the other capture',
    ],
  );
};

/** Data that its sender repeated, nothing of the other side in between. */
const senderUnanswered: Predicate = (said) => {
  const waiting = said.cited.map((one) => near(one, said));
  if (waiting.length < 2) return 'cites not what was repeated';
  const [start] = waiting;
  const heard = connectionOf(start).filter(
    (one) =>
      !isFromSame(one, start) &&
      one.frame > start.frame &&
      one.frame < (waiting.at(-1)?.frame ?? 0) &&
      !has(one, RST),
  );
  return first(
    [
      waiting.every((one) => one.length > 0 && isFromSame(one, start)),
      'cites other packets than data of one side',
    ],
    [heard.length === 0, 'the other side was heard in between'],
    [(start.flags & (SYN | FIN)) === 0, 'cites the beginning or the end'],
  );
};

export const silence: Readonly<Record<string, Predicate>> = {
  'idle-before': idleBefore,
  'idle-long-before': idleLong,
  'idle-known-timer': knownTimer,
  'idle-cluster': cluster,
  'longest-gap': longestGap,
  'data-in-flight': inFlight,
  'vanished-before': vanished,
  'sender-unanswered': senderUnanswered,
};
