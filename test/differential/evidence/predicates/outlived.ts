import { FIN, RST, SYN } from '../../../support/tshark-packets.js';
import { type Condition, first } from '../check.js';
import {
  connectionsAt,
  has,
  isFromSame,
  numbersIn,
  type Predicate,
  packetsAt,
  type Said,
  type Sighting,
  slackOf,
} from '../said.js';
import { crossedBetween, gapOf, isLastWord } from './idle.js';
import { idleBeforeReset } from './silences.js';

const SECOND = 1e9;

/** How long connections of a frontend were silent and lived, in nanoseconds. */
interface Lived {
  /** Where both captures show it. */
  readonly certain: readonly number[];
  /** Where the client's capture alone does: what crossed then shows elsewhere, or nowhere. */
  readonly possible: readonly number[];
}

/** The longest silence before any FIN after which both sides were heard: a RST in answer to one of them is not that. */
function longestSilence(packets: readonly Sighting[]): number {
  const closed = packets.findIndex((packet) => has(packet, FIN));
  const open = packets.slice(0, closed < 0 ? packets.length : closed + 1);
  const heard = packets.filter((packet) => !has(packet, RST));
  const silences = open.slice(1).flatMap((packet, i) => {
    const later = heard.filter(({ frame }) => frame >= packet.frame);
    const lived = later.some((one) => !isFromSame(one, later[0]));
    return lived && later[0].frame === packet.frame ? [Number(packet.time - open[i].time)] : [];
  });
  return Math.max(0, ...silences);
}

function livedOf(said: Said): Lived {
  const { frontend } = said.finding.path;
  const ofPort = said.text.includes('address') ? null : frontend?.port;
  const silences = new Map(
    connectionsAt('server', said).flatMap((one) => {
      const syn = one.find((packet) => has(packet, SYN));
      return syn === undefined ? [] : [[syn.seq, longestSilence(one)] as const];
    }),
  );
  const own = connectionsAt('client', said).filter(([{ src, sport, dst, dport }]) =>
    [
      [src, sport],
      [dst, dport],
    ].some(([ip, port]) => ip === frontend?.ip && (ofPort === null || port === ofPort)),
  );
  const possible = own.map((one) => ({
    syn: one.find((packet) => has(packet, SYN)),
    is: longestSilence(one),
  }));
  return {
    certain: possible.map(({ syn, is }) => Math.min(is, silences.get(syn?.seq ?? -1) ?? 0)),
    possible: possible.map(({ is }) => is),
  };
}

function between(silences: readonly number[], from: number, to: number): number {
  return silences.filter((one) => one >= from && one <= to).length;
}

/** The silence around which a line cites two packets of its connection: the last one that crossed, and the end. */
function aroundSilence(said: Said): Condition[] {
  const cited = said.cited.map(({ client, server }) => (client ?? server) as Sighting);
  const isOwn = cited.every((one) =>
    packetsAt(one.recording.vantage, said).some(({ frame }) => frame === one.frame),
  );
  return [
    [isOwn && isLastWord(cited[0], said), 'cites not the last word of the connection'],
    [crossedBetween(said) === 0, 'packets crossed in between'],
  ];
}

/** Longer by so much that the same timer would have fired. */
const LONGER_SHARE = 1.05;
const LONGER_SLACK = 0.5 * SECOND;

const longerSurvived: Predicate = (said) => {
  const gap = gapOf(said);
  if (gap === null) return 'cites not the two packets around the silence';
  const [told = 0] = numbersIn(said.text);
  const { certain, possible } = livedOf(said);
  const longer = gap * LONGER_SHARE + LONGER_SLACK;
  const [least, most] = [
    between(certain, longer + slackOf(said), Number.POSITIVE_INFINITY),
    between(possible, longer - slackOf(said), Number.POSITIVE_INFINITY),
  ];
  return first(...aroundSilence(said), [
    told >= least && told <= most,
    `${least} to ${most} connections lived through ${gap / SECOND} s`,
  ]);
};

/** Silences from this share of one on are not much shorter. */
const NEAR_SHARE = 0.2;
const LEAST_ON_EACH_SIDE = 3;

/** Connections that were reset after a silence, at the vantage of the RST. */
function endedIdle(said: Said): number {
  const vantages = new Set(said.resets.map(({ recording }) => recording.vantage));
  const counts = [...vantages].map(
    (vantage) =>
      connectionsAt(vantage, said).filter((one) => (idleBeforeReset(one) ?? 0) >= SECOND - slackOf(said))
        .length,
  );
  return Math.max(0, ...counts);
}

const separates: Predicate = (said) => {
  const gap = gapOf(said);
  if (gap === null) return 'cites not the two packets around the silence';
  const [lived, died] = numbersIn(said.text);
  const { certain, possible } = livedOf(said);
  const slack = slackOf(said);
  const longest = Math.max(0, ...certain);
  const [least, most] = [
    between(certain, NEAR_SHARE * gap + slack, gap - slack),
    between(possible, NEAR_SHARE * gap - slack, gap + slack),
  ];
  const ended = endedIdle(said);
  return first(
    ...aroundSilence(said),
    [longest <= gap + slack, `one lived through ${longest / SECOND} s`],
    [lived >= least && lived <= most, `${least} to ${most} lived through less`],
    [died >= LEAST_ON_EACH_SIDE && died <= ended, `${ended} were reset after a silence`],
  );
};

export const outlived: Readonly<Record<string, Predicate>> = {
  'longer-idle-survived': longerSurvived,
  'idle-separates': separates,
};
