import type { CaptureSummary, Result } from '../result.js';
import { escapeDeep, escapeForTerminal } from './escape.js';
import { cellCode, code, prose } from './markdown/escape.js';
import { findingSection } from './markdown/finding.js';
import { type Group, groupAlike, idleGaps, mostUrgent, singles } from './text/alike.js';
import { clientOf, frontendOf } from './text/connection.js';
import { keepaliveText, timeoutText } from './text/inferred.js';
import { summaryLine } from './text/summary.js';
import { clockOf, count, dayOf, plural, secondsRange } from './text/units.js';
import { confidenceWords, policyWords, senderWords, verdictWords } from './text/wording.js';
import type { ReportOptions } from './types.js';

/** A ticket that nobody scrolls to the end of helps nobody. */
const MOST_GROUPS = 20;
const MOST_KEEPALIVES = 12;

/** For a ticket: the summary, a table of the findings, what shows each, what to do, and the filters for Wireshark. */
export function markdown(raw: Result, { detail }: ReportOptions): string {
  const result = escapeDeep(raw, escapeForTerminal);
  if (detail === 'summary') return `${prose(summaryLine(result))}\n`;
  const all = detail === 'all' ? singles(result.findings) : groupAlike(result.findings);
  const groups = detail === 'all' ? all : mostUrgent(all, MOST_GROUPS);
  const sections = [
    ['# TCP resets'],
    [prose(summaryLine(result))],
    captureTable(result),
    notes(result),
    ...(groups.length === 0 ? [] : [['## Findings'], findingTable(groups, result)]),
    leftOut(all, groups),
    ...groups.flatMap((group) => findingSection(group, detail === 'all')),
    ...timerSection(result.inferred, detail === 'all'),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function captureTable({ captures }: Result): string[] {
  if (captures.length === 0) return [];
  return tableOf(
    ['Side', 'Capture', 'Frames', 'Connections', 'RSTs', 'First frame (UTC)'],
    captures.map((capture) => [
      prose(capture.vantage),
      cellCode(capture.path),
      count(capture.frames),
      count(capture.connections),
      count(capture.resetSegments),
      firstTime(capture),
    ]),
  );
}

function firstTime({ firstTime: time }: CaptureSummary): string {
  return time === null ? 'none' : `${dayOf(time)} ${clockOf(time)}`;
}

/** What a reader has to know before believing the rest. */
function notes({ captures, policy }: Result): string[] {
  const read = captures.flatMap(({ vantage, warnings }) =>
    warnings.map(
      ({ message, frame }) => `${vantage}: ${message}${frame === null ? '' : ` (frame ${frame})`}`,
    ),
  );
  const checked = policy === null ? [] : [`checked against ${policy.model} from ${policy.source}`];
  return [...read, ...checked, ...(policy?.problems ?? [])].map((text) => `- ${prose(text)}`);
}

/** What the captures alone say of the timers around. */
function timerSection({ idleTimeouts, keepalives = [] }: Result['inferred'], all: boolean): string[][] {
  const shown = all ? keepalives : keepalives.slice(0, MOST_KEEPALIVES);
  const left = keepalives.length - shown.length;
  const texts = [...idleTimeouts.map(timeoutText), ...shown.map(keepaliveText)];
  if (texts.length === 0) return [];
  const more =
    left === 0
      ? []
      : [`- ${plural(left, 'more host or setting', 'more hosts or settings')}: ${code('-v')} shows all.`];
  return [['## Timers seen'], [...texts.map((text) => `- ${prose(text)}`), ...more]];
}

function findingTable(groups: readonly Group[], { policy }: Result): string[] {
  return tableOf(
    [
      'ID',
      'Connections',
      'Client',
      'Load balancer',
      'Verdict',
      'Sent by',
      'Confidence',
      'Idle',
      policyHead(policy),
    ],
    groups.map((group) => {
      const { first, members } = group;
      const gaps = idleGaps(group);
      return [
        first.id,
        count(members.length),
        cellCode(clientOf(group)),
        cellCode(frontendOf(group)),
        verdictWords(first),
        prose(senderWords(first)),
        confidenceWords(first),
        gaps.length === 0 ? '' : secondsRange(gaps[0], gaps[gaps.length - 1]),
        policy === null
          ? first.impact
          : first.policyCheck === null
            ? ''
            : policyWords(first.policyCheck.status),
      ];
    }),
  );
}

function policyHead(policy: Result['policy']): string {
  return policy === null ? 'Impact' : 'Policy';
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell || '-').join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function leftOut(all: readonly Group[], shown: readonly Group[]): string[] {
  if (all.length === shown.length) return [];
  const left = all
    .filter((group) => !shown.includes(group))
    .reduce((sum, { members }) => sum + members.length, 0);
  return [`${plural(left, 'more finding')}, less urgent than these: ${code('-v')} shows all.`];
}
