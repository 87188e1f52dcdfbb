import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FRONTEND_ID, internalLb, lb, pip, publicFrontend, rule } from './fixtures/azure.js';
import { inbound, load, OUTBOUND } from './fixtures/load.js';

const minutes = fc.integer({ min: 4, max: 30 });

test("the frontend's public IP wins where it differs, and the losing rule is still told", async () => {
  const effective = (await load({ 'lb.json': lb(), 'pip.json': pip() })).resolve(inbound());
  assert.equal(effective.seconds, 240);
  assert.equal(effective.rule, 'azure/frontend-timeout-wins');
  assert.deepEqual(
    effective.considered.map(({ name, seconds, won }) => [name, seconds, won]),
    [
      ['frontend public IP shop-pip', 240, true],
      ['load-balancing rule https', 360, false],
    ],
  );
  assert.equal(
    effective.text,
    "Frontend public IP shop-pip says 4 min (240 s), load-balancing rule https 6 min (360 s): where they differ, Azure uses the frontend's value.",
  );
});

test('whichever of the two is longer, a public frontend always decides, by its own rule iff they differ', async () => {
  await fc.assert(
    fc.asyncProperty(minutes, minutes, async (ofRule, ofIp) => {
      const rules = [rule({ idleTimeoutInMinutes: ofRule })];
      const files = {
        'lb.json': lb({ loadBalancingRules: rules }),
        'pip.json': pip({ idleTimeoutInMinutes: ofIp }),
      };
      const effective = (await load(files)).resolve(inbound());
      assert.equal(effective.seconds, ofIp * 60);
      assert.equal(effective.rule === 'azure/frontend-timeout-wins', ofRule !== ofIp);
    }),
  );
});

test('an inbound NAT rule loses to the public IP in the same way', async () => {
  const nat = rule({ name: 'ssh', frontendPort: 50_001, backendPort: 22, idleTimeoutInMinutes: 10 });
  const policy = await load({ 'lb.json': lb({ inboundNatRules: [nat] }), 'pip.json': pip() });
  const effective = policy.resolve(inbound(50_001));
  assert.equal(effective.seconds, 240);
  assert.equal(effective.considered[1].name, 'inbound NAT rule ssh');
});

test('a private frontend has no timeout of its own, so the rule decides', async () => {
  const effective = (await load({ 'lb.json': internalLb() })).resolve(inbound(443, '10.0.0.4'));
  assert.equal(effective.seconds, 360);
  assert.equal(effective.rule, 'azure/rule-timeout');
  assert.deepEqual(effective.doubts, []);
});

test('a missing value is 4 minutes and a missing flag is off', async () => {
  const bare = rule({ idleTimeoutInMinutes: undefined, enableTcpReset: undefined });
  const files = {
    'lb.json': lb({ loadBalancingRules: [bare] }),
    'pip.json': pip({ idleTimeoutInMinutes: undefined }),
  };
  const effective = (await load(files)).resolve(inbound());
  assert.equal(effective.seconds, 240);
  assert.equal(effective.rule, 'azure/rule-timeout');
  assert.equal(effective.action, 'silent-drop');
});

test("the reset flag is the rule's, whichever object gives the minutes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), minutes, async (reset, ofIp) => {
      const rules = [rule({ enableTcpReset: reset })];
      const files = {
        'lb.json': lb({ loadBalancingRules: rules }),
        'pip.json': pip({ idleTimeoutInMinutes: ofIp }),
      };
      const { action } = (await load(files)).resolve(inbound());
      assert.equal(action, reset ? 'rst-both-at-timer' : 'silent-drop');
    }),
  );
});

test('without the public IP the timeout is not decided, and the doubt says what to add', async () => {
  const policy = await load({ 'lb.json': lb() });
  const effective = policy.resolve(inbound());
  assert.equal(effective.seconds, null);
  assert.equal(effective.action, 'rst-both-at-timer');
  assert.equal(effective.considered.find(({ name }) => name.includes('https'))?.seconds, 360);
  assert.deepEqual(effective.doubts, [
    'The timeout of frontend public IP shop-pip is not known: add the output of "az network public-ip show" for it.',
  ]);
  assert.deepEqual(policy.problems, [
    'Public IP shop-pip decides the timeout of its frontend but was not supplied.',
  ]);
});

test('a public IP that the frontend holds as a whole needs no file of its own', async () => {
  const frontend = publicFrontend({
    publicIPAddress: { id: 'x/publicIPAddresses/p', idleTimeoutInMinutes: 9 },
  });
  const policy = await load({ 'lb.json': lb({ frontendIPConfigurations: [frontend] }) });
  assert.equal(policy.resolve(inbound()).seconds, 540);
});

test('a public IP is found although its subscription was blacked out in one of the files', async () => {
  const id =
    '/subscriptions/XXXX/resourceGroups/SHOP-RG/providers/Microsoft.Network/publicIPAddresses/Shop-Pip';
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip({ id }) });
  assert.equal(policy.resolve(inbound()).seconds, 240);
});

test('resets on internal HA ports are in doubt, because an appliance in the path rules them out', async () => {
  const ha = { protocol: 'All', frontendPort: 0, backendPort: 0 };
  const on = (await load({ 'lb.json': internalLb(ha) })).resolve(inbound(8080, '10.0.0.4'));
  assert.deepEqual([on.seconds, on.action, on.doubts.length], [360, 'unknown', 1]);
  const off = (await load({ 'lb.json': internalLb({ ...ha, enableTcpReset: false }) })).resolve(
    inbound(1, '10.0.0.4'),
  );
  assert.deepEqual([off.action, off.doubts.length], ['silent-drop', 0]);
});

test('the Basic SKU never resets', async () => {
  const policy = await load({ 'lb.json': lb({ sku: { name: 'Basic' } }), 'pip.json': pip() });
  assert.equal(policy.resolve(inbound()).action, 'silent-drop');
  assert.match(policy.problems[0], /Basic SKU/);
});

test('floating IP is told as disputed, not as decided', async () => {
  const rules = [rule({ enableFloatingIP: true })];
  const policy = await load({ 'lb.json': lb({ loadBalancingRules: rules }), 'pip.json': pip() });
  const disputes = policy.resolve(inbound()).disputes ?? [];
  assert.deepEqual(
    disputes.map(({ source }) => source.url.split('/').at(-1)),
    ['107907', '86536'],
  );
});

test('an outbound rule wins over the fixed 4 minutes; without one they hold, silently', async () => {
  const outbound = {
    name: 'out',
    protocol: 'All',
    idleTimeoutInMinutes: 15,
    enableTcpReset: true,
    frontendIPConfigurations: [{ id: FRONTEND_ID }],
  };
  const ruled = (await load({ 'lb.json': lb({ outboundRules: [outbound] }) })).resolve(OUTBOUND);
  assert.deepEqual(
    [ruled.seconds, ruled.action, ruled.rule],
    [900, 'rst-both-at-timer', 'azure/outbound-rule-wins'],
  );
  const locked = (await load({ 'lb.json': lb() })).resolve(OUTBOUND);
  assert.deepEqual(
    [locked.seconds, locked.action, locked.rule],
    [240, 'silent-drop', 'azure/outbound-locked'],
  );
  assert.match(locked.doubts[0], /NAT gateway/);
});
