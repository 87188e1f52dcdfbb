import type { Policy } from '../lb/model.js';
import type { Pairing, Path } from '../pair/path.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Finding, FindingPath, Remedy } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { confidenceLabel } from '../words.js';
import { countAlike } from './alike.js';
import { cite } from './cite.js';
import { displayFilters } from './display-filter.js';
import { idleSecondsOf, judgedFlow } from './judged-flow.js';
import { resetSegments } from './reset-segments.js';
import { timeAt } from './time.js';

/** Places of a confidence in the report; more would pretend to a precision that the weights do not have. */
const CONFIDENCE_PLACES = 1000;
/** A timeout this much above the observed gap would have kept the connection. */
const HEADROOM = 1.2;

/** Verdicts to findings: checked against the policy, in order of time, numbered. */
export function buildFindings(
  verdicts: readonly Verdict[],
  pairing: Pairing,
  policy: Policy | null,
): Finding[] {
  const inOrder = [...verdicts].sort((a, b) => timeOf(a) - timeOf(b) || firstFrame(a) - firstFrame(b));
  const uncertainty = pairing.clock?.uncertainty ?? 0;
  const base = pairing.client?.baseTime ?? null;
  const judged = countAlike(inOrder.map((verdict) => judgedFlow(verdict, uncertainty, base)));
  return inOrder.map((verdict, i) => build(verdict, judged[i], `F${i + 1}`, pairing, policy));
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
    path: findingPath(path),
    idleSeconds: idleSecondsOf(verdict),
    resets,
    evidence,
    alternatives: [...verdict.alternatives],
    policyCheck: policy === null ? null : checkPolicy(judged, policy),
    displayFilter: displayFilters(path, cited, pairing),
    remedy: remedies(verdict, policy, judged.idleSeconds, judged.flow),
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

function findingPath({ client, server, mode }: Path): FindingPath {
  return {
    client: client?.endpoints[0] ?? null,
    frontend: client?.endpoints[1] ?? null,
    lbPeer: server?.endpoints[0] ?? null,
    backend: server?.endpoints[1] ?? null,
    mode,
  };
}

function remedies(
  verdict: Verdict,
  policy: Policy | null,
  idleSeconds: number | null,
  flow: Parameters<Policy['resolve']>[0],
): Remedy[] {
  const general = verdict.advice.map((text) => ({ text, command: null }));
  if (policy === null || verdict.class !== 'lb-idle-timeout' || verdict.subtype === 'secondary')
    return general;
  const needed = idleSeconds === null ? null : Math.ceil(idleSeconds * HEADROOM);
  return [...policy.remedies(policy.resolve(flow), needed)];
}
