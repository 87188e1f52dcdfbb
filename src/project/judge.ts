import type { Finding, Result } from '../result.js';
import { isAbout, isExpired } from './allow.js';
import { type Baseline, knownOf } from './baseline.js';
import type { Project } from './schema.js';

/** What the project makes of a finding. */
export type Standing =
  | { readonly status: 'passes' }
  | { readonly status: 'fails' }
  | { readonly status: 'known' }
  | { readonly status: 'tolerated' }
  | { readonly status: 'allowed'; readonly reason: string };

/** One pair of captures, analysed and judged. */
export interface CheckedPair {
  readonly name: string;
  readonly result: Result;
  /** By the id of the finding. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** All pairs of a project, judged, and what a reader has to know besides. */
export interface Checked {
  readonly pairs: readonly CheckedPair[];
  /** Allowances that would have held, had they not expired. */
  readonly notes: readonly string[];
}

/** What a pair gave. */
export interface Analysed {
  readonly name: string;
  readonly result: Result;
}

interface Rules {
  readonly project: Project;
  readonly baseline: Baseline;
  /** As `2027-01-31`. */
  readonly today: string;
  /** Whether a word of `failOn` names a finding. */
  readonly names: (word: string, finding: Finding) => boolean;
}

const DEFAULT_FAIL_ON = ['violation'] as const;

/** Judges every finding: allowed by name, known from before, within a threshold, or failing. */
export function judge(analysed: readonly Analysed[], rules: Rules): Checked {
  const isKnown = knownOf(rules.baseline);
  const expired = new Set<string>();
  const drafts = analysed.map((pair) => {
    const words = rules.project.failOn ?? DEFAULT_FAIL_ON;
    const named = pair.result.findings.filter((one) => words.some((word) => rules.names(word, one)));
    const candidates = new Set(named);
    const standings = new Map<Finding, Standing>();
    for (const finding of pair.result.findings) {
      const standing = candidates.has(finding)
        ? (allowed(finding, pair.name, rules, expired) ?? {
            status: isKnown(finding, pair.name) ? 'known' : 'fails',
          })
        : { status: 'passes' as const };
      standings.set(finding, standing as Standing);
    }
    return { ...pair, standings };
  });
  tolerate(
    drafts.map(({ standings }) => standings),
    rules,
  );
  const pairs = drafts.map(({ name, result, standings }) => ({
    name,
    result,
    standings: new Map([...standings].map(([{ id }, standing]) => [id, standing])),
  }));
  return { pairs, notes: [...expired] };
}

function allowed(
  finding: Finding,
  pair: string,
  { project, today }: Rules,
  expired: Set<string>,
): Standing | null {
  const about = (project.allow ?? []).filter((allowance) => isAbout(allowance, finding, pair));
  const holds = about.find((allowance) => !isExpired(allowance, today));
  if (holds !== undefined) return { status: 'allowed', reason: holds.reason };
  for (const { reason, expires } of about) expired.add(`no longer allowed since ${expires}: ${reason}`);
  return null;
}

/** A word's findings are tolerated where there are not more of them than its threshold, over all pairs. */
function tolerate(all: readonly Map<Finding, Standing>[], { project, names }: Rules): void {
  const thresholds = project.thresholds ?? {};
  const words = project.failOn ?? DEFAULT_FAIL_ON;
  const failing = all.flatMap((standings) =>
    [...standings].filter(([, { status }]) => status === 'fails').map(([finding]) => finding),
  );
  const exceeded = words.filter((word) => {
    const most = word === 'none' ? 0 : (thresholds[word] ?? 0);
    return failing.filter((finding) => names(word, finding)).length > most;
  });
  for (const standings of all)
    for (const [finding, { status }] of standings)
      if (status === 'fails' && !exceeded.some((word) => names(word, finding)))
        standings.set(finding, { status: 'tolerated' });
}
