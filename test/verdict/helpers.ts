import assert from 'node:assert/strict';
import type { Finding, Result } from '#src/result.js';

/** The one finding of a result. */
export function onlyFinding(result: Result): Finding {
  assert.equal(result.findings.length, 1, `one finding, not ${result.findings.map(summary).join('; ')}`);
  return result.findings[0];
}

/** `class/subtype by originator`. */
export function summary(finding: Finding): string {
  return `${finding.class}/${finding.subtype} by ${finding.originator}`;
}

export function assertVerdict(finding: Finding, expected: string, leastConfidence = 0.9): void {
  assert.equal(summary(finding), expected);
  assert.ok(finding.confidence >= leastConfidence, `confidence ${finding.confidence}`);
}
