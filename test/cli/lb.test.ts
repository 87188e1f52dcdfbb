import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '#src/cli/main.js';
import { PRODUCTS } from '#src/lb/registry.js';
import { temporaryFolder } from '../support/files.js';
import { ROOT } from '../support/root.js';
import { fakeIo } from './fake-io.js';

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = fakeIo();
  const code = await main(['lb', ...argv], io);
  return { code, out: io.out.join(''), err: io.err.join('') };
}

const twin = (file: string) => join(ROOT, 'fixtures', 'captures', 'azure-precedence-twin', file);
const AZURE = ['--lb', twin('lb.json'), '--lb', twin('pip.json')];

test('lb list has every product, in 80 columns', async () => {
  const { code, out } = await call('list');
  assert.equal(code, 0);
  for (const { model } of PRODUCTS) assert.match(out, new RegExp(`^${model.id} `, 'm'));
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
});

test('lb list --json is for machines', async () => {
  const all = JSON.parse((await call('list', '--json')).out);
  assert.deepEqual(all[0], {
    id: 'azure-standard',
    name: 'Azure Standard Load Balancer',
    idle: '4 min (240 s)',
    atExpiry: 'silent drop',
    whoSeesReset: 'nobody',
    sequenceKept: 'yes',
  });
});

test('lb show tells timers, ranges, precedence and sources', async () => {
  const { code, out } = await call('show', 'aws-nlb');
  assert.equal(code, 0);
  assert.match(
    out,
    /idle: tcp\.idle_timeout\.seconds, 350 s by default, 1 min \(60 s\) to 100 min\s+\(6000 s\)/,
  );
  assert.match(out, /TCP keepalives count/);
  assert.match(out, /then: silent, then RST on the next packet/);
  assert.match(
    out,
    /^ +https:\/\/docs\.aws\.amazon\.com\/elasticloadbalancing\/latest\/network\/update-idle-timeout\.html$/m,
  );
  assert.equal(JSON.parse((await call('show', '--json', 'aws-nlb')).out).id, 'aws-nlb');
});

test('every product can be shown', async () => {
  for (const { model } of PRODUCTS) assert.equal((await call('show', model.id)).code, 0, model.id);
});

test('lb resolve tells the value, who won, who lost, and that it is disputed', async () => {
  const { code, out } = await call('resolve', ...AZURE, '--flow', '192.0.2.114:443');
  assert.equal(code, 0);
  assert.match(out, /^timeout {2}4 min \(240 s\)$/m);
  assert.match(out, /^won {6}frontend public IP pip-14: 4 min/m);
  assert.match(out, /^lost {5}load-balancing rule tcp-443: 6 min/m);
  assert.match(out, /^disputed a user measured/m);
  assert.match(out, /^ {9}https:\/\/github\.com\/MicrosoftDocs\/azure-docs\/issues\/107907$/m);
});

test('lb resolve shows the chain of several devices', async () => {
  const { out } = await call(
    'resolve',
    '--lb',
    'gcp-cloud-nat',
    '--lb',
    'aws-alb',
    '--lb',
    'ipvs',
    '--flow',
    '10.0.0.1:443',
  );
  assert.match(out, /^The path, in order$/m);
  assert.match(out, /^- aws-alb fires first, after 1 min \(60 s\)/m);
});

test('lb resolve knows directions, legs, exits and times', async () => {
  const folder = temporaryFolder();
  const config = folder.write(
    'haproxy.cfg',
    'listen x\n mode tcp\n bind :443\n timeout client 1m\n timeout server 2m\n server s 10.0.0.9:80\n',
  );
  const proxied = JSON.parse(
    (await call('resolve', '--lb', config, '--backend', '10.0.0.9:80', '--leg', 'server', '--json')).out,
  );
  assert.deepEqual([proxied.seconds, proxied.rule], [60, 'haproxy/shorter-leg']);
  const out = JSON.parse((await call('resolve', ...AZURE, '--outbound', '--json')).out);
  assert.equal(out.rule, 'azure/outbound-locked');
  const never = JSON.parse((await call('resolve', '--lb', 'katran', '--json')).out);
  assert.equal(never.seconds, null);
});

test('what cannot be used is one line', async () => {
  const refused = async (...argv: string[]) => {
    const { code, err } = await call(...argv);
    assert.equal(code, 2);
    return err.replace('rst-analyze: ', '').trim();
  };
  assert.equal(
    await refused('lst'),
    "say what: lb list, lb show <product> or lb resolve (did you mean 'list'?)",
  );
  assert.equal(await refused('list', 'x'), 'lb list takes no arguments; lb show <product> shows one product');
  assert.equal(
    await refused('show', 'aws-nbl'),
    'say which one product to show (did you mean \'aws-nlb\'?): "rst-analyze lb list" has their names, such as aws-nlb',
  );
  assert.match(await refused('resolve', '--flow', '1.2.3.4:5'), /^lb resolve needs --lb/);
  assert.match(
    await refused('resolve', '--lb', 'ipvs', '--flow', 'lb.example:443'),
    /^--flow lb\.example:443 is no address with a port/,
  );
  assert.match(await refused('resolve', '--lb', 'ipvs', '--opened', 'noon'), /^--opened noon is no time/);
  assert.match(await refused('resolve', '--lb', 'ipvs', '--from', 'x'), /^--from x is no IP address/);
});
