import type { Finding } from '../../result.js';
import { address } from './units.js';

/** Findings that say the same of different connections; a single finding is a group of one. */
export interface Group {
  /** The first of them, which speaks for all. */
  readonly first: Finding;
  readonly members: readonly Finding[];
}

/** Findings gathered by what they say: kind, verdict, sender, certainty, impact, policy and frontend. Order kept. */
export function groupAlike(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const members = groups.get(key);
    if (members) members.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(([first, ...rest]) => ({ first, members: [first, ...rest] }));
}

/** Each finding as a group of its own. */
export function singles(findings: readonly Finding[]): Group[] {
  return findings.map((finding) => ({ first: finding, members: [finding] }));
}

/** The known idle gaps of a group in ascending order. */
export function idleGaps({ members }: Group): number[] {
  return members.flatMap(({ idleSeconds }) => idleSeconds ?? []).sort((a, b) => a - b);
}

/** The most urgent groups first come through: broken policy, then harm, then the rest; order kept within the choice. */
export function mostUrgent(groups: readonly Group[], most: number): Group[] {
  if (groups.length <= most) return [...groups];
  const ranked = groups.map((group, index) => ({ index, urgency: urgency(group.first) }));
  ranked.sort((a, b) => b.urgency - a.urgency || a.index - b.index);
  const chosen = ranked.slice(0, most).sort((a, b) => a.index - b.index);
  return chosen.map(({ index }) => groups[index]);
}

function urgency({ policyCheck, impact }: Finding): number {
  const broken = policyCheck?.status === 'violates' ? 2 : 0;
  return broken + (impact === 'harmless' ? 0 : 1);
}

function keyOf(finding: Finding): string {
  const { kind, subtype, originator, confidenceLabel, impact, policyCheck, path } = finding;
  const frontend = path.frontend ?? path.backend;
  return JSON.stringify([
    kind,
    finding.class,
    subtype,
    originator,
    confidenceLabel,
    impact,
    policyCheck && [policyCheck.status, policyCheck.rule],
    frontend && address(frontend),
    // Exposures of one kind are about one device each.
    kind === 'exposure' && policyCheck?.text,
  ]);
}
