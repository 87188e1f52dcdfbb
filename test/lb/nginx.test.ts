import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowQuery } from '#src/lb/model.js';
import { refuses } from './fixtures/broken.js';
import { load } from './fixtures/load.js';

const CONFIG = `user www-data;
worker_processes auto;
events { worker_connections 768; }
http {
    include /etc/nginx/mime.types;
    keepalive_timeout 65;  # the default is 75
    upstream kept {
        server 10.0.0.11:8080;
        server 10.0.0.12:8080 backup;
        keepalive 16;
        keepalive_timeout 30s;
    }
    server {
        listen 80 default_server;
        listen [::]:80;
        location / { proxy_pass http://kept; }
    }
    server {
        listen 10.1.0.1:81;
        keepalive_timeout 1h30m;
        location /slow { proxy_pass http://10.0.0.21:9000; proxy_read_timeout 5m; }
        location ~ "^/a{2}$" { keepalive_timeout 20s; return 444; }
    }
}
stream {
    proxy_timeout 10m;
    server { listen 5432; proxy_timeout 1h; proxy_pass 10.0.0.31:5432; }
    server { listen 5433; proxy_pass 10.0.0.32:5432; }
}
`;

const policy = await load({ 'nginx.conf': CONFIG });

const client = (port: number): FlowQuery => ({
  direction: 'inbound',
  frontend: { ip: '10.1.0.1', port },
  backend: null,
  leg: 'client',
});
const server = (port: number, ip: string): FlowQuery => ({
  direction: 'inbound',
  frontend: null,
  backend: { ip, port },
  leg: 'server',
});

test('a server inherits from http', () => {
  const effective = policy.resolve(client(80));
  assert.deepEqual([effective.seconds, effective.action], [65, 'fin-both']);
  assert.match(effective.text, /nginx\.conf:6/);
});

test('the leg to an upstream that keeps connections has the timer of the upstream', () => {
  assert.equal(policy.resolve(server(8080, '10.0.0.12')).seconds, 30);
});

test('the leg to where nothing is kept is bounded by the wait for an answer', () => {
  const effective = policy.resolve(server(9000, '10.0.0.21'));
  assert.equal(effective.seconds, 300);
});

test('locations that disagree leave open which one ended a connection', () => {
  const effective = policy.resolve(client(81));
  assert.equal(effective.seconds, null);
  assert.match(effective.text, /5400 s\).*20 s/);
});

test('a stream server has its own time, or that of stream', () => {
  assert.equal(policy.resolve(client(5432)).seconds, 3600);
  assert.equal(policy.resolve(client(5433)).seconds, 600);
  assert.equal(policy.resolve(server(5432, '10.0.0.32')).seconds, 600);
});

test('includes stay unread, and are said', () => {
  assert.deepEqual(policy.problems, ['nginx.conf:5: include /etc/nginx/mime.types stays unread.']);
});

test('a file that is meant to be included has servers of http', async () => {
  const site = 'server {\n  listen 8080;\n  keepalive_timeout 15s;\n}\n';
  assert.equal((await load({ 'site.conf': site })).resolve(client(8080)).seconds, 15);
});

const http = (line: string) => ({ 'n.conf': `http {\n server {\n  listen 80;\n  ${line}\n }\n}\n` });

refuses('nginx.conf', [
  [
    http('keepalive_timeout abc;'),
    'n.conf:4: keepalive_timeout: expected a time such as 75s, 10m or 1h (seconds without unit), got abc',
  ],
  [
    http('keepalive_timeout;'),
    'n.conf:4: keepalive_timeout: expected a time such as 75s, 10m or 1h (seconds without unit), got nothing',
  ],
  [
    http('keepalive_timeout 5 minutes;keepalive_timeout 1x;'),
    'n.conf:4: keepalive_timeout: expected a time such as 75s, 10m or 1h (seconds without unit), got 1x',
  ],
  [
    http('keepalive_timout 5s;'),
    "n.conf:4: unknown directive keepalive_timout (did you mean 'keepalive_timeout'?)",
  ],
  [
    http('proxy_read_time 5s;'),
    "n.conf:4: unknown directive proxy_read_time (did you mean 'proxy_read_timeout'?)",
  ],
  [http('listen 99999;'), 'n.conf:4: listen: expected an address or a port from 1 to 65535, got 99999'],
  [http('listen a:b:c;'), 'n.conf:4: listen: expected an address or a port from 1 to 65535, got a:b:c'],
  [http('keepalive_timeout 5s'), 'n.conf:4: expected ";" or "{" after keepalive_timeout'],
  [http('}'), 'n.conf:6: unexpected "}": no block is open'],
  [http('location / {'), 'n.conf:1: the block of http has no closing "}"'],
  [http(';'), 'n.conf:4: expected a directive before ";"'],
  [http('add_header X "abc;'), 'n.conf:4: a quote is never closed'],
  [{ 'n.conf': 'http {\n gzip on;\n}\n' }, 'n.conf: expected a server block in http or stream, found none'],
  [
    { 'n.conf': 'stream {\n server { listen 1; proxy_timeout 1q; }\n}\n' },
    'n.conf:2: proxy_timeout: expected a time such as 75s, 10m or 1h (seconds without unit), got 1q',
  ],
]);
