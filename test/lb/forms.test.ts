import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { armForm, lb, pip } from './fixtures/azure.js';
import { inbound, load } from './fixtures/load.js';

/** Key spellings of the CLI before 2022. */
function oldCli(value: unknown): string {
  return JSON.stringify(value).replaceAll(/(frontend|public|private|Floating)IP/g, '$1Ip');
}

const FORMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'az network lb show and public-ip show': { 'lb.json': lb(), 'pip.json': pip() },
  'the same in the other order': { 'pip.json': pip(), 'lb.json': lb() },
  'ARM and REST, with everything under properties': { 'lb.json': armForm(lb()), 'pip.json': armForm(pip()) },
  'lists of one': { 'lb.json': [lb()], 'pip.json': [pip()] },
  'lists of REST, under value': {
    'lb.json': { value: [armForm(lb())] },
    'pip.json': { value: [armForm(pip())] },
  },
  'one list with both, and with resources of other types': {
    'all.json': [{ type: 'x/virtualNetworks' }, lb(), pip()],
  },
  'key spellings of the older CLI': { 'lb.json': oldCli(lb()), 'pip.json': oldCli(pip()) },
  'az -o yaml': { 'lb.yaml': stringify(lb()), 'pip.yml': stringify(pip()) },
  'names that say nothing': { 'a/b': lb(), 'notes.txt': pip() },
  'a byte order mark': { 'lb.json': `\uFEFF${JSON.stringify(lb())}`, 'pip.json': pip() },
  'types removed before sharing': {
    'lb.json': lb({ type: undefined }),
    'pip.json': pip({ type: undefined }),
  },
};

for (const [form, files] of Object.entries(FORMS)) {
  test(`understands ${form}`, async () => {
    const policy = await load(files);
    assert.equal(policy.model, 'azure-standard');
    assert.equal(policy.source, Object.keys(files).join(', '));
    assert.deepEqual(policy.problems, []);
    const effective = policy.resolve(inbound());
    assert.deepEqual([effective.seconds, effective.action], [240, 'rst-both-at-timer']);
    assert.equal(effective.considered[1].seconds, 360);
  });
}
