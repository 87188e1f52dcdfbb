import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { armForm, FRONTEND_ID, internalLb, lb, pip, publicFrontend, rule } from './fixtures/azure.js';
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

const NETWORK = FRONTEND_ID.split('/loadBalancers/')[0];
const EXIT = '198.51.100.77';
const OUT_RULE = {
  name: 'out',
  protocol: 'All',
  idleTimeoutInMinutes: 15,
  enableTcpReset: true,
  frontendIPConfigurations: [{ id: FRONTEND_ID }],
};
const NAT_GATEWAY = {
  type: 'Microsoft.Network/natGateways',
  id: `${NETWORK}/natGateways/nat`,
  name: 'nat',
  idleTimeoutInMinutes: 30,
  publicIpAddresses: [{ id: `${NETWORK}/publicIPAddresses/nat-pip` }],
};
const INSTANCE_IP = pip({
  id: `${NETWORK}/publicIPAddresses/vm-pip`,
  name: 'vm-pip',
  ipAddress: EXIT,
  idleTimeoutInMinutes: 20,
  ipConfiguration: { id: `${NETWORK}/networkInterfaces/nic/ipConfigurations/ipconfig1` },
});
const OUTWARD = lb({ outboundRules: [OUT_RULE] });

test('outbound, a NAT gateway goes before an instance-level public IP and an outbound rule', async () => {
  const files = { 'lb.json': OUTWARD, 'nat.json': NAT_GATEWAY, 'pip.json': pip(), 'vm.json': INSTANCE_IP };
  const effective = (await load(files)).resolve(OUTBOUND);
  assert.deepEqual(
    [effective.seconds, effective.action, effective.rule],
    [1800, 'rst-sender-on-next', 'azure/nat-gateway-wins'],
  );
  assert.deepEqual(
    effective.considered.map(({ name, seconds, won }) => [name, seconds, won]),
    [
      ['NAT gateway nat', 1800, true],
      ['instance-level public IP vm-pip', 240, false],
      ['outbound rule out', 900, false],
      ['outbound timeout of public IPs', 240, false],
    ],
  );
  assert.deepEqual(effective.doubts, []);
});

test('then the instance-level public IP, whose 4 minutes are fixed whatever it says', async () => {
  const policy = await load({ 'lb.json': OUTWARD, 'pip.json': pip(), 'vm.json': INSTANCE_IP });
  const effective = policy.resolve(OUTBOUND);
  assert.deepEqual(
    [effective.seconds, effective.action, effective.rule],
    [240, 'silent-drop', 'azure/instance-ip-wins'],
  );
  const fromAnother = { ...OUTBOUND, lbPeer: { ip: '203.0.113.10', port: 1024 } };
  assert.equal(policy.resolve(fromAnother).rule, 'azure/outbound-rule-wins');
});

test('a flow is outbound where no rule forwards it and it left under an address of the way out', async () => {
  const policy = await load({ 'lb.json': OUTWARD, 'pip.json': pip(), 'vm.json': INSTANCE_IP });
  const toTheWorld = {
    ...inbound(5432, '192.0.2.99'),
    backend: { ip: '192.0.2.99', port: 5432 },
    lbPeer: { ip: EXIT, port: 50_000 },
  };
  assert.equal(policy.resolve(toTheWorld).rule, 'azure/instance-ip-wins');
  assert.equal(policy.resolve(inbound(5432, '192.0.2.99')).rule, 'azure/no-matching-rule');
});

test('a NAT gateway and an instance-level public IP need no load balancer', async () => {
  const gateway = await load({ 'nat.json': NAT_GATEWAY });
  assert.deepEqual([gateway.model, gateway.resolve(OUTBOUND).seconds], ['azure-nat-gateway', 1800]);
  const own = await load({ 'vm.json': INSTANCE_IP });
  assert.deepEqual(
    [own.model, own.resolve(OUTBOUND).seconds, own.resolve(inbound()).seconds],
    ['azure-instance-ip', 240, 1200],
  );
});

test('a NAT gateway is raised on itself, and beyond its range it is a problem', async () => {
  const policy = await load({ 'lb.json': OUTWARD, 'nat.json': NAT_GATEWAY, 'pip.json': pip() });
  assert.equal(
    policy.remedies(policy.resolve(OUTBOUND), 2000)[0].command,
    'az network nat gateway update -g shop-rg -n nat --idle-timeout 34',
  );
  const far = await load({
    'lb.json': OUTWARD,
    'nat.json': { ...NAT_GATEWAY, idleTimeoutInMinutes: 121 },
    'pip.json': pip(),
  });
  assert.match(far.problems[0], /NAT gateway nat, 121 min \(7260 s\), is outside 4 to 120 min/);
});

test('an ARM template holds the same', async () => {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [armForm(lb()), armForm(pip())],
  };
  assert.equal((await load({ 'template.json': template })).resolve(inbound()).seconds, 240);
});
