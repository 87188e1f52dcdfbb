import type { EvidenceLine, Finding, ResetSegment } from '../../result.js';
import { type Group, idleGaps } from '../text/alike.js';
import { pathSentence } from '../text/connection.js';
import { frameList, frameName } from '../text/frames.js';
import { claimWords } from '../text/reason.js';
import { address, clockOf, plural, secondsRange } from '../text/units.js';
import { columns, cutEnd, cutMiddle } from '../text/width.js';
import {
  actorWords,
  classWords,
  confidenceWords,
  contractName,
  policyWords,
  verdictWords,
} from '../text/wording.js';
import { hang, wrap } from '../text/wrap.js';
import type { Page, Role } from './page.js';

/** How much of each kind a short block shows. */
const DECIDING = 3;
const OPEN_QUESTIONS = 2;
const IDS = 6;
const FRAMES = 4;
const PAYLOAD = 100;
/** Of a file's name, where it stands before what it is about. */
const FILE_NAME = 24;
/** Frame references line up at the right, but no further out than the eye follows a line. */
const FRAMES_AT = 110;

const INDENT = '    ';

const MARKS: Record<EvidenceLine['effect'], { mark: string; role: Role }> = {
  supports: { mark: '+', role: 'good' },
  contradicts: { mark: '-', role: 'warn' },
  neutral: { mark: '*', role: 'dim' },
};

/** Why a group of like findings got its verdict: what decided, the policy, what to do. */
export function evidenceBlock(group: Group, page: Page): string[] {
  const { first } = group;
  return [
    ...heading(group, page),
    ...(page.full ? first.resets.flatMap((reset) => resetLines(reset, page)) : saidLines(first, page)),
    ...claimLines(first, page),
    ...chosenEvidence(first, page).flatMap((line) => evidenceLines(line, page)),
    ...alternativeLines(first, page),
    ...policyLines(first, page),
    ...remedyLines(first, page),
    ...(page.full ? filterLines(first, page) : alikeLines(group, page)),
  ];
}

function heading(group: Group, page: Page): string[] {
  const { first, members } = group;
  const dot = ` ${page.symbols.dot} `;
  const confidence = first.class === 'undetermined' ? null : confidenceWords(first);
  const parts = [actorWords(first), confidence, first.impact === 'unknown' ? null : first.impact];
  const more = members.length > 1 ? `and ${plural(members.length - 1, 'more', 'more')}` : null;
  const verdict = [more, verdictWords(first), ...parts].filter(Boolean).join(dot);
  const title = hang(first.id.padEnd(INDENT.length - 1).concat(' '), verdict, page.width);
  const [name, where] = [contractName(first), pathSentence(first.path, page.symbols)];
  const gaps = idleGaps(group);
  const idle = gaps.length === 0 ? [] : [`idle ${secondsRange(gaps[0], gaps[gaps.length - 1])} before`];
  const together = INDENT + [name, where, ...idle].join(dot);
  const apart = [[name, ...idle].join(dot), where].flatMap((text) => hang(INDENT, text, page.width));
  const details = columns(together) <= page.width ? [together] : apart;
  return [
    ...title.map((line) => page.paint(line, 'strong')),
    ...details.map((line) => page.paint(line, 'dim')),
  ];
}

/** The strongest facts; where nothing decided, also those that show what is open. */
function chosenEvidence({ evidence, class: verdict }: Finding, page: Page): readonly EvidenceLine[] {
  if (page.full) return evidence;
  const strongest = evidence
    .filter(({ effect }) => effect !== 'neutral')
    .sort(byWeight)
    .slice(0, DECIDING);
  const open = verdict === 'undetermined' ? evidence.filter(({ effect }) => effect === 'neutral') : [];
  return [...strongest, ...open.slice(0, OPEN_QUESTIONS)];
}

function byWeight(a: EvidenceLine, b: EvidenceLine): number {
  return Math.abs(b.weight) - Math.abs(a.weight);
}

/** The fact, and at the right end of its last line, or on a line of its own, the frames that show it. */
function evidenceLines({ effect, text, frames }: EvidenceLine, page: Page): string[] {
  const { mark, role } = MARKS[effect];
  const lines = hang(`${INDENT}${mark} `, text, page.width);
  const cited = cutEnd(
    frameList(frames, page.full ? frames.length : FRAMES),
    page.width - INDENT.length,
    page.symbols.ellipsis,
  );
  if (cited !== '') placeAtEnd(lines, cited, Math.min(page.width, FRAMES_AT));
  const [start, ...rest] = lines;
  return [INDENT + page.paint(mark, role) + start.slice(INDENT.length + mark.length), ...rest];
}

function placeAtEnd(lines: string[], cited: string, right: number): void {
  const last = lines[lines.length - 1];
  const gap = right - columns(last) - columns(cited);
  if (gap >= 2) lines[lines.length - 1] = last + ' '.repeat(gap) + cited;
  else lines.push(`${' '.repeat(Math.max(INDENT.length, right - columns(cited)))}${cited}`);
}

/** What the sender wrote into the RST, the plainest evidence there is. */
function saidLines({ resets }: Finding, page: Page): string[] {
  const said = resets.find(({ payloadText }) => payloadText)?.payloadText;
  if (!said) return [];
  return hang(`${INDENT}  `, `the RST says "${cutEnd(said, PAYLOAD, page.symbols.ellipsis)}"`, page.width);
}

/** The cause that it claims, in the words of the format in which it does. */
function claimLines(finding: Finding, page: Page): string[] {
  const claim = claimWords(finding);
  return claim === null ? [] : hang(`${INDENT}  `, claim, page.width);
}

function resetLines(reset: ResetSegment, page: Page): string[] {
  const { vantage, src, dst, seq, ack, flags, ttl, ipId, window, payloadText, duplicateOf } = reset;
  const text = [
    `${vantage} ${frameName(reset)} ${clockOf(reset.time)} ${address(src)} ${page.symbols.arrow} ${address(dst)} [${flags}]`,
    `seq ${seq} ack ${ack} win ${window} ttl ${ttl}${ipId === null ? '' : ` id ${ipId}`}`,
    ...(duplicateOf === undefined ? [] : [`same packet as ${frameName({ ...reset, frame: duplicateOf })}`]),
    ...(payloadText === null ? [] : [`says "${cutEnd(payloadText, PAYLOAD, page.symbols.ellipsis)}"`]),
  ].join(', ');
  return hang(`${INDENT}RST `, text, page.width);
}

/** What else it could have been: always in full, and where nothing decided. */
function alternativeLines({ alternatives, class: verdict }: Finding, page: Page): string[] {
  const shown = page.full
    ? alternatives
    : verdict === 'undetermined'
      ? alternatives.slice(0, OPEN_QUESTIONS)
      : [];
  return shown.flatMap((alternative) => {
    const name = alternative.subtype ? `${alternative.class}/${alternative.subtype}` : alternative.class;
    const title = page.full ? `${classWords(alternative.class)} (${name})` : classWords(alternative.class);
    return hang(`${INDENT}or `, `${title}: ${alternative.text}`, page.width);
  });
}

function policyLines({ kind, policyCheck }: Finding, page: Page): string[] {
  if (policyCheck === null) return [];
  const { status, rule, expected, observed, text } = policyCheck;
  const { cross, tick, dot } = page.symbols;
  const values = `expected ${expected}, observed ${observed}, rule ${rule}`;
  // Nothing has happened yet that a policy could cover: the text is the whole of it.
  if (kind === 'exposure')
    return hang(`${INDENT}${dot} `, page.full ? `${text} (${values})` : text, page.width);
  if (status === 'violates') {
    const lines = hang(`${INDENT}${cross} `, `violates the policy: ${values}`, page.width);
    return [...lines.map((line) => page.paint(line, 'bad')), ...hang(`${INDENT}  `, text, page.width)];
  }
  const mark = { conforms: tick, inconclusive: '?', 'not-covered': dot }[status];
  const detail = page.full ? `${text} (${values})` : text;
  return hang(`${INDENT}${mark} `, `policy, ${policyWords(status)}: ${detail}`, page.width);
}

function remedyLines({ remedy, class: verdict }: Finding, page: Page): string[] {
  const title = verdict === 'undetermined' ? 'to decide: ' : 'fix: ';
  const shown = page.full ? remedy : remedy.slice(0, 1);
  return shown.flatMap(({ text, command }) => [
    ...hang(`${INDENT}${page.symbols.arrow} `, title + text, page.width),
    ...(page.full && command !== null ? hang(`${INDENT}  $ `, command, page.width) : []),
  ]);
}

function filterLines({ displayFilter }: Finding, page: Page): string[] {
  const { client, server, files = [] } = displayFilter;
  return [
    ...(client === null ? [] : hang(`${INDENT}Wireshark, client: `, client, page.width)),
    ...(server === null ? [] : hang(`${INDENT}Wireshark, server: `, server, page.width)),
    ...files.flatMap(({ file, filter }) => {
      const name = cutMiddle(file, FILE_NAME, page.symbols.ellipsis);
      return hang(`${INDENT}Wireshark, ${name}: `, filter, page.width);
    }),
  ].map((line) => page.paint(line, 'dim'));
}

/** Its resets; what shows it, where it has none. */
function shownBy({ resets, evidence }: Finding): Finding['resets'] | EvidenceLine['frames'] {
  return resets.length > 0 ? resets : (evidence.find(({ frames }) => frames.length > 0)?.frames ?? []);
}

/** Where the others of the group are, without their evidence again. */
function alikeLines({ members }: Group, page: Page): string[] {
  if (members.length < 2) return [];
  const others = members.slice(1, 1 + IDS).map((one) => `${one.id} ${frameList(shownBy(one), 2)}`.trimEnd());
  const left = members.length - 1 - others.length;
  const text = `alike: ${others.join('; ')}${left > 0 ? `; and ${left} more (-v)` : ''}`;
  return wrap(text, page.width - INDENT.length).map((line) => page.paint(INDENT + line, 'dim'));
}
