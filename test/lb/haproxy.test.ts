import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowQuery } from '#src/lb/model.js';
import { refuses } from './fixtures/broken.js';
import { load } from './fixtures/load.js';

const CONFIG = `
global
    log /dev/log local0
    maxconn 4096   # not about flows

defaults
    mode http
    timeout connect 5s
    timeout client  50000
    timeout server  50s

frontend web
    bind :80
    bind [2001:db8::1]:443 ssl crt "/etc/ssl/my cert.pem"
    timeout http-keep-alive 10s
    use_backend api if { path_beg /api }
    default_backend app

backend app
    server a1 10.0.0.11:8080 check
backend api
    option nolinger
    server b1 10.0.0.21:9000

listen db
    mode tcp
    bind 10.1.0.1:5432
    timeout client 1m
    timeout server 3m
    timeout tunnel 1h
    server pg 10.0.0.31:5432
`;

const at = (leg: 'client' | 'server', port: number, ip = '10.1.0.1'): FlowQuery => ({
  direction: 'inbound',
  frontend: leg === 'client' ? { ip, port } : null,
  backend: leg === 'server' ? { ip, port } : null,
  leg,
});

const policy = await load({ 'haproxy.cfg': CONFIG });

test('times without a unit are milliseconds; what a section does not say, its defaults say', async () => {
  const effective = policy.resolve(at('client', 80));
  assert.deepEqual([effective.seconds, effective.action], [10, 'fin-both']);
  const bare = await load({ 'haproxy.cfg': CONFIG.replace('timeout http-keep-alive 10s', '') });
  assert.deepEqual(
    [bare.resolve(at('client', 80)).seconds, bare.resolve(at('client', 80)).rule],
    [50, 'haproxy/http-keep-alive'],
  );
});

test('a section may name its defaults', async () => {
  const two =
    'defaults a\n mode tcp\n timeout client 1m\n timeout server 1m\ndefaults b\n mode tcp\n timeout client 2m\n timeout server 2m\n';
  const listen = (from: string) => `${two}listen x${from}\n bind :1\n server s 10.0.0.1:1\n`;
  assert.equal((await load({ 'h.cfg': listen('') })).resolve(at('client', 1)).seconds, 120);
  assert.equal((await load({ 'h.cfg': listen(' from a') })).resolve(at('client', 1)).seconds, 60);
});

test('in TCP mode timeout tunnel replaces the timeouts of both sides', () => {
  const effective = policy.resolve(at('client', 5432));
  assert.deepEqual(
    [effective.seconds, effective.action, effective.rule],
    [3600, 'fin-client-rst-server', 'haproxy/tunnel-replaces'],
  );
  assert.deepEqual(
    effective.considered.map(({ name, seconds, won }) => [name, seconds, won]),
    [
      ['timeout tunnel of listen db', 3600, true],
      ['timeout server of listen db', 180, false],
      ['timeout client of listen db', 60, false],
    ],
  );
  assert.match(effective.text, /\(haproxy\.cfg:\d+\)\.$/);
});

test('without a tunnel timeout the shorter side ends both, each in its own way', async () => {
  const short = await load({ 'haproxy.cfg': CONFIG.replace('timeout tunnel 1h', '') });
  const client = short.resolve(at('server', 5432, '10.0.0.31'));
  assert.deepEqual([client.seconds, client.action], [60, 'fin-both']);
  const swapped = CONFIG.replace('timeout tunnel 1h', '').replace('timeout client 1m', 'timeout client 5m');
  const server = (await load({ 'haproxy.cfg': swapped })).resolve(at('client', 5432));
  assert.deepEqual([server.seconds, server.action], [180, 'fin-client-rst-server']);
});

test('a listener that is not there is told', () => {
  const effective = policy.resolve(at('client', 6000));
  assert.deepEqual([effective.seconds, effective.rule], [null, 'path/no-device']);
});

test('the frontend of a flow is found by the server that it went to', () => {
  const effective = policy.resolve(at('server', 9000, '10.0.0.21'));
  assert.match(effective.text, /frontend web, backend api/);
});

test('a timeout that is not set never fires', async () => {
  const bare = 'listen x\n bind :1\n mode tcp\n server s 10.0.0.1:1\n';
  const effective = (await load({ 'h.cfg': bare })).resolve(at('client', 1));
  assert.equal(effective.seconds, Number.POSITIVE_INFINITY);
  assert.match(effective.text, /never fires/);
});

test('conditional lines and variables are said, not guessed', async () => {
  const text = `.if defined(X)\nlisten x\n bind :1\n timeout client 5s # ok\n server s 10.0.0.1:1\n`;
  await assert.rejects(load({ 'h.cfg': text }), /h\.cfg:1: \.if: expected a section before any setting/);
  const inside = `listen x\n bind :1\n.if defined(X)\n timeout client 5s\n.endif\n server s 10.0.0.1:1\n`;
  assert.deepEqual((await load({ 'h.cfg': inside })).problems, [
    'h.cfg:3: conditional lines are read as if all held.',
  ]);
});

const listen = (line: string) => ({
  'h.cfg': `listen x\n mode tcp\n bind :1\n ${line}\n server s 10.0.0.1:1\n`,
});

refuses('haproxy.cfg', [
  [
    listen('timeout clint 5s'),
    "h.cfg:4: timeout clint: unknown timeout (did you mean 'client'?); timeouts are check, client, client-fin, client-hs, connect, http-keep-alive, http-request, queue, server, server-fin, tarpit, tunnel",
  ],
  [
    listen('timeout client 5x'),
    'h.cfg:4: timeout client: expected a time such as 30s, 5m or 1h (milliseconds without unit), got 5x',
  ],
  [
    listen('timeout client'),
    'h.cfg:4: timeout client: expected a time such as 30s, 5m or 1h (milliseconds without unit), got nothing',
  ],
  [
    listen('timeout client 1.5s'),
    'h.cfg:4: timeout client: expected a time such as 30s, 5m or 1h (milliseconds without unit), got 1.5s',
  ],
  [listen('timout client 5s'), "h.cfg:4: unknown keyword timout (did you mean 'timeout'?)"],
  [listen('mode tcpp'), "h.cfg:4: mode tcpp: expected tcp or http (did you mean 'tcp'?)"],
  [
    listen('bind 10.0.0.5'),
    'h.cfg:4: bind: expected an address with a port such as 10.0.0.5:443 or :443, got 10.0.0.5',
  ],
  [listen('bind :70000'), 'h.cfg:4: bind: expected a port from 1 to 65535, got :70000'],
  [
    listen('bind'),
    'h.cfg:4: bind: expected an address with a port such as 10.0.0.5:443 or :443, got nothing',
  ],
  [listen('log-format "%ci'), 'h.cfg:4: expected a closing " on the same line'],
  [listen("log-tag 'x"), "h.cfg:4: expected a closing ' on the same line"],
  [{ 'h.cfg': 'frontend\n bind :1\n mode tcp\n' }, 'h.cfg:1: frontend: expected a name'],
  [
    { 'h.cfg': 'timeout client 5s\nlisten x\n bind :1\n mode tcp\n' },
    'h.cfg:1: timeout: expected a section before any setting',
  ],
  [
    { 'h.cfg': 'lisen x\n bind :1\nglobal\n mode tcp\n' },
    "h.cfg:1: lisen: expected a section (did you mean 'listen'?) before any setting",
  ],
  [
    { 'h.cfg': 'frontend f\n bind :1\n mode tcp\n default_backend ap\nbackend app\n server s 10.0.0.1:1\n' },
    "h.cfg:4: default_backend ap: there is no such backend (did you mean 'app'?)",
  ],
  [
    { 'h.cfg': 'defaults base\n mode tcp\nlisten x from bas\n bind :1\n' },
    "h.cfg:3: from bas: there is no such defaults section (did you mean 'base'?)",
  ],
  [
    { 'h.cfg': 'defaults\n mode tcp\n timeout client 5s\n' },
    'h.cfg: expected a frontend or listen section with a bind line, found none',
  ],
]);
