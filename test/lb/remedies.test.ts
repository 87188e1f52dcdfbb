import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowQuery, Policy } from '#src/lb/model.js';
import { FRONTEND_ID, internalLb, lb, pip, rule } from './fixtures/azure.js';
import { inbound, load, OUTBOUND, preset } from './fixtures/load.js';

function commands(policy: Policy, flow: FlowQuery, needed: number | null): (string | null)[] {
  return policy.remedies(policy.resolve(flow), needed).map(({ command }) => command);
}

const KEEPALIVE_192 = 'sysctl -w net.ipv4.tcp_keepalive_time=192 net.ipv4.tcp_keepalive_intvl=75';

test('on a public frontend the public IP is raised first, then the rule to the same value', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  assert.deepEqual(commands(policy, inbound(), 600.5), [
    'az network public-ip update -g shop-rg -n shop-pip --idle-timeout 11',
    'az network lb rule update -g shop-rg --lb-name shop-lb -n https --idle-timeout 11',
    KEEPALIVE_192,
  ]);
});

test('on a private frontend the rule is raised', async () => {
  const policy = await load({ 'lb.json': internalLb() });
  assert.equal(
    commands(policy, inbound(443, '10.0.0.4'), 2000)[0],
    'az network lb rule update -g shop-rg --lb-name shop-lb -n https --idle-timeout 34',
  );
});

test('more than the product can do is not proposed', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  const [first] = policy.remedies(policy.resolve(inbound()), 1800);
  assert.equal(
    first.text,
    'No idle timeout here can outlast 30 min (1800 s): the most is 30 min (1800 s). Only activity on the connection helps.',
  );
  assert.equal(first.command, null);
});

test('a timeout that is long enough is not raised', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  assert.deepEqual(commands(policy, inbound(), 100), [KEEPALIVE_192]);
  assert.deepEqual(commands(policy, inbound(), null), [KEEPALIVE_192]);
});

test('a silent rule can be told to reset', async () => {
  const nat = rule({ name: 'ssh', frontendPort: 50_001, enableTcpReset: false });
  const policy = await load({ 'lb.json': lb({ inboundNatRules: [nat] }), 'pip.json': pip() });
  assert.equal(
    commands(policy, inbound(50_001), null)[0],
    'az network lb inbound-nat-rule update -g shop-rg --lb-name shop-lb -n ssh --enable-tcp-reset true',
  );
});

test('resets are not proposed where the product has none', async () => {
  const policy = await load({ 'lb.json': lb({ sku: { name: 'Basic' } }), 'pip.json': pip() });
  assert.deepEqual(commands(policy, inbound(), null), [KEEPALIVE_192]);
});

test('outbound flows are changed on their outbound rule', async () => {
  const out = {
    name: 'out',
    protocol: 'All',
    idleTimeoutInMinutes: 4,
    enableTcpReset: true,
    frontendIPConfigurations: [{ id: FRONTEND_ID }],
  };
  const policy = await load({ 'lb.json': lb({ outboundRules: [out] }) });
  assert.equal(
    commands(policy, OUTBOUND, 6000)[0],
    'az network lb outbound-rule update -g shop-rg --lb-name shop-lb -n out --idle-timeout 101',
  );
});

test('while the public IP is not known, keepalives assume the least it can have', async () => {
  const policy = await load({ 'lb.json': lb() });
  assert.equal(commands(policy, inbound(), null).at(-1), KEEPALIVE_192);
});

test('a preset leaves names to be filled in', async () => {
  const policy = await preset('azure-standard:idle=20s');
  assert.deepEqual(commands(policy, inbound(), 30), [
    'az network lb rule update -g <resource-group> --lb-name <load-balancer> -n <rule> --idle-timeout 4',
    'az network lb rule update -g <resource-group> --lb-name <load-balancer> -n <rule> --enable-tcp-reset true',
    'sysctl -w net.ipv4.tcp_keepalive_time=16 net.ipv4.tcp_keepalive_intvl=16',
  ]);
});

test('names are quoted: they come from a file', async () => {
  const policy = await load({ 'lb.json': internalLb({ name: "x'; reboot" }) });
  assert.match(commands(policy, inbound(443, '10.0.0.4'), 400)[0] ?? '', / -n 'x'\\''; reboot' /);
});
