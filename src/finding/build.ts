import type { VantageLine } from '../birth/vantage-line.js';
import { ladderOf } from '../ladder/build.js';
import type { Policy } from '../lb/model.js';
import type { Pairing } from '../pair/path.js';
import { checkPolicy } from '../policy/check.js';
import type { JudgedFlow } from '../policy/types.js';
import type { EvidenceLine, Finding, Remedy } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { confidenceLabel } from '../words.js';
import { countAlike } from './alike.js';
import { citing } from './cite.js';
import { displayFilters } from './display-filter.js';
import { type Draft, numbered } from './draft.js';
import { exposures } from './exposures.js';
import { judgedFlow, quietSecondsOf } from './judged-flow.js';
import { pathOf } from './path-of.js';
import { Prevented } from './prevented.js';
import { resetSegments } from './reset-segments.js';
import { statedReason } from './stated-reason.js';
import { survivedTimeouts } from './survived.js';
import { timeAt } from './time.js';

/** Places of a confidence in the report; more would pretend to a precision that the weights do not have. */
const CONFIDENCE_PLACES = 1000;
/** A timeout this much above the observed gap would have kept the connection. */
const HEADROOM = 1.2;

/** What findings are made with besides what every finding has. */
export interface Wanted {
  /** Whether they keep their decisive packets. */
  readonly ladders: boolean;
  /** Vantages between the ends, where there are any. */
  readonly line: VantageLine | null;
}

/** The finding of a verdict, and the flow that the policy is asked about, where there is a policy. */
interface Judged {
  readonly finding: Finding;
  readonly flow: JudgedFlow;
}

/**
 * Verdicts to findings. Each verdict is turned into its finding at once and let go, with all the packets and facts
 * behind it; what the policy says of all of them comes last, for it depends on how many there are.
 */
export class Findings {
  readonly #drafts: Draft[] = [];
  readonly #judged: Judged[] = [];

  constructor(
    private readonly pairing: Pairing,
    private readonly policy: Policy | null,
    private readonly wanted: Wanted,
  ) {}

  add(verdict: Verdict): void {
    const finding = build(verdict, this.pairing);
    const time = timeOf(verdict);
    const birth = birthOf(verdict, this.wanted.line);
    if (birth !== null) finding.evidence = [...finding.evidence, birth];
    if (this.wanted.ladders) finding.ladder = ladderOf(verdict, this.pairing, time);
    if (this.policy !== null) this.#judged.push({ finding, flow: judgedFlow(verdict, this.pairing) });
    const make = (id: string) => Object.assign(finding, { id });
    this.#drafts.push({ time, frame: firstFrame(verdict), make });
  }

  /** All of them, with what the policy alone brings up, in order of time, numbered. */
  inOrder(): Finding[] {
    const { pairing, policy } = this;
    if (policy === null) return numbered(this.#drafts);
    this.#check(policy);
    return numbered([...this.#drafts, ...survivedTimeouts(pairing, policy), ...exposures(pairing, policy)]);
  }

  #check(policy: Policy): void {
    const flows = countAlike(this.#judged.map(({ flow }) => flow));
    const prevented = new Prevented(flows, policy);
    for (const [i, { finding }] of this.#judged.entries()) {
      finding.policyCheck = checkPolicy(flows[i], policy);
      finding.remedy = remedies(finding.remedy, flows[i], policy, prevented);
    }
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

/** Between which vantages the first reset of a verdict was made. */
function birthOf({ scenes, evidenceOf }: Verdict, line: VantageLine | null): EvidenceLine | null {
  const reset = scenes[0]?.scene.reset;
  return line === null || reset === undefined ? null : line.birthOf(evidenceOf.path, reset);
}

/** A finding whose number is not known yet, nor what a policy says of it. */
function build(verdict: Verdict, pairing: Pairing): Finding {
  const { path } = verdict.evidenceOf;
  const packets = verdict.scenes.flatMap(({ scene }) => scene.event.packets);
  const resets = resetSegments(packets, path, pairing);
  const confidence = Math.round(verdict.confidence * CONFIDENCE_PLACES) / CONFIDENCE_PLACES;
  const evidence = verdict.evidence.map((line) => citing(line, pairing));
  const cited = [...resets, ...evidence.flatMap(({ frames }) => frames)];
  const reason = statedReason(verdict, pairing);
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
    path: pathOf(path),
    idleSeconds: quietSecondsOf(verdict),
    resets,
    ...(reason === null ? null : { reason }),
    evidence,
    alternatives: [...verdict.alternatives],
    policyCheck: null,
    displayFilter: displayFilters(path, cited, pairing),
    remedy: verdict.advice.map((text) => ({ text, command: null })),
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

/** What to do: in general, or with the settings of the product that ended the flow. */
function remedies(
  general: Remedy[],
  { class: cause, subtype, idleSeconds, flow }: JudgedFlow,
  policy: Policy,
  prevented: Prevented,
): Remedy[] {
  if (cause !== 'lb-idle-timeout' || subtype === 'secondary') return general;
  const needed = idleSeconds === null ? null : Math.ceil(idleSeconds * HEADROOM);
  const effective = policy.resolve(flow);
  return prevented.noted(policy.remedies(effective, needed), effective);
}
