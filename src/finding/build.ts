import { ladderOf } from '../ladder/build.js';
import type { Policy } from '../lb/model.js';
import type { Pairing } from '../pair/path.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Finding, Remedy } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { confidenceLabel } from '../words.js';
import { countAlike } from './alike.js';
import { cite } from './cite.js';
import { displayFilters } from './display-filter.js';
import { type Draft, numbered } from './draft.js';
import { exposures } from './exposures.js';
import { idleSecondsOf, judgedFlow } from './judged-flow.js';
import { pathOf } from './path-of.js';
import { Prevented } from './prevented.js';
import { resetSegments } from './reset-segments.js';
import { survivedTimeouts } from './survived.js';
import { timeAt } from './time.js';

/** Places of a confidence in the report; more would pretend to a precision that the weights do not have. */
const CONFIDENCE_PLACES = 1000;
/** A timeout this much above the observed gap would have kept the connection. */
const HEADROOM = 1.2;

/** Verdicts to findings, checked against the policy, with what the policy alone brings up; in order of time, numbered; with their packets where wanted. */
export function buildFindings(
  verdicts: readonly Verdict[],
  pairing: Pairing,
  policy: Policy | null,
  ladders = false,
): Finding[] {
  const judged = countAlike(verdicts.map((verdict) => judgedFlow(verdict, pairing)));
  const prevented = policy === null ? null : new Prevented(judged, policy);
  const drafts: Draft[] = verdicts.map((verdict, i) => ({
    time: timeOf(verdict),
    frame: firstFrame(verdict),
    make: (id) => {
      const finding = build(verdict, judged[i], id, pairing, policy, prevented);
      return ladders ? { ...finding, ladder: ladderOf(verdict, pairing, timeOf(verdict)) } : finding;
    },
  }));
  const ofPolicy =
    policy === null ? [] : [...survivedTimeouts(pairing, policy), ...exposures(pairing, policy)];
  return numbered([...drafts, ...ofPolicy]);
}

/** On the client's time line, in nanoseconds. */
function timeOf(verdict: Verdict): number {
  return verdict.drop?.lost[0]?.time ?? verdict.scenes[0]?.scene.reset.time ?? 0;
}

function firstFrame(verdict: Verdict): number {
  const { client, server } = verdict.evidenceOf.path;
  return (client ?? server)?.firstFrame ?? 0;
}

function build(
  verdict: Verdict,
  judged: JudgedFlow,
  id: string,
  pairing: Pairing,
  policy: Policy | null,
  prevented: Prevented | null,
): Finding {
  const { path } = verdict.evidenceOf;
  const packets = verdict.scenes.flatMap(({ scene }) => scene.event.packets);
  const resets = resetSegments(packets, path, pairing);
  const confidence = Math.round(verdict.confidence * CONFIDENCE_PLACES) / CONFIDENCE_PLACES;
  const evidence = verdict.evidence.map((line) => ({
    ...line,
    frames: line.frames.map((ref) => cite(ref, pairing)),
  }));
  const cited = [...resets, ...evidence.flatMap(({ frames }) => frames)];
  return {
    id,
    kind: verdict.kind,
    class: verdict.class,
    subtype: verdict.subtype,
    originator: verdict.originator,
    confidence,
    confidenceLabel: confidenceLabel(confidence),
    impact: verdict.impact,
    time: clockTime(verdict, pairing),
    path: pathOf(path),
    idleSeconds: idleSecondsOf(verdict),
    resets,
    evidence,
    alternatives: [...verdict.alternatives],
    policyCheck: policy === null ? null : checkPolicy(judged, policy),
    displayFilter: displayFilters(path, cited, pairing),
    remedy: remedies(verdict, judged, policy, prevented),
  };
}

/** When it happened, by the clock of the capture that shows it: the client's where there is one. */
function clockTime(verdict: Verdict, pairing: Pairing): string {
  const onServerOnly = verdict.evidenceOf.path.client === null;
  const base =
    (onServerOnly ? pairing.server?.baseTime : pairing.client?.baseTime) ?? pairing.server?.baseTime;
  if (base == null) throw new Error('a finding without a capture');
  const seen = verdict.scenes[0]?.scene.reset.server;
  const at = onServerOnly && seen != null ? seen.time : timeOf(verdict);
  return timeAt(base, at);
}

function remedies(
  verdict: Verdict,
  { idleSeconds, flow }: JudgedFlow,
  policy: Policy | null,
  prevented: Prevented | null,
): Remedy[] {
  const general = verdict.advice.map((text) => ({ text, command: null }));
  if (policy === null || verdict.class !== 'lb-idle-timeout' || verdict.subtype === 'secondary')
    return general;
  const needed = idleSeconds === null ? null : Math.ceil(idleSeconds * HEADROOM);
  const effective = policy.resolve(flow);
  const own = policy.remedies(effective, needed);
  return prevented === null ? [...own] : prevented.noted(own, effective);
}
