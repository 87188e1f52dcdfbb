import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ROOT } from '../support/root.js';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

const POLICY = `policyVersion: 1
client:
  keepalive: 5m
path:
  - product: gcp-cloud-nat
    name: egress
  - product: azure-standard
    name: front
    idle: 15m
    reset: on
    since: 2026-03-01T00:00:00Z
    ports: [443]
  - product: nf-conntrack
    idle: 12m
backend:
  idle: 5s
`;

const schema = JSON.parse(readFileSync(join(ROOT, 'dist', 'policy.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true }).compile(schema);

test('of several devices the shortest timer wins and is named', async () => {
  const effective = (await load({ 'p.yaml': POLICY })).resolve(inbound());
  assert.deepEqual(
    [effective.seconds, effective.device, effective.action],
    [720, 'nf-conntrack', 'lose-affinity'],
  );
  assert.match(
    effective.text,
    /Of the timers on the path it is the shortest: egress 20 min \(1200 s\), front 15 min/,
  );
  assert.deepEqual(
    effective.considered.map(({ name, won }) => [name, won]),
    [
      ['nf_conntrack_tcp_timeout_established of nf-conntrack', true],
      ['egress', false],
      ['front', false],
    ],
  );
});

test('a device with ports is on the way of their flows only', async () => {
  const policy = await load({ 'p.yaml': POLICY.replace('idle: 12m', 'idle: 16m') });
  assert.equal(policy.resolve(inbound(443)).device, 'front');
  assert.equal(policy.resolve(inbound(80)).device, 'nf-conntrack');
});

test('a configuration younger than the flow is in doubt for it', async () => {
  const policy = await load({ 'p.yaml': POLICY.replace('idle: 12m', 'idle: 16m') });
  const opened = (time: string) => policy.resolve({ ...inbound(), openedAt: Date.parse(time) }).doubts;
  assert.deepEqual(opened('2026-03-02T00:00:00Z'), []);
  assert.deepEqual(opened('2026-02-28T00:00:00Z'), [
    'The flow was opened before 2026-03-01T00:00:00.000Z, when the configuration of front became valid: its timeout may not apply to this flow.',
  ]);
});

test('the ends are read too', async () => {
  assert.deepEqual((await load({ 'p.yaml': POLICY })).ends, {
    client: { keepalive: 300 },
    backend: { idle: 5 },
  });
});

test('the same in JSON', async () => {
  const policy = await load({ 'p.json': parse(POLICY) });
  assert.equal(policy.devices.length, 3);
});

test('a value outside of the range is a problem, not an error', async () => {
  const policy = await load({ 'p.yaml': 'policyVersion: 1\npath: [{product: aws-nlb, idle: 2h}]' });
  assert.equal(policy.resolve(inbound()).seconds, 7200);
  assert.deepEqual(policy.problems, [
    'tcp.idle_timeout.seconds of aws-nlb, 120 min (7200 s), is outside 1 min (60 s) to 100 min (6000 s) (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html).',
  ]);
});

test('the published schema accepts what is accepted, and refuses slips', () => {
  assert.ok(validate(parse(POLICY)), JSON.stringify(validate.errors));
  for (const slip of ['idel: 15m', 'idle: 15', 'idle: 15 minutes', 'addresses: [1]'])
    assert.ok(!validate(parse(POLICY.replace('idle: 15m', slip))), slip);
  assert.ok(!validate({ policyVersion: 2, path: [{ product: 'aws-nlb' }] }));
  assert.ok(!validate({ policyVersion: 1, path: [{ product: 'aws-nlp' }] }));
});

const path = (...lines: string[]) => ({ 'p.yaml': ['policyVersion: 1', 'path:', ...lines].join('\n') });

refuses('policy file', [
  [
    path('  - product: aws-nlb', '    idel: 5m'),
    "p.yaml:4: path[0].idel: unknown key (did you mean 'idle'?); keys of aws-nlb are product, name, since, addresses, ports, idle",
  ],
  [
    path('  - product: aws-nbl'),
    'p.yaml:3: path[0].product: expected a product; "rst-analyze lb list" shows them (did you mean \'aws-nlb\'?), got "aws-nbl"',
  ],
  [
    path('  - idle: 5m'),
    'p.yaml:3: path[0].idle: unknown key; keys of a device are product, name, since, addresses, ports',
  ],
  [
    path('  - product: aws-nlb', '    idle: 350'),
    'p.yaml:4: path[0].idle: expected a duration with its unit, such as 240s, 4m or 1h, or none, got 350',
  ],
  [
    path('  - product: aws-nlb', '    idle: 5 min'),
    'p.yaml:4: path[0].idle: expected a duration with its unit, such as 240s, 4m or 1h, or none, got "5 min"',
  ],
  [
    path('  - product: f5-fastl4', '    reset: of'),
    'p.yaml:4: path[0].reset: expected on or off (did you mean \'off\'?), got "of"',
  ],
  [path('  - product: f5-fastl4', '    reset: 1'), 'p.yaml:4: path[0].reset: expected on or off, got 1'],
  [
    path('  - product: aws-nlb', '    ports: [443, 70000]'),
    'p.yaml:4: path[0].ports[1]: expected a port from 1 to 65535, got 70000',
  ],
  [
    path('  - product: aws-nlb', '    addresses: [lb.example.com]'),
    'p.yaml:4: path[0].addresses[0]: expected an IP address, got "lb.example.com"',
  ],
  [
    path('  - product: aws-nlb', '    since: yesterday'),
    'p.yaml:4: path[0].since: expected a time such as 2026-03-01T12:00:00Z, got "yesterday"',
  ],
  [
    { 'p.yaml': 'policyVersion: 1\npath: []' },
    'p.yaml:2: path: expected a list of devices, got an empty list',
  ],
  [
    { 'p.yaml': 'policyVersion: 2\npath: []' },
    'p.yaml:1: policyVersion: expected a version from 1 to 1, got 2',
  ],
  [
    { 'p.yaml': 'path:\n - product: aws-nlb' },
    'p.yaml:1: policyVersion: expected a version from 1 to 1, got nothing',
  ],
  [
    { 'p.yaml': 'policyVersion: 1\npaht: []' },
    "p.yaml:2: paht: unknown key (did you mean 'path'?); keys of a policy file are policyVersion, client, path, backend",
  ],
  [
    { 'p.yaml': 'policyVersion: 1\nclient: {keepalve: 5m}\npath: [{product: aws-nlb}]' },
    "p.yaml:2: client.keepalve: unknown key (did you mean 'keepalive'?); keys of an end of the path are keepalive, grpcPing, idle, grpcMinPing",
  ],
  [
    { 'p.json': '{\n "policyVersion": 1,\n "path": [\n  {"product": 5}\n ]\n}' },
    'p.json:4: path[0].product: expected a product; "rst-analyze lb list" shows them, got 5',
  ],
  [
    { 'p.yaml': 'policyVersion: 1\npath: [aws-nlb]' },
    'p.yaml:2: path[0]: expected a device, with the keys product, name, since, addresses, ports, got "aws-nlb"',
  ],
]);
