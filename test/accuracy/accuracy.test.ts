import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import { isRight, scoreCase } from './score.js';
import { classScores } from './tables.js';
import { readCases } from './truth.js';

/** Every labelled case of the lab. The floors are what has been reached. */
const CASES = readCases('fixtures/captures');
const PRECISION = 0.99;
const RECALL: Readonly<Record<string, number>> = {
  'lb-idle-timeout': 0.985,
  'lb-other': 0.91,
};
const CONFIDENT = 0.9;

/** Cases of which the evidence does not decide every label, and why; in all others every label has its verdict. */
const LEFT_OPEN: Readonly<Record<string, string>> = {
  'haproxy-purge': 'a connection of the pool that was dropped right after its answer shows no cause',
  'collision-pool':
    'the displaced connection was idle for a while too, and a box beside the balancer could answer it',
  'mass-reset-l4': 'a balancer that lost its state and a firewall beside it leave the same packets',
};

describe('with both captures of a labelled case', async () => {
  const scores = await Promise.all(CASES.map((one) => scoreCase(one)));
  const outcomes = scores.flatMap((score) => score.outcomes);

  for (const { class: name, labelled, precision, recall } of classScores(outcomes)) {
    it(`${name}: precision and recall over ${labelled} labels`, () => {
      if (name !== 'undetermined') assert.ok(precision >= PRECISION, `precision ${precision}`);
      assert.ok(recall >= (RECALL[name] ?? 1), `recall ${recall}`);
    });
  }

  for (const score of scores) {
    it(`${score.case}: every label has its verdict, nothing else is found, and the policy is judged as it was set`, () => {
      const missed = score.outcomes.filter((outcome) => !isRight(outcome));
      const isOpen = score.case in LEFT_OPEN;
      const errors = missed.filter(
        ({ actual }) => !isOpen || (actual.class !== 'undetermined' && actual.confidence >= CONFIDENT),
      );
      assert.deepEqual(errors, []);
      if (isOpen) assert.ok(missed.length > 0, 'no longer open: take it off the list');
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
