import { analyze } from '#src/analyze.js';
import type { Finding, Result } from '#src/result.js';
import { type Case, capturesOf, type LabelledReset, lbInputs } from './truth.js';

/** What the label says and what the tool said, for one RST segment or one silent drop. */
export interface Outcome {
  readonly case: string;
  readonly connection: string;
  readonly did: string;
  readonly where: string;
  readonly expected: { class: string; subtype: string; originator: string };
  readonly alsoAccepted: readonly { readonly class: string; readonly originator: string }[];
  readonly actual: { class: string; subtype: string; originator: string; confidence: number };
}

/** How one case went: every labelled thing with what the tool made of it, and what it found that is no label's. */
export interface CaseScore {
  readonly case: string;
  readonly outcomes: readonly Outcome[];
  readonly surplus: readonly string[];
  readonly violations: { readonly expected: number; readonly actual: number };
  /** How far the reported clock is off, as a share of its uncertainty; null without a clock. */
  readonly clockError: number | null;
}

const NOTHING = { class: 'none', subtype: 'none', originator: 'none', confidence: 0 };

const VANTAGES: readonly string[] = ['client', 'server'];

/** Which of a case's captures to use: both, or one alone. */
export type Use = 'pair' | 'client' | 'server';

/** Runs the tool on a case and lays its findings beside the labels. */
export async function scoreCase(one: Case, use: Use = 'pair'): Promise<CaseScore> {
  const captures = (['client', 'server'] as const)
    .filter((vantage) => use === 'pair' || use === vantage)
    .flatMap((vantage) => capturesOf(one, vantage).map((path) => ({ vantage, path })));
  const result = await analyze({ captures, lb: lbInputs(one) });
  const resets = resetOutcomes(one, result, use);
  const drops = use === 'pair' ? dropOutcomes(one, result) : { outcomes: [], surplus: [] };
  return {
    case: one.truth.case,
    outcomes: [...resets, ...drops.outcomes],
    surplus: drops.surplus,
    violations: { expected: one.truth.policy.violations, actual: result.summary.violations },
    clockError: clockError(one, result),
  };
}

function clockError(one: Case, { clock }: Result): number | null {
  if (clock === null) return null;
  return Math.abs(clock.offsetSeconds - one.truth.clock.offsetSeconds) / clock.uncertaintySeconds;
}

function resetOutcomes(one: Case, result: Result, use: Use): Outcome[] {
  const found = new Map<string, Finding>();
  for (const finding of result.findings) {
    for (const reset of finding.resets) found.set(placeOf(reset), finding);
  }
  return one.truth.connections.flatMap((connection) =>
    connection.resets
      .filter(({ vantage }) => (use === 'pair' ? VANTAGES.includes(vantage) : use === vantage))
      .map((reset) => ({
        case: one.truth.case,
        connection: connection.id,
        did: connection.did,
        where: placeOf(reset),
        expected: labelOf(reset),
        alsoAccepted: reset.alsoAccepted ?? [],
        actual: verdictOf(found.get(placeOf(reset))),
      })),
  );
}

/** Where a RST is: its vantage, or the file of it where there are several, and its frame. */
function placeOf({
  vantage,
  file,
  frame,
}: {
  vantage: string;
  file?: string | undefined;
  frame: number;
}): string {
  const isOnly = file === undefined || file === `${vantage}.pcap`;
  return `${isOnly ? vantage : file} #${frame}`;
}

function dropOutcomes(one: Case, result: Result): { outcomes: Outcome[]; surplus: string[] } {
  const drops = new Map(
    result.findings.filter(({ kind }) => kind === 'silent-drop').map((drop) => [clientOf(drop), drop]),
  );
  const outcomes = one.truth.connections
    .filter(({ finding }) => finding?.kind === 'silent-drop')
    .map((connection) => {
      const key = `${connection.client?.ip} ${connection.client?.port}`;
      const drop = drops.get(key);
      drops.delete(key);
      const expected = labelOf(connection.finding ?? NOTHING);
      const { case: name } = one.truth;
      const { id, did } = connection;
      return {
        case: name,
        connection: id,
        did,
        where: 'silent drop',
        expected,
        alsoAccepted: [],
        actual: verdictOf(drop),
      };
    });
  const surplus = [...drops.values()].map(
    (drop) => `${one.truth.case}: ${drop.id} silent drop of ${clientOf(drop)}`,
  );
  return { outcomes, surplus };
}

function clientOf(finding: Finding): string {
  return `${finding.path.client?.ip} ${finding.path.client?.port}`;
}

function labelOf({
  class: cause,
  subtype,
  originator,
}: Pick<LabelledReset, 'class' | 'subtype' | 'originator'>) {
  return { class: cause, subtype, originator };
}

function verdictOf(finding: Finding | undefined): Outcome['actual'] {
  if (finding === undefined) return NOTHING;
  return {
    class: finding.class ?? 'none',
    subtype: finding.subtype ?? 'none',
    originator: finding.originator,
    confidence: finding.confidence,
  };
}

/** Right means the class and the device; a subtype that is off is told apart. */
export function isRight({ expected, alsoAccepted, actual }: Outcome): boolean {
  return [expected, ...alsoAccepted].some(
    (label) => label.class === actual.class && label.originator === actual.originator,
  );
}
