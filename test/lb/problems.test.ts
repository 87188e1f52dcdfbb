import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lb, pip, rule } from './fixtures/azure.js';
import { inbound, load } from './fixtures/load.js';

async function problems(ruleMinutes: number, ipMinutes: number): Promise<readonly string[]> {
  const rules = [rule({ idleTimeoutInMinutes: ruleMinutes })];
  const files = {
    'lb.json': lb({ loadBalancingRules: rules }),
    'pip.json': pip({ idleTimeoutInMinutes: ipMinutes }),
  };
  return (await load(files)).problems;
}

test('values within every published range are no problem', async () => {
  assert.deepEqual(await problems(4, 4), []);
  assert.deepEqual(await problems(30, 30), []);
});

test('a rule above 30 minutes is within one source and above another', async () => {
  const [only, ...others] = await problems(31, 4);
  assert.deepEqual(others, []);
  assert.match(only, /^The idle timeout of load-balancing rule https, 31 min \(1860 s\), is within https/);
  assert.match((await problems(100, 4))[0], /is within/);
});

test('a rule outside 4 to 100 minutes is outside them all', async () => {
  assert.match((await problems(101, 4))[0], /101 min \(6060 s\), is outside 4 to 100 min/);
  assert.match((await problems(3, 4))[0], /3 min \(180 s\), is outside 4 to 100 min/);
});

test('a public IP ends at 30 minutes', async () => {
  assert.match(
    (await problems(4, 31))[0],
    /^The idle timeout of public IP shop-pip, 31 min .* outside 4 to 30 min/,
  );
});

test('a public IP of the same name in another resource group is another one', async () => {
  const id =
    '/subscriptions/0000/resourceGroups/test-rg/providers/Microsoft.Network/publicIPAddresses/shop-pip';
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip({ id }) });
  assert.equal(policy.resolve(inbound()).seconds, null);
  assert.deepEqual(policy.problems, [
    'Public IP shop-pip decides the timeout of its frontend but was not supplied.',
    'No frontend of load balancer shop-lb refers to the public IPs that were supplied: shop-pip.',
  ]);
});
