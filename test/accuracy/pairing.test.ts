import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scorePairing } from './pairing/score.js';
import { modeScores, together } from './pairing/tables.js';
import { readPairingCases } from './pairing/truth.js';
import { isRight, scoreCase } from './score.js';
import { readCases } from './truth.js';

/** Share of the connections with one partner that are found, by the way the balancer works: what has been reached. */
const RECALL: Readonly<Record<string, number>> = {
  direct: 1,
  dsr: 1,
  'pass-through': 1,
  snat: 1,
  // Of a proxy that ends TLS nothing is comparable but times, and some connections did the same at the same time.
  proxy: 0.97,
};
const CONFIDENT = 0.9;

describe('which connection is which, over all cases of the lab', async () => {
  const cases = ['fixtures/captures', 'fixtures/pairing'].flatMap(readPairingCases);
  const usable = cases.filter(({ truth }) => truth.refused === null);
  const scores = await Promise.all(usable.map(scorePairing));

  it('no two connections are taken for one that the lab knows to be two', () => {
    const wrong = scores.flatMap(({ case: name, reported }) =>
      reported.filter(({ right }) => !right).map(({ method, what }) => `${name}: ${what} (${method})`),
    );
    assert.deepEqual(wrong, []);
  });

  it('every two connections that were folded into one are recognised, and no others', () => {
    const { labelled, reported, right } = together(scores.map(({ folded }) => folded));
    assert.deepEqual([reported, right], [labelled, labelled]);
    assert.ok(labelled > 0);
  });

  it('each request of a pool is found on the leg that the proxy asked it on, and on no other', () => {
    const all = scores.map(({ requests }) => requests);
    const { reported, right } = together(all.flatMap(({ byContent, byTime }) => [byContent, byTime]));
    assert.equal(right, reported);
    const count = (of: (one: (typeof all)[number]) => number) =>
      all.reduce((total, one) => total + of(one), 0);
    assert.equal(
      count(({ found }) => found),
      count(({ labelled }) => labelled),
    );
  });

  for (const { mode, labelled, found } of modeScores(scores)) {
    it(`${mode}: of ${labelled} connections with one partner, enough find it`, () => {
      assert.ok(found / labelled >= (RECALL[mode] ?? 1), `${found} of ${labelled}`);
    });
  }
});

describe('verdicts where pairing is hard', () => {
  for (const one of readCases('fixtures/pairing')) {
    if (one.truth.case === 'wrong-incident') continue;
    it(`${one.truth.case}: nothing is wrong with confidence`, async () => {
      const { outcomes } = await scoreCase(one);
      const wrong = outcomes.filter(
        (outcome) => !isRight(outcome) && outcome.actual.class !== 'undetermined',
      );
      assert.deepEqual(
        wrong.filter(({ actual }) => actual.confidence >= CONFIDENT),
        [],
      );
    });
  }
});
