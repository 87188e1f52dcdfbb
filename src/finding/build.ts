import type { Policy } from '../lb/model.js';
import type { Pairing, Path } from '../pair/path.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { Finding, FindingPath, Remedy } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { confidenceLabel } from '../words.js';
import { citing } from './cite.js';
import { displayFilters } from './display-filter.js';
import { idleSecondsOf, judgedFlow } from './judged-flow.js';
import { resetSegments } from './reset-segments.js';
import { timeAt } from './time.js';

/** Places of a confidence in the report; more would pretend to a precision that the weights do not have. */
const CONFIDENCE_PLACES = 1000;
/** A timeout this much above the observed gap would have kept the connection. */
const HEADROOM = 1.2;

/** A finding that waits for its number, with what it is put in order by. */
interface Draft {
  readonly time: number;
  readonly firstFrame: number;
  readonly finding: Finding;
}

/**
 * Verdicts to findings, checked against the policy. Each verdict is turned into its finding at once and let go, with
 * all the packets and facts behind it.
 */
export class Findings {
  readonly #drafts: Draft[] = [];

  constructor(
    private readonly pairing: Pairing,
    private readonly policy: Policy | null,
  ) {}

  add(verdict: Verdict): void {
    const finding = build(verdict, this.pairing, this.policy);
    this.#drafts.push({ time: timeOf(verdict), firstFrame: firstFrame(verdict), finding });
  }

  /** All of them in order of time, numbered. */
  inOrder(): Finding[] {
    this.#drafts.sort((a, b) => a.time - b.time || a.firstFrame - b.firstFrame);
    return this.#drafts.map(({ finding }, i) => {
      finding.id = `F${i + 1}`;
      return finding;
    });
  }
}

/** On the client's time line, in nanoseconds. */
function timeOf(verdict: Verdict): number {
  return verdict.drop?.lost[0]?.time ?? verdict.scenes[0]?.scene.reset.time ?? 0;
}

function firstFrame(verdict: Verdict): number {
  const { client, server } = verdict.evidenceOf.path;
  return (client ?? server)?.firstFrame ?? 0;
}

/** A finding whose number is not known yet. */
function build(verdict: Verdict, pairing: Pairing, policy: Policy | null): Finding {
  const { path } = verdict.evidenceOf;
  const packets = verdict.scenes.flatMap(({ scene }) => scene.event.packets);
  const resets = resetSegments(packets, path, pairing);
  const confidence = Math.round(verdict.confidence * CONFIDENCE_PLACES) / CONFIDENCE_PLACES;
  const judged = policy === null ? null : judgedFlow(verdict, pairing.clock?.uncertainty ?? 0);
  const evidence = verdict.evidence.map((line) => citing(line, pairing));
  const cited = [...resets, ...evidence.flatMap(({ frames }) => frames)];
  return {
    id: '',
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
    policyCheck: policy === null || judged === null ? null : checkPolicy(judged, policy),
    displayFilter: displayFilters(path, cited, pairing),
    remedy: remedies(verdict, policy, judged),
  };
}

/** When it happened, by the clock of the capture that shows it: the client's where there is one. */
function clockTime(verdict: Verdict, pairing: Pairing): string {
  const { client, mode } = verdict.evidenceOf.path;
  const reset = verdict.scenes[0]?.scene.reset;
  const onServerLeg = mode === 'proxy' && reset?.client === null;
  const onServerOnly = client === null || onServerLeg;
  const base =
    (onServerOnly ? pairing.server?.baseTime : pairing.client?.baseTime) ?? pairing.server?.baseTime;
  if (base == null) throw new Error('a finding without a capture');
  const seen = reset?.server;
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

function remedies(verdict: Verdict, policy: Policy | null, judged: JudgedFlow | null): Remedy[] {
  const isTimeout = verdict.class === 'lb-idle-timeout' && verdict.subtype !== 'secondary';
  if (policy === null || judged === null || !isTimeout)
    return verdict.advice.map((text) => ({ text, command: null }));
  const needed = judged.idleSeconds === null ? null : Math.ceil(judged.idleSeconds * HEADROOM);
  return [...policy.remedies(policy.resolve(judged.flow), needed)];
}
