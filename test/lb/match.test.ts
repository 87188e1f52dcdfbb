import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowQuery } from '#src/lb/model.js';
import { lb, pip, publicFrontend, rule } from './fixtures/azure.js';
import { inbound, load } from './fixtures/load.js';

const SECOND_FRONTEND = publicFrontend({
  id: '/x/frontendIPConfigurations/fe2',
  name: 'fe2',
  publicIPAddress: { id: '/x/pip2' },
});
const SECOND_RULE = rule({
  name: 'other',
  idleTimeoutInMinutes: 20,
  frontendIPConfiguration: { id: '/x/frontendIPConfigurations/fe2' },
});
const TWO_FRONTENDS = lb({
  frontendIPConfigurations: [publicFrontend(), SECOND_FRONTEND],
  loadBalancingRules: [rule(), SECOND_RULE],
});
const SECOND_PIP = pip({ id: '/x/pip2', name: 'pip2', ipAddress: '203.0.113.20', idleTimeoutInMinutes: 20 });

test('the address of the frontend tells rules of one port apart', async () => {
  const policy = await load({ 'lb.json': TWO_FRONTENDS, 'pips.json': [pip(), SECOND_PIP] });
  assert.equal(policy.resolve(inbound(443)).seconds, 240);
  assert.equal(policy.resolve(inbound(443, '203.0.113.20')).seconds, 1200);
});

test('rules that disagree and cannot be told apart leave the timeout open, but keep what they share', async () => {
  const ips = [pip({ ipAddress: null }), { ...SECOND_PIP, ipAddress: null }];
  const effective = (await load({ 'lb.json': TWO_FRONTENDS, 'pips.json': ips })).resolve(inbound());
  assert.equal(effective.seconds, null);
  assert.equal(effective.rule, 'azure/ambiguous-rule');
  assert.equal(effective.action, 'rst-both-at-timer');
  assert.match(effective.text, /https \(4 min \(240 s\)\), other \(20 min \(1200 s\)\)/);
});

test('rules that agree need not be told apart', async () => {
  const ips = [pip({ ipAddress: null }), { ...SECOND_PIP, ipAddress: null, idleTimeoutInMinutes: 4 }];
  const effective = (await load({ 'lb.json': TWO_FRONTENDS, 'pips.json': ips })).resolve(inbound());
  assert.deepEqual([effective.seconds, effective.doubts.length], [240, 0]);
});

test('when nothing matches, the answer lists what there is', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  const effective = policy.resolve(inbound(80));
  assert.equal(effective.rule, 'azure/no-matching-rule');
  assert.equal(effective.seconds, null);
  assert.equal(
    effective.text,
    'No TCP rule of load balancer shop-lb has frontend 203.0.113.10:80; it has https (203.0.113.10 port 443).',
  );
});

test('another address on the right port is another load balancer', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  assert.equal(policy.resolve(inbound(443, '198.51.100.1')).rule, 'azure/no-matching-rule');
});

test('UDP rules are ignored', async () => {
  const policy = await load({
    'lb.json': lb({ loadBalancingRules: [rule({ protocol: 'Udp' })] }),
    'pip.json': pip(),
  });
  assert.equal(policy.resolve(inbound()).rule, 'azure/no-matching-rule');
  assert.deepEqual(policy.problems, ['Load balancer shop-lb has no inbound rule for TCP.']);
});

test('HA ports match every port', async () => {
  const ha = rule({ protocol: 'All', frontendPort: 0, backendPort: 0 });
  const policy = await load({ 'lb.json': lb({ loadBalancingRules: [ha] }), 'pip.json': pip() });
  assert.equal(policy.resolve(inbound(12_345)).seconds, 240);
});

test('a NAT rule can cover a range of ports', async () => {
  const range = rule({
    name: 'pool',
    frontendPort: 0,
    frontendPortRangeStart: 5000,
    frontendPortRangeEnd: 5009,
  });
  const policy = await load({ 'lb.json': lb({ inboundNatRules: [range] }), 'pip.json': pip() });
  assert.equal(policy.resolve(inbound(5009)).seconds, 240);
  assert.equal(policy.resolve(inbound(5010)).seconds, null);
});

test('where only the server side was captured, the backend port finds the rule', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip() });
  const flow: FlowQuery = { direction: 'inbound', frontend: null, backend: { ip: '10.0.0.7', port: 8443 } };
  assert.equal(policy.resolve(flow).seconds, 240);
  assert.equal(policy.resolve({ ...flow, backend: { ip: '10.0.0.7', port: 22 } }).seconds, null);
});

test('IPv6 addresses match in any spelling', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip({ ipAddress: '2001:DB8:0:0::1' }) });
  assert.equal(policy.resolve(inbound(443, '2001:db8::1')).seconds, 240);
});
