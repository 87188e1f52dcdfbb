import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import { isRight, scoreCase } from './score.js';
import { classScores } from './tables.js';
import { readCases } from './truth.js';

/** Every labelled case of the lab. The floor is what has been reached: all of it. */
const CASES = readCases('fixtures/captures');
const FLOOR = 1;
const CONFIDENT = 0.9;

describe('with both captures of a labelled case', async () => {
  const scores = await Promise.all(CASES.map((one) => scoreCase(one)));
  const outcomes = scores.flatMap((score) => score.outcomes);

  for (const { class: name, labelled, precision, recall } of classScores(outcomes)) {
    it(`${name}: precision and recall over ${labelled} labels`, () => {
      assert.ok(precision >= FLOOR, `precision ${precision}`);
      assert.ok(recall >= FLOOR, `recall ${recall}`);
    });
  }

  for (const score of scores) {
    it(`${score.case}: every label has its verdict, nothing else is found, and the policy is judged as it was set`, () => {
      assert.deepEqual(
        score.outcomes.filter((outcome) => !isRight(outcome)),
        [],
      );
      assert.deepEqual(score.surplus, []);
      assert.equal(score.violations.actual, score.violations.expected);
    });

    it(`${score.case}: the true clock offset lies within the reported bounds`, () => {
      assert.ok(
        score.clockError !== null && score.clockError <= 1,
        `off by ${score.clockError} of the uncertainty`,
      );
    });
  }
});

describe('with one capture of a labelled case', () => {
  for (const use of ['client', 'server'] as const) {
    for (const one of CASES) {
      it(`${one.truth.case}: the ${use} side alone leads to no confident error`, async () => {
        const { outcomes } = await scoreCase(one, use);
        const confident = outcomes.filter(
          ({ actual }) => actual.class !== 'undetermined' && actual.confidence >= CONFIDENT,
        );
        assert.deepEqual(
          confident.filter((outcome) => !isRight(outcome)),
          [],
        );
      });
    }
  }
});

describe('the report of a labelled case', () => {
  for (const one of CASES) {
    it(`${one.truth.case}: counts every RST segment in exactly one finding, and no finding for clean connections`, async () => {
      const captures = (['client', 'server'] as const).map((vantage) => ({
        vantage,
        path: join(one.folder, `${vantage}.pcap`),
      }));
      const { captures: read, findings, summary } = await analyze({ captures });
      const cited = findings.flatMap(({ resets }) =>
        resets.map(({ vantage, frame }) => `${vantage} ${frame}`),
      );
      assert.equal(new Set(cited).size, cited.length);
      assert.equal(cited.length, read[0].resetSegments + read[1].resetSegments);
      assert.equal(summary.resets, cited.length);
      const { connections } = one.truth;
      const key = (labelled: (typeof connections)[number]) =>
        `${labelled.client?.ip} ${labelled.client?.port}`;
      const accusable = new Set(
        connections.filter(({ finding, resets }) => finding !== null || resets.length > 0).map(key),
      );
      // A port that was used again may have had both kinds of connection.
      const clean = new Set(connections.map(key).filter((port) => !accusable.has(port)));
      const accused = findings.filter(({ path }) => clean.has(`${path.client?.ip} ${path.client?.port}`));
      assert.deepEqual(
        accused.map(({ id }) => id),
        [],
      );
    });
  }
});
