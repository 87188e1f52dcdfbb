import type { Result } from '../result.js';
import { jsonText } from './json-text.js';

/**
 * The report object in lines, for tools that read records: one of type `report` with what was read, one of type
 * `finding` for each finding, one of type `summary` as the last. Every line has the `schemaVersion` of the contract.
 */
export function ndjson({ schemaVersion, findings, inferred, summary, ...report }: Result): string {
  const lines = [
    { type: 'report', schemaVersion, ...report },
    ...findings.map((finding) => ({ type: 'finding', schemaVersion, ...finding })),
    { type: 'summary', schemaVersion, inferred, ...summary },
  ];
  return lines.map((line) => `${jsonText(line)}\n`).join('');
}
