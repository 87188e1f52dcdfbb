import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Finding } from '#src/result.js';
import { readCases } from '../accuracy/truth.js';
import { ROOT } from '../support/root.js';

const FOLDER = join(ROOT, 'fixtures', 'captures');

/** Twins of the lab, each run by the setting that should have lost; with the rule, both values, and how it showed. */
const TWINS: readonly (readonly [name: string, kind: string, rule: string, values: readonly string[]])[] = [
  ['azure-precedence', 'reset', 'azure/frontend-timeout-wins', ['4 min (240 s)', '6 min (360 s)']],
  ['azure-nat-rule', 'reset', 'azure/frontend-timeout-wins', ['4 min (240 s)', '6 min (360 s)']],
  ['azure-nat-gateway', 'reset', 'azure/nat-gateway-wins', ['5 min (300 s)', '4 min (240 s)']],
  ['azure-instance-ip', 'survived-timeout', 'azure/instance-ip-wins', ['4 min (240 s)', '6 min (360 s)']],
  ['azure-outbound-rule', 'silent-drop', 'azure/outbound-rule-wins', ['6 min (360 s)', '4 min (240 s)']],
];

async function findingsOf(name: string): Promise<readonly Finding[]> {
  const folder = join(FOLDER, name);
  const [{ truth }] = readCases(FOLDER).filter((one) => one.folder === folder);
  const captures = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    path: join(folder, `${vantage}.pcap`),
  }));
  return (await analyze({ captures, lb: truth.lb.map((file) => join(folder, file)) })).findings;
}

for (const [name, kind, rule, [owed, obeyed]] of TWINS) {
  test(`${name}: an LB that obeys the rule violates nothing`, async () => {
    const findings = await findingsOf(`${name}-obeyed`);
    for (const { policyCheck } of findings) assert.equal(policyCheck?.status, 'conforms', policyCheck?.text);
  });

  test(`${name}: its twin violates exactly this rule, and both values are named`, async () => {
    const findings = await findingsOf(`${name}-twin`);
    assert.ok(findings.length >= 2);
    for (const { policyCheck, kind: found } of findings) {
      assert.deepEqual([found, policyCheck?.status, policyCheck?.rule], [kind, 'violates', rule]);
      assert.ok(policyCheck?.text.includes(`effective timeout of ${owed}`), policyCheck?.text);
      assert.ok(policyCheck?.text.includes(`It fits the ${obeyed} of`), policyCheck?.text);
      assert.match(policyCheck?.text ?? '', /https:\/\/learn\.microsoft\.com/);
    }
  });
}

test('azure-reset-flag: silence where the rule says reset is exactly that violation', async () => {
  for (const { policyCheck, kind } of await findingsOf('azure-reset-flag-twin'))
    assert.deepEqual(
      [kind, policyCheck?.status, policyCheck?.rule],
      ['silent-drop', 'violates', 'azure/reset-flag'],
    );
  for (const { policyCheck } of await findingsOf('azure-idle-240'))
    assert.equal(policyCheck?.status, 'conforms');
});
