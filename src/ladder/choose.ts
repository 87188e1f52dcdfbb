import { crossed, isReset, type Packet } from '../evidence/timeline.js';
import type { Verdict } from '../verdict/verdict.js';
import { SYN } from '../wire/tcp-flags.js';

/** Packets of the handshake, and of the conversation right before it stopped. */
const OPENING = 3;
const LAST_WORDS = 3;
/** Packets that got nowhere: each repeat says the same. */
const MOST_LOST = 4;
const MOST_RESETS = 6;
const AFTERWARDS = 2;

/** The places in a path's timeline of the packets that tell a verdict's story, in order. */
export function decisivePackets(timeline: readonly Packet[], verdict: Verdict): number[] {
  const places = new Map(timeline.map((packet, i) => [keyOf(packet), i]));
  const at = (packets: readonly (Packet | null)[]) =>
    packets.flatMap((packet) => (packet === null ? [] : (places.get(keyOf(packet)) ?? [])));
  const { scenes, drop } = verdict;
  const resets = at(scenes.flatMap(({ scene }) => scene.event.packets)).slice(0, MOST_RESETS);
  const stops = at(scenes.flatMap(({ scene }) => [scene.trigger, scene.lastCrossing, scene.stoppedAt]));
  const lost = drop === null ? [] : at(drop.lost).slice(0, MOST_LOST);
  const event = Math.min(...resets, ...lost);
  const lastWord = drop === null ? lastWordBefore(timeline, event) : (at([drop.lastCrossing])[0] ?? -1);
  const chosen = new Set([
    ...opening(timeline),
    ...range(lastWord - LAST_WORDS + 1, lastWord + 1),
    ...vain(timeline, lastWord, event),
    ...stops,
    ...lost,
    ...resets,
    ...range(Math.max(event, ...resets) + 1, Math.max(event, ...resets) + 1 + AFTERWARDS),
  ]);
  return [...chosen].filter((place) => timeline[place] !== undefined).sort((a, b) => a - b);
}

/** A packet by the frames that show it: another reading of the same path gives other objects for the same packets. */
export function keyOf({ client, server }: Packet): string {
  return `${client?.frame ?? ''} ${server?.frame ?? ''}`;
}

/** The handshake, where the capture has it. */
function opening(timeline: readonly Packet[]): number[] {
  const first = timeline[0];
  return first !== undefined && (first.flags & SYN) !== 0 ? range(0, OPENING) : [];
}

/** The last packet before an event that got across, or with one capture, that was no attempt in vain. */
function lastWordBefore(timeline: readonly Packet[], event: number): number {
  const before = timeline.slice(0, event);
  const across = before.findLastIndex(crossed);
  return across >= 0 ? across : before.findLastIndex((packet) => !isReset(packet));
}

/** What was sent between the last word and the event, and did not help: the first and the last of it. */
function vain(timeline: readonly Packet[], lastWord: number, event: number): number[] {
  const tried = range(lastWord + 1, event).filter((place) => timeline[place] !== undefined);
  return tried.length <= MOST_LOST
    ? tried
    : [...tried.slice(0, MOST_LOST / 2), ...tried.slice(-MOST_LOST / 2)];
}

function range(from: number, to: number): number[] {
  const start = Math.max(0, from);
  return Array.from({ length: Math.max(0, to - start) }, (_, i) => start + i);
}
