import type { Finding } from '../../result.js';
import type { CauseClass, FindingKind, Originator, PolicyStatus } from '../../words.js';
import { percent } from './units.js';

/** The classes in words for a reader. The contract's own names stand beside them wherever there is room. */
const CLASS_WORDS: Record<CauseClass, string> = {
  'lb-idle-timeout': 'LB idle timeout',
  'backend-originated': 'backend reset',
  'keepalive-failure': 'keepalive failure',
  'client-originated': 'client reset',
  'lb-other': 'other LB reset',
  'middlebox-injected': 'middlebox injected',
  'health-check': 'health check',
  undetermined: 'undetermined',
};

const KIND_WORDS: Record<Exclude<FindingKind, 'reset'>, string> = {
  'silent-drop': 'silent drop',
  'survived-timeout': 'survived timeout',
  exposure: 'exposure',
};

/** What each class says, in one sentence. */
const CLASS_MEANINGS: Record<CauseClass, string> = {
  'lb-idle-timeout': "The load balancer's idle timer ended the flow.",
  'backend-originated': 'The backend refused, aborted, restarted, or had closed already.',
  'keepalive-failure':
    'An end, or the load balancer, gave up on keepalive probes or data that nobody answered.',
  'client-originated': 'The client aborted or had closed already.',
  'lb-other': 'The load balancer reset the flow for a reason other than its idle timer.',
  'middlebox-injected': 'A box that is neither end nor the load balancer forged the reset.',
  'health-check': "The load balancer's own probe, not a user's flow.",
  undetermined: 'The evidence does not decide; the finding says what would.',
};

const KIND_MEANINGS: Record<Exclude<FindingKind, 'reset'>, string> = {
  'silent-drop': 'Packets of the flow stopped crossing the load balancer, without any reset.',
  'survived-timeout': 'The flow lived on after an idle gap that its effective timeout should have ended.',
  exposure: 'Nothing broke yet, but the configuration will break this flow.',
};

const ORIGINATOR_WORDS: Record<Originator, string> = {
  client: 'client',
  'load-balancer': 'load balancer',
  backend: 'backend',
  middlebox: 'middlebox',
  unknown: 'unknown',
};

const POLICY_WORDS: Record<PolicyStatus, string> = {
  conforms: 'conforms',
  violates: 'violates',
  'not-covered': 'not covered',
  inconclusive: 'inconclusive',
};

/** What happened, in two or three words. */
export function verdictWords(finding: Pick<Finding, 'kind' | 'class'>): string {
  if (finding.kind !== 'reset') return KIND_WORDS[finding.kind];
  return CLASS_WORDS[finding.class ?? 'undetermined'];
}

/** The verdict as the contract names it: `lb-idle-timeout/bidirectional-at-timer`; the kind where there is no class. */
export function contractName(finding: Pick<Finding, 'kind' | 'class' | 'subtype'>): string {
  return [finding.class ?? finding.kind, finding.subtype].filter(Boolean).join('/');
}

/** What the verdict means, as a sentence. */
export function verdictMeaning(finding: Pick<Finding, 'kind' | 'class'>): string {
  if (finding.kind !== 'reset') return KIND_MEANINGS[finding.kind];
  return CLASS_MEANINGS[finding.class ?? 'undetermined'];
}

/** The class of a losing explanation, in words. */
export function classWords(name: CauseClass): string {
  return CLASS_WORDS[name];
}

/** The device that built the RST segments; says so where there is none. */
export function senderWords(finding: Pick<Finding, 'originator' | 'resets'>): string {
  return finding.resets.length === 0 ? '(no RST)' : ORIGINATOR_WORDS[finding.originator];
}

/** Who did it, as a part of a sentence. */
export function actorWords(
  finding: Pick<Finding, 'kind' | 'class' | 'originator' | 'resets'>,
): string | null {
  if (finding.kind === 'silent-drop') return dropWords(finding);
  if (finding.resets.length === 0) return null;
  return finding.originator === 'unknown'
    ? 'sender unknown'
    : `sent by ${ORIGINATOR_WORDS[finding.originator]}`;
}

/** A flow that vanished, and who reset it in the end, if anybody did. */
function dropWords(finding: Pick<Finding, 'class' | 'originator' | 'resets'>): string {
  const dropper = finding.class === 'lb-idle-timeout' ? 'load-balancer' : 'unknown';
  const dropped = dropper === 'unknown' ? 'dropped on the way' : `dropped by ${ORIGINATOR_WORDS[dropper]}`;
  if (finding.resets.length === 0) return dropped;
  return `${dropped}, late RST sent by ${ORIGINATOR_WORDS[finding.originator]}`;
}

/** `97 % high`; nothing was decided where the class is undetermined, so there is nothing to be confident of. */
export function confidenceWords(finding: Pick<Finding, 'class' | 'confidence' | 'confidenceLabel'>): string {
  if (finding.class === 'undetermined') return '-';
  return `${percent(finding.confidence)} ${finding.confidenceLabel}`;
}

/** What the policy says of a finding. */
export function policyWords(status: PolicyStatus): string {
  return POLICY_WORDS[status];
}
