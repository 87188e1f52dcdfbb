import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { SNAT } from '../support/crossing.js';
import { exchange, Proxied } from '../support/proxied.js';
import { Story } from '../support/story.js';

function pairing(captures: Proxied) {
  return pairVantages(captures.client.record('client'), captures.server.record('server'));
}

const pairsOf = (captures: Proxied) =>
  Array.from(pairing(captures).pairs, ({ client, server, method }) => [client, server, method]);

const header = (port: number, ip = SNAT.client.ip) => `PROXY TCP4 ${ip} 198.51.100.7 ${port} 443\r\n`;
const WORDS = 'what only these two have said to each other';

test('the PROXY protocol says whose connection the server’s leg is, though all say the same', () => {
  const captures = new Proxied();
  const all = [captures.legs(), captures.legs(), captures.legs()];
  for (const [i, legs] of [...all].reverse().entries()) exchange(legs, 'hi', 'ho', header(40_003 - i));
  assert.deepEqual(
    pairsOf(captures),
    [0, 1, 2].map((row) => [row, row, 'proxy-protocol']),
  );
});

test('a header that names the proxy itself, or nobody, pairs nothing', () => {
  for (const front of [header(31_001, SNAT.lbPeer.ip), 'PROXY UNKNOWN\r\n']) {
    const captures = new Proxied();
    exchange(captures.legs(), '', '', front);
    assert.deepEqual(pairsOf(captures), []);
  }
});

test('a header that two legs of the server begin with pairs neither', () => {
  const captures = new Proxied();
  for (const legs of [captures.legs(), captures.legs()]) exchange(legs, 'hi', 'ho', header(40_001));
  assert.deepEqual(pairsOf(captures), []);
});

test('TLS that passes through is known by its ClientHello', () => {
  const captures = new Proxied();
  const hello = (random: number) =>
    String.fromCharCode(22, 3, 1, 0, 80, 1, 0, 0, 76, 3, 3, ...Array(32).fill(random), 0, 0, 2, 19, 1, 1, 0);
  for (const random of [1, 2]) exchange(captures.legs(), hello(random), 'the same answer to both');
  assert.deepEqual(pairsOf(captures), [
    [0, 0, 'tls-hello'],
    [1, 1, 'tls-hello'],
  ]);
});

/** An HTTP proxy in between: it names the client to the backend. */
function forwarded(captures: Proxied, requests: readonly string[], ip = SNAT.client.ip): void {
  const { client, server } = captures.legs();
  for (const request of requests) {
    const line = `GET ${request} HTTP/1.1\r\n`;
    client.up({ flags: 'PA', data: new TextEncoder().encode(`${line}\r\n`) });
    server.up({ flags: 'PA', data: new TextEncoder().encode(`${line}X-Forwarded-For: ${ip}\r\n\r\n`) });
  }
}

test('requests that name their client pair the legs that carry them', () => {
  const captures = new Proxied();
  forwarded(captures, ['/a', '/b']);
  forwarded(captures, ['/a', '/c']);
  assert.deepEqual(pairsOf(captures), [
    [0, 0, 'http-forwarded'],
    [1, 1, 'http-forwarded'],
  ]);
});

test('requests of another client pair nothing', () => {
  const captures = new Proxied();
  forwarded(captures, ['/a'], '192.0.2.99');
  assert.deepEqual(pairsOf(captures), []);
});

test('a leg of a pool is nobody’s partner', () => {
  const captures = new Proxied();
  const [one, other] = [captures.legs(), captures.legs()];
  const say = (story: Story, text: string) => story.up({ flags: 'PA', data: new TextEncoder().encode(text) });
  for (const [i, { client }] of [one, other].entries()) say(client, `GET /${i} HTTP/1.1\r\n\r\n`);
  for (const i of [0, 1]) say(one.server, `GET /${i} HTTP/1.1\r\nX-Forwarded-For: 192.0.2.1${i}\r\n\r\n`);
  assert.deepEqual(pairsOf(captures), []);
});

test('the same words both ways pair two legs, however they are cut', () => {
  const captures = new Proxied();
  const { client, server } = captures.legs();
  for (const letter of WORDS) client.up({ flags: 'PA', data: new TextEncoder().encode(letter) });
  server.up({ flags: 'PA', data: new TextEncoder().encode(WORDS) });
  assert.deepEqual(pairsOf(captures), [[0, 0, 'stream']]);
});

test('what two connections of a vantage say pairs nothing, and no more do a few bytes', () => {
  const twice = new Proxied();
  for (const legs of [twice.legs(), twice.legs()]) exchange(legs, WORDS, WORDS);
  assert.deepEqual(pairsOf(twice), []);
  const short = new Proxied();
  exchange(short.legs(), 'ping', 'pong');
  assert.deepEqual(pairsOf(short), []);
});

test('a connection whose other direction differs is another one', () => {
  const captures = new Proxied();
  const { client, server } = captures.legs();
  for (const story of [client, server]) story.up({ flags: 'PA', data: new TextEncoder().encode(WORDS) });
  client.down({ flags: 'PA', data: new TextEncoder().encode('yes') });
  server.down({ flags: 'PA', data: new TextEncoder().encode('no') });
  assert.deepEqual(pairsOf(captures), []);
});

test('what has an initial number in common was forwarded, and is no proxy’s', () => {
  const captures = new Proxied();
  const client = new Story(captures.client, SNAT.client, SNAT.frontend, [7, 8]).handshake();
  const server = new Story(captures.server, SNAT.lbPeer, SNAT.backend, [7, 9]).handshake();
  exchange({ client, server }, WORDS, WORDS);
  assert.deepEqual(pairsOf(captures), []);
});

test('on a service whose connections are forwarded no other one is taken for a proxy’s', () => {
  const captures = new Proxied();
  captures.handshake(
    { ...SNAT, client: { ...SNAT.client, port: 1 }, lbPeer: { ...SNAT.lbPeer, port: 1 } },
    [7, 8],
  );
  exchange(captures.legs(), WORDS, WORDS);
  assert.deepEqual(pairsOf(captures), [[0, 0, 'isn']]);
});

test('the path through a proxy has its mode, and so has a leg of it without a partner', () => {
  const captures = new Proxied();
  exchange(captures.legs(), WORDS, WORDS);
  captures.legs();
  const found = pairing(captures);
  assert.equal(found.path(0, 0, 'stream').mode, 'proxy');
  assert.equal(found.path(1, null, null).mode, 'proxy');
  assert.equal(found.path(null, 1, null).mode, 'proxy');
});

test('cause and effect of what is said bound the clock', () => {
  const captures = new Proxied();
  const ahead = 5;
  for (const i of [0, 1, 2]) {
    const { client, server } = captures.legs(10 * i);
    const say = (text: string) => new TextEncoder().encode(`${text} ${i} of these words`);
    client.up({ flags: 'PA', data: say('question'), at: 10 * i + 1 });
    server.up({ flags: 'PA', data: say('question'), at: 10 * i + 1.01 + ahead });
    server.down({ flags: 'PA', data: say('answer'), at: 10 * i + 1.02 + ahead });
    client.down({ flags: 'PA', data: say('answer'), at: 10 * i + 1.03 });
  }
  const { clock } = pairing(captures);
  assert.ok(clock !== null && clock.samples === 6);
  assert.ok(Math.abs(clock.offset / 1e9 - ahead) <= clock.uncertainty / 1e9 + 1e-9);
  assert.ok(clock.uncertainty <= 0.0101e9, `${clock.uncertainty}`);
});

/** An HTTP proxy that says its own header lines. */
function rewritten(captures: Proxied, target: string, body: string | null): void {
  const { client, server } = captures.legs();
  const say = (text: string) => new TextEncoder().encode(text);
  client.up({ flags: 'PA', data: say(`GET ${target} HTTP/1.1\r\nHost: www\r\n\r\n`) });
  server.up({ flags: 'PA', data: say(`GET ${target} HTTP/1.1\r\nhost: backend\r\n\r\n`) });
  if (body === null) return;
  const length = `ontent-Length: ${body.length}\r\n\r\n${body}`;
  server.down({ flags: 'PA', data: say(`HTTP/1.1 200 OK\r\nC${length}`) });
  client.down({ flags: 'PA', data: say(`HTTP/1.1 200 OK\r\nVia: 1.1 lb\r\nc${length}`) });
}

test('the same request and the same body pair the legs of a proxy that rewrites headers', () => {
  const captures = new Proxied();
  for (const body of ['one', 'two']) rewritten(captures, '/', body);
  assert.deepEqual(pairsOf(captures), [
    [0, 0, 'http-content'],
    [1, 1, 'http-content'],
  ]);
});

test('where others gave a clock, a request at the same time pairs the legs that carry it, and only then', () => {
  const captures = new Proxied();
  for (const body of ['one', 'two']) rewritten(captures, '/', body);
  rewritten(captures, '/unanswered', null);
  assert.deepEqual(pairsOf(captures).at(2), [2, 2, 'timing']);
  const alone = new Proxied();
  rewritten(alone, '/unanswered', null);
  assert.deepEqual(pairsOf(alone), []);
});

test('of two legs that opened with the same words at once, time tells neither', () => {
  const captures = new Proxied();
  for (const body of ['one', 'two']) rewritten(captures, '/', body);
  for (const _ of [1, 2]) {
    const { client, server } = captures.legs(10);
    for (const story of [client, server]) story.up({ flags: 'PA', data: new TextEncoder().encode(WORDS) });
  }
  assert.equal(pairsOf(captures).length, 2);
});
