import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PRODUCTS } from '#src/lb/registry.js';
import { CATALOGUE, checkById } from '#src/policy/catalogue/index.js';
import { checkPolicy } from '#src/policy/check.js';
import { CONFIG_CHECKS } from '#src/policy/exposure/registry.js';
import { preset } from '../lb/fixtures/load.js';
import { ROOT } from '../support/root.js';
import { reset, silence, survival } from './judged.js';

const ON = await preset('azure-standard:reset=on');

test('the checks are numbered without a gap, each with its own id, a sentence and a public source', () => {
  assert.deepEqual(
    CATALOGUE.map(({ number }) => number),
    Array.from({ length: 51 }, (_, i) => i + 1),
  );
  assert.equal(new Set(CATALOGUE.map(({ id }) => id)).size, CATALOGUE.length);
  for (const { id, documentation, source, how } of CATALOGUE) {
    assert.match(documentation, /\.$/, id);
    assert.match(source, /^https:\/\//, id);
    for (const [file] of how.matchAll(/(?:src\/policy\/)?(?:rules|exposure)\/[\w-]+\.ts/g))
      assert.ok(existsSync(join(ROOT, 'src', 'policy', file.replace('src/policy/', ''))), `${id}: ${file}`);
  }
});

test('every check of a configuration stands in the catalogue, with the same level', () => {
  for (const { id, level } of CONFIG_CHECKS) assert.equal(checkById(id)?.level, level, id);
});

test('docs/lb.md lists every check, and says of each where it is decided or why it is not', () => {
  const text = readFileSync(join(ROOT, 'docs', 'lb.md'), 'utf8');
  for (const { number, id, decidedBy, documentation } of CATALOGUE)
    assert.ok(
      text.includes(`| ${number} | \`${id}\` |`) && text.includes(documentation) && text.includes(decidedBy),
      id,
    );
});

test('docs/lb.md lists every product', () => {
  const text = readFileSync(join(ROOT, 'docs', 'lb.md'), 'utf8');
  for (const { model } of PRODUCTS) assert.ok(text.includes(`| \`${model.id}\` |`), model.id);
});

test('a conclusion cites the check that it carries out', () => {
  const cited = (...args: Parameters<typeof checkPolicy>) => checkPolicy(...args).check;
  assert.equal(cited(reset(), ON), 'idle/at-the-timeout');
  assert.equal(cited(reset({ established: false }), ON), 'idle/established-only');
  assert.equal(cited(reset({ resetTowardClient: false }), ON), 'idle/both-ends');
  assert.equal(cited(silence(), ON), 'idle/silent-drop');
  assert.equal(cited(survival(), ON), 'idle/at-the-timeout');
  assert.equal(cited(reset({ class: 'backend-originated' }), ON), undefined);
  const { level, documentation } = checkPolicy(reset({ idleSeconds: 100 }), ON);
  assert.equal(level, 'contradiction');
  assert.match(documentation ?? '', /fires when the idle time is over/);
});

test('a reset that states another cause is not called an idle one, where that product was declared', async () => {
  const f5 = await preset('f5-fastl4');
  const said = (payload: string | null) =>
    checkPolicy(reset({ idleSeconds: 300, marks: [{ window: 0, payload }] }), f5);
  assert.equal(said(null).status, 'conforms');
  assert.equal(said('[F5RST: Flow expired (sweeper)]').status, 'conforms');
  assert.equal(said('BIG-IP: [0x1] No local listener').status, 'inconclusive');
  assert.match(said('No local listener').text, /says "No local listener".* not that the flow expired/);
  const netscaler = await preset('netscaler:client=3m,server=3m');
  const code = (window: number) =>
    checkPolicy(reset({ idleSeconds: 200, marks: [{ window, payload: null }] }), netscaler);
  assert.deepEqual(
    [code(9300).status, code(512).status, code(9701).status],
    ['conforms', 'conforms', 'inconclusive'],
  );
  const azure = checkPolicy(reset({ marks: [{ window: 9701, payload: 'No local listener' }] }), ON);
  assert.equal(azure.status, 'conforms');
});

test('connection tracking forgets unacknowledged data sooner', async () => {
  const conntrack = await preset('nf-conntrack');
  const flow = { ...silence().flow, dataInFlight: true };
  assert.equal(checkPolicy(silence({ idleSeconds: 310, flow }), conntrack).status, 'conforms');
  assert.equal(checkPolicy(silence({ idleSeconds: 310 }), conntrack).status, 'violates');
});
