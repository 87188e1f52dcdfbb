/** The closed vocabularies of the public contract. Adding a word to one of them changes `schemaVersion`. */

/** The root causes a finding can name. */
export const CLASSES = [
  'lb-idle-timeout',
  'backend-originated',
  'keepalive-failure',
  'client-originated',
  'lb-other',
  'middlebox-injected',
  'health-check',
  'undetermined',
] as const;
export type CauseClass = (typeof CLASSES)[number];

/** The devices that can have built a RST segment. */
export const ORIGINATORS = ['client', 'load-balancer', 'backend', 'middlebox', 'unknown'] as const;
export type Originator = (typeof ORIGINATORS)[number];

/** What a finding is about. */
export const KINDS = ['reset', 'silent-drop', 'survived-timeout', 'exposure'] as const;
export type FindingKind = (typeof KINDS)[number];

/** How the legs of a path hang together: what the box between the two vantages does to a connection. */
export const MODES = ['direct', 'pass-through', 'snat', 'proxy', 'unknown'] as const;
export type PathMode = (typeof MODES)[number];

/** Whether a reset ended something that was still wanted. */
export const IMPACTS = ['harmful', 'harmless', 'unknown'] as const;
export type Impact = (typeof IMPACTS)[number];

/** What the policy says about a finding. */
export const POLICY_STATUSES = ['conforms', 'violates', 'not-covered', 'inconclusive'] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

/** How much a policy check says: a broken promise, something that will break, or what points somewhere. */
export const CHECK_LEVELS = ['contradiction', 'warning', 'hint'] as const;
export type CheckLevel = (typeof CHECK_LEVELS)[number];

/** Confidence in words, with the lowest probability that earns each. */
export const CONFIDENCE_LABELS = ['certain', 'high', 'medium', 'low'] as const;
export type ConfidenceLabel = (typeof CONFIDENCE_LABELS)[number];

const CERTAIN = 0.99;
const HIGH = 0.9;
const MEDIUM = 0.7;

/** The word for a confidence between 0 and 1. */
export function confidenceLabel(confidence: number): ConfidenceLabel {
  if (confidence >= CERTAIN) return 'certain';
  if (confidence >= HIGH) return 'high';
  return confidence >= MEDIUM ? 'medium' : 'low';
}
