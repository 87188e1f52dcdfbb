/** The library: `analyze` and the types of its answer. What is not exported here is private. */
export { type AnalyzeOptions, analyze, type CaptureInput } from './analyze.js';
export { InputError } from './errors.js';
export type * from './result.js';
export type {
  CauseClass,
  ConfidenceLabel,
  FindingKind,
  Impact,
  Originator,
  PathMode,
  PolicyStatus,
} from './words.js';
