import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { IMPORTERS } from '#src/lb/importers/registry.js';
import { armForm, lb, pip, rule } from './fixtures/azure.js';
import { load } from './fixtures/load.js';

const UNDERSTOOD = `understood are: ${IMPORTERS.flatMap(({ understands }) => understands).join('; ')}`;

const withRule = (over: Record<string, unknown>) => lb({ loadBalancingRules: [rule(over)] });

/** Each broken input with the whole message that it gets. */
const BROKEN: readonly (readonly [files: Readonly<Record<string, unknown>>, message: string])[] = [
  [{ 'lb.json': '' }, 'lb.json is empty'],
  [{ 'lb.json': '{\n  "name": "x"\n  "sku": 1\n}' }, 'lb.json:3:3: not valid JSON: expected "," or "}"'],
  [{ 'lb.json': '{"a": [1, 2,]}' }, 'lb.json:1:13: not valid JSON: expected a value'],
  [{ 'lb.json': '{"a": {"b": 1' }, 'lb.json:1:14: not valid JSON: expected "," or "}"'],
  [{ 'lb.json': "{'a': 1}" }, 'lb.json:1:2: not valid JSON: expected a key in double quotes or "}"'],
  [{ 'lb.json': '{"a": True}' }, 'lb.json:1:7: not valid JSON: expected a value'],
  [{ 'lb.json': '{} {}' }, 'lb.json:1:4: not valid JSON: expected nothing more'],
  [
    { 'lb.yaml': 'name: x\nsku: [1, 2\nid: y\n' },
    'lb.yaml:3:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [{ 'lb.json': '{\0}' }, 'lb.json is not UTF-8 text; save it again as UTF-8'],
  [{ 'lb.json': { name: 'x' } }, `lb.json is no load balancer configuration that is known; ${UNDERSTOOD}`],
  [
    { 'lb.txt': 'just a note', 'lb.json': lb() },
    `lb.txt is no load balancer configuration that is known; ${UNDERSTOOD}`,
  ],
  [
    { 'gw.json': lb({ type: 'Microsoft.Network/applicationGateways' }) },
    `gw.json is no load balancer configuration that is known; ${UNDERSTOOD}`,
  ],
  [
    { 'pip.json': pip() },
    'pip.json holds only a public IP; the load balancer is missing: add the output of "az network lb show"',
  ],
  [
    { 'lb.json': withRule({ idleTimeoutInMinutes: '15' }) },
    'lb.json:23: loadBalancingRules[0].idleTimeoutInMinutes: expected a number, got "15"',
  ],
  [
    { 'lb.json': armForm(withRule({ enableTcpReset: 'yes' })) },
    'lb.json:30: properties.loadBalancingRules[0].properties.enableTcpReset: expected true or false, got "yes"',
  ],
  [
    { 'lb.json': [withRule({ frontendPort: 70_000 })] },
    'lb.json:23: [0].loadBalancingRules[0].frontendPort: expected at most 65535, got 70000',
  ],
  [
    { 'lb.json': withRule({ frontendPort: 44.3 }) },
    'lb.json:22: loadBalancingRules[0].frontendPort: expected a whole number, got 44.3',
  ],
  [
    { 'lb.json': withRule({ protocol: undefined }) },
    'lb.json:14: loadBalancingRules[0].protocol: expected a text, got nothing',
  ],
  [
    { 'lb.json': lb({ loadBalancingRules: {} }) },
    'lb.json:13: loadBalancingRules: expected a list, got an object',
  ],
  [
    { 'lb.json': lb(), 'pip.json': pip({ idleTimeoutInMinutes: 0 }) },
    'pip.json:3: idleTimeoutInMinutes: expected more than 0, got 0',
  ],
  [
    { 'lb.json': '{"loadBalancingRules": [], "frontendIpConfigurations": [{}]}' },
    'lb.json:1: frontendIpConfigurations[0].name: expected a text, got nothing',
  ],
  [
    { 'lb.json': [lb(), lb({ name: 'b' })] },
    'more than one load balancer: shop-lb in lb.json, b in lb.json; give the one in the captures',
  ],
  [
    { 'lb.json': lb(), 'a.json': pip(), 'b.json': pip({ idleTimeoutInMinutes: 9 }) },
    'public IP shop-pip is given twice, with 4 and with 9 minutes; give it once',
  ],
];

for (const [files, message] of BROKEN) {
  test(message, async () => {
    await assert.rejects(
      load(files),
      (error) => error instanceof InputError && assert.equal(error.message, message) === undefined,
    );
  });
}

test('a file that does not exist is named', async () => {
  await assert.rejects(load({}, ['lb.json']), { message: 'lb.json cannot be read: there is no such file' });
});

test('nesting without end and aliases without end are errors like any other', async () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghij'.split('').map((name, i) => {
      const last = 'abcdefghij'[i];
      return `${name}: &${name} [${Array(9).fill(`*${last}`).join(',')}]`;
    }),
  ].join('\n');
  await assert.rejects(load({ 'lb.yaml': bomb }), InputError);
  await assert.rejects(load({ 'lb.yaml': `- ${'['.repeat(100_000)}` }), InputError);
  await assert.rejects(load({ 'lb.json': `${'['.repeat(100_000)}${']'.repeat(100_000)}` }), InputError);
});
