import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '#src/evidence/detectors/index.js';
import { type Fact, type FactId, fact } from '#src/evidence/fact.js';
import { evidenceLines } from '#src/verdict/explain.js';
import { judge } from '#src/verdict/judge.js';
import type { Rule } from '#src/verdict/rule.js';

const facts = (...all: Fact[]): Facts => new Map(all.map((one) => [one.id, one]));
const yes = (id: FactId, quality = 1) => fact(id, true, id, [], quality);
const no = (id: FactId, quality = 1) => fact(id, false, id, [], quality);
const unknown = (id: FactId) => fact(id, null, id);

const rule: Rule = {
  class: 'lb-other',
  subtype: 'example',
  originator: 'load-balancer',
  title: 'an example',
  requires: ['born-between'],
  excludes: ['answers-syn'],
  weights: { 'born-between': 25, 'form-passive': 4 },
  unless: { 'sequence-exact': -6 },
  impact: 'harmful',
  advice: [],
};
const scoreOf = (all: Facts) => judge(all, [rule]).candidates[0]?.best.score;

describe('the weights of a rule', () => {
  it('are added up, those of what is known not to hold among them', () => {
    assert.equal(scoreOf(facts(yes('born-between'), yes('form-passive'), no('sequence-exact'))), 23);
  });

  it('count as much as what they rest on can be trusted', () => {
    assert.equal(scoreOf(facts(yes('born-between', 0.5))), 12.5);
  });

  it('of a gate exclude when it can be trusted, and cost when it cannot', () => {
    assert.equal(scoreOf(facts(no('born-between'))), undefined);
    assert.equal(scoreOf(facts(no('born-between', 0.5))), -15);
    assert.equal(scoreOf(facts(yes('born-between'), yes('answers-syn'))), undefined);
  });

  it('stand in the lines of evidence and add up to the score, weak gates too', () => {
    const all = facts(
      yes('born-between', 0.8),
      yes('answers-syn', 0.5),
      yes('form-passive'),
      no('sequence-exact'),
    );
    const [{ best }] = judge(all, [rule]).candidates;
    const sum = evidenceLines(best, all).reduce((total, line) => total + line.weight, 0);
    assert.ok(Math.abs(sum - best.score) < 0.05);
  });
});

describe('a judgement', () => {
  it('never claims certainty', () => {
    const heavy: Rule = { ...rule, weights: { 'born-between': 500 } };
    assert.equal(judge(facts(yes('born-between')), [heavy]).decided?.confidence, 0.99);
  });

  it('is not sure of what rests on something unseen', () => {
    const heavy: Rule = { ...rule, weights: { 'form-passive': 500 } };
    const { decided } = judge(facts(unknown('born-between'), yes('form-passive')), [heavy]);
    assert.equal(decided?.confidence, 0.85);
  });

  it('decides nothing between causes that fit alike', () => {
    const other: Rule = { ...rule, class: 'middlebox-injected', originator: 'middlebox' };
    const { decided, candidates } = judge(facts(yes('born-between')), [rule, other]);
    assert.equal(decided, null);
    assert.equal(candidates.length, 2);
  });

  it('decides nothing on thin evidence', () => {
    assert.equal(judge(facts(yes('born-between', 0.2)), [rule]).decided, null);
  });

  it('takes a cause for as likely as its best explanation, however many ways there are to tell it', () => {
    const sibling: Rule = { ...rule, subtype: 'sibling' };
    const alone = judge(facts(yes('born-between', 0.5)), [rule]).candidates[0].confidence;
    const together = judge(facts(yes('born-between', 0.5)), [rule, sibling]).candidates[0].confidence;
    assert.equal(together, alone);
  });
});
