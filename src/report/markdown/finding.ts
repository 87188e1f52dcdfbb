import type { EvidenceLine, Finding } from '../../result.js';
import type { Group } from '../text/alike.js';
import { pathSentence } from '../text/connection.js';
import { frameList } from '../text/frames.js';
import { claimWords } from '../text/reason.js';
import { seconds } from '../text/units.js';
import {
  actorWords,
  classWords,
  confidenceWords,
  contractName,
  policyWords,
  verdictWords,
} from '../text/wording.js';
import { block, code, prose } from './escape.js';

const SIGNS: Record<EvidenceLine['effect'], string> = {
  supports: 'for',
  contradicts: 'against',
  neutral: 'open',
};
const MOST_FRAMES = 6;
const MOST_OTHERS = 20;
const MOST_EVIDENCE = 5;

/** A group of like findings: a heading, and one list of lines for each thing that is known. */
export function findingSection(group: Group, full: boolean): string[][] {
  const { first, members } = group;
  const more = members.length > 1 ? ` and ${members.length - 1} more` : '';
  return [
    [`### ${first.id}${more}: ${verdictWords(first)}`],
    [paragraph(first)],
    claimParagraph(first),
    evidenceList(first, full),
    full ? alternatives(first) : [],
    policyParagraph(first),
    ...remedies(first),
    ...filters(first),
    others(group),
  ];
}

function paragraph(finding: Finding): string {
  const { idleSeconds, impact, path } = finding;
  const parts = [
    actorWords(finding),
    finding.class === 'undetermined' ? null : confidenceWords(finding),
    impact === 'unknown' ? null : impact,
    idleSeconds === null ? null : `idle ${seconds(idleSeconds)} before`,
  ].filter(Boolean);
  const where = code(pathSentence(path, { arrow: '→' }));
  return `${prose(parts.join(', '))}. Verdict ${code(contractName(finding))}, ${where}`;
}

function claimParagraph(finding: Finding): string[] {
  const claim = claimWords(finding);
  return claim === null ? [] : [`*Said by itself*: ${prose(claim)}`];
}

function evidenceList({ evidence }: Finding, full: boolean): string[] {
  const byWeight = [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const shown = full ? evidence : byWeight.slice(0, MOST_EVIDENCE);
  return shown.map(({ effect, weight, text, frames }) => {
    const cited = frames.length === 0 ? '' : ` (${code(frameList(frames, MOST_FRAMES))})`;
    const decibans = weight === 0 ? '' : `, ${Math.abs(weight).toFixed(1)} dB`;
    return `- *${SIGNS[effect]}${decibans}*: ${prose(text)}${cited}`;
  });
}

function alternatives({ alternatives: rivals }: Finding): string[] {
  return rivals.map(({ class: name, text }) => `- *or ${classWords(name)}*: ${prose(text)}`);
}

function policyParagraph({ policyCheck }: Finding): string[] {
  if (policyCheck === null) return [];
  const { status, rule, expected, observed, text } = policyCheck;
  const values = prose(`expected ${expected}, observed ${observed}`);
  return [`**Policy, ${policyWords(status)}** (${code(rule)}; ${values}): ${prose(text)}`];
}

function remedies({ remedy }: Finding): string[][] {
  return remedy.flatMap(({ text, command }) => [
    [`**To do**: ${prose(text)}`],
    ...(command === null ? [] : [block(command.split('\n'), 'sh')]),
  ]);
}

function filters({ displayFilter: { client, server, files = [] } }: Finding): string[][] {
  const named = [
    ...(client === null ? [] : [['client side', client] as const]),
    ...(server === null ? [] : [['server side', server] as const]),
    ...files.map(({ file, filter }) => [file, filter] as const),
  ];
  return named.flatMap(([where, filter]) => [[`Wireshark, ${prose(where)}:`], block([filter], 'text')]);
}

function others({ members }: Group): string[] {
  if (members.length < 2) return [];
  const listed = members.slice(1, 1 + MOST_OTHERS).map(({ id }) => id);
  const left = members.length - 1 - listed.length;
  return [`The same of ${listed.join(', ')}${left > 0 ? ` and ${left} more` : ''}.`];
}
