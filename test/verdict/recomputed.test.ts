import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyze } from '#src/index.js';
import type { Finding } from '#src/result.js';
import { SOMETHING_ELSE, SUREST, SUREST_WITH_UNSEEN } from '#src/verdict/judge.js';
import { capturesOf, readCases } from '../accuracy/truth.js';

/** Cases with sure verdicts, doubtful ones, ones that rest on something unseen, and silent drops. */
const NAMES = [
  'firewall-server-side',
  'checks-l4',
  'drain-both-ends',
  'azure-silent-240',
  'forged-front-slow',
];
const CASES = readCases('fixtures/captures').filter(({ truth }) => NAMES.includes(truth.case));
/** Rivals of less than half a percent are not listed, and weights are printed to a tenth of a deciban. */
const UNLISTED = 0.01;

/** The confidence of a finding, from its evidence and its alternatives, as docs/verdicts.md says. */
function recomputed({ evidence, alternatives }: Finding): number {
  const score = evidence.reduce((sum, { weight }) => sum + weight, 0);
  const rivals = alternatives.reduce((sum, { confidence }) => sum + confidence, 0);
  const share = (1 - rivals) / (1 + 10 ** ((SOMETHING_ELSE - score) / 10));
  const restsOnUnseen = evidence.some(({ effect, weight }) => effect === 'neutral' && weight !== 0);
  return Math.min(share, restsOnUnseen ? SUREST_WITH_UNSEEN : SUREST);
}

describe('the confidence of a finding can be recomputed from the report', () => {
  assert.equal(CASES.length, NAMES.length);
  for (const one of CASES) {
    it(one.truth.case, async () => {
      const captures = (['client', 'server'] as const).flatMap((vantage) =>
        capturesOf(one, vantage).map((path) => ({ vantage, path })),
      );
      const { findings } = await analyze({ captures });
      const decided = findings.filter(
        (finding) => finding.class !== 'undetermined' && finding.subtype !== 'secondary',
      );
      assert.ok(decided.length > 0);
      for (const finding of decided) {
        const off = Math.abs(recomputed(finding) - finding.confidence);
        assert.ok(off <= UNLISTED, `${finding.id}: ${recomputed(finding)}, said ${finding.confidence}`);
      }
    });
  }
});
