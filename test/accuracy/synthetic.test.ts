import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isRight, scoreCase } from './score.js';
import { readCases } from './truth.js';

/** Cases of products that cannot run in the lab: their packets are documented, what they would do in truth is not. */
const CASES = readCases('fixtures/synthetic');
/** What has been reached with both captures; the rest is undetermined. */
const RIGHT_OF_PAIRS = 0.96;

describe('of a synthetic case', async () => {
  it('the truth says that it is one', () => {
    assert.deepEqual(
      CASES.filter(({ truth }) => truth.synthetic !== true).map(({ truth }) => truth.case),
      [],
    );
  });

  for (const use of ['pair', 'client', 'server'] as const) {
    const scores = await Promise.all(CASES.map((one) => scoreCase(one, use)));
    const outcomes = scores.flatMap((score) => score.outcomes);

    for (const score of scores) {
      it(`${score.case}, ${use}: every verdict is right or undetermined, and nothing else is found`, () => {
        const wrong = score.outcomes.filter(
          (outcome) => !isRight(outcome) && outcome.actual.class !== 'undetermined',
        );
        assert.deepEqual(wrong, []);
        assert.deepEqual(score.surplus, []);
      });
    }

    it(`${use}: the idle timeout of a load balancer is never named for what somebody else did`, () => {
      const named = outcomes.filter(({ actual }) => actual.class === 'lb-idle-timeout');
      assert.deepEqual(
        named.filter(({ expected }) => expected.class !== 'lb-idle-timeout'),
        [],
      );
    });

    if (use === 'pair')
      it('both captures decide nearly always', () => {
        const right = outcomes.filter(isRight).length / outcomes.length;
        assert.ok(right >= RIGHT_OF_PAIRS, `${right}`);
      });
  }
});
