import type { Result as SarifResult, ThreadFlow } from 'sarif';
import { identityOf } from '../../identity.js';
import type { CaptureSummary, Finding } from '../../result.js';
import { pathSentence } from '../text/connection.js';
import { frameName } from '../text/frames.js';
import { clockOf } from '../text/units.js';
import { actorWords, confidenceWords, contractName, verdictWords } from '../text/wording.js';
import { uriOf } from './uri.js';

/** What all the results of a run have in common. */
interface Setting {
  readonly captures: readonly CaptureSummary[];
  /** Where each rule stands in the list of rules. */
  readonly places: ReadonlyMap<string, number>;
  /** How often each finding's identity has occurred so far. */
  readonly seen: Map<string, number>;
  readonly fails: (finding: Finding) => boolean;
}

/** A viewer of code insists on a line; a capture has none but its first. */
const FIRST_LINE = { startLine: 1 } as const;
const PERCENT = 100;

/** One finding as a result: where, how bad, its story in frames, and what makes it the same in the next run. */
export function resultOf(finding: Finding, setting: Setting): SarifResult {
  const ruleId = contractName(finding);
  const index = captureOf(finding, setting.captures);
  return {
    ruleId,
    ruleIndex: setting.places.get(ruleId) ?? -1,
    level: levelOf(finding, setting),
    rank: Math.round(finding.confidence * PERCENT),
    message: { text: messageOf(finding) },
    locations: [
      {
        ...(index < 0 ? {} : { physicalLocation: place(index, setting.captures) }),
        logicalLocations: [
          { fullyQualifiedName: pathSentence(finding.path, { arrow: '→' }), kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { 'connection/v1': fingerprint(finding, setting.seen) },
    ...storyOf(finding, setting.captures),
    properties: { findingId: finding.id, impact: finding.impact, originator: finding.originator },
  };
}

/** Connections of the same hosts that met the same fate are told apart by counting. */
function fingerprint(finding: Finding, seen: Map<string, number>): string {
  const identity = identityOf(finding);
  const before = seen.get(identity) ?? 0;
  seen.set(identity, before + 1);
  return `${identity}:${before + 1}`;
}

function levelOf(finding: Finding, { fails }: Setting): 'error' | 'warning' | 'note' {
  if (fails(finding)) return 'error';
  return finding.impact === 'harmless' ? 'note' : 'warning';
}

function messageOf(finding: Finding): string {
  const { policyCheck } = finding;
  const head = [verdictWords(finding), actorWords(finding), confidenceWords(finding)]
    .filter(Boolean)
    .join(', ');
  const supports = finding.evidence.filter(({ effect }) => effect === 'supports').map(({ text }) => text);
  return [
    `${head}: ${pathSentence(finding.path, { arrow: '→' })}.`,
    ...(policyCheck === null ? [] : [policyCheck.text]),
    ...supports.slice(0, 2).map((text) => `${text}.`),
  ].join(' ');
}

function captureOf({ resets, evidence }: Finding, captures: readonly CaptureSummary[]): number {
  const vantage = (resets[0] ?? evidence.flatMap(({ frames }) => frames)[0])?.vantage;
  const at = captures.findIndex((capture) => capture.vantage === vantage);
  return at < 0 && captures.length > 0 ? 0 : at;
}

function place(index: number, captures: readonly CaptureSummary[]) {
  return { artifactLocation: { uri: uriOf(captures[index].path), index }, region: FIRST_LINE };
}

/** The frames that show it, a thread for each capture. */
function storyOf(finding: Finding, captures: readonly CaptureSummary[]): Pick<SarifResult, 'codeFlows'> {
  const threads = captures.flatMap(({ vantage }, index): ThreadFlow[] => {
    const steps = stepsOf(finding, vantage);
    if (steps.length === 0) return [];
    const locations = steps.map(({ text }) => ({
      location: { physicalLocation: place(index, captures), message: { text } },
    }));
    return [{ id: vantage, locations }];
  });
  return threads.length === 0 ? {} : { codeFlows: [{ threadFlows: threads }] };
}

function stepsOf({ evidence, resets }: Finding, vantage: string): { frame: number; text: string }[] {
  const cited = evidence.flatMap(({ frames, text }) =>
    frames.map((ref) => ({ ...ref, text: `frame ${frameName(ref)}: ${text}` })),
  );
  const sent = resets.map((reset) => ({
    ...reset,
    text: `frame ${frameName(reset)}: RST [${reset.flags}] at ${clockOf(reset.time)}`,
  }));
  return [...cited, ...sent].filter((step) => step.vantage === vantage).sort((a, b) => a.frame - b.frame);
}
