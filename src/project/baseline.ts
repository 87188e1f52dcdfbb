import { z } from 'zod';
import { InputError } from '../errors.js';
import { identityOf } from '../identity.js';
import type { Finding } from '../result.js';

const VERSION = 1;

const baselineSchema = z.strictObject({
  schemaVersion: z.literal(VERSION),
  /** By pair, then by what makes a finding the same one in another capture: how many there were. */
  known: z.record(z.string(), z.record(z.string(), z.number().int().positive())),
});

/** Findings that are known. */
export type Baseline = z.infer<typeof baselineSchema>['known'];

/**
 * Reads a baseline file.
 * @throws InputError where it is none
 */
export function readBaseline(text: string, path: string): Baseline {
  try {
    return baselineSchema.parse(JSON.parse(text)).known;
  } catch {
    throw new InputError(`${path} is not a baseline; rst-analyze check --update-baseline writes one`);
  }
}

/** A baseline file of these findings, by pair; the same bytes for the same findings. */
export function baselineText(found: ReadonlyMap<string, readonly Finding[]>): string {
  const known: Baseline = {};
  for (const pair of [...found.keys()].sort()) {
    const counts: Record<string, number> = {};
    for (const identity of (found.get(pair) ?? []).map(identityOf).sort())
      counts[identity] = (counts[identity] ?? 0) + 1;
    known[pair] = counts;
  }
  return `${JSON.stringify({ schemaVersion: VERSION, known }, null, 2)}\n`;
}

/** Tells known findings from new ones: as many of a kind as the baseline has are known. */
export function knownOf(baseline: Baseline): (finding: Finding, pair: string) => boolean {
  const left = structuredClone(baseline);
  return (finding, pair) => {
    const counts = left[pair];
    const identity = identityOf(finding);
    if (!counts?.[identity]) return false;
    counts[identity] -= 1;
    return true;
  };
}
