import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { BY_CONTENT, BY_TIME } from '#src/pair/requests/request-pairs.js';
import { SNAT } from '../support/crossing.js';
import { Proxied } from '../support/proxied.js';
import { Story } from '../support/story.js';

const bytes = (text: string) => new TextEncoder().encode(text);

interface Request {
  readonly at: number;
  readonly target?: string;
  readonly lines?: string;
}

/** A connection asks; the proxy's own leg adds lines of its own. */
function asks(story: Story, { at, target = '/', lines = '' }: Request): void {
  story.up({ flags: 'PA', data: bytes(`GET ${target} HTTP/1.1\r\n${lines}\r\n`), at });
}

function answers(story: Story, body: string, at: number): void {
  const text = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  story.down({ flags: 'PA', data: bytes(text), at });
}

/** One request through the proxy and back, 30 ms in all. */
function exchange(client: Story, server: Story, body: string, request: Request, lines = ''): void {
  const { at } = request;
  asks(client, request);
  asks(server, { ...request, lines: `${request.lines ?? ''}${lines}`, at: at + 0.01 });
  answers(server, body, at + 0.02);
  answers(client, body, at + 0.03);
}

function pairing(captures: Proxied) {
  return pairVantages(captures.client.record('client'), captures.server.record('server'));
}

const requestsOf = (captures: Proxied) =>
  Array.from(pairing(captures).requests?.pairs ?? [], ({ client, server }) => [client, server]);

/** Two clients, and one leg that serves both. */
function pool(captures: Proxied) {
  const [one, other] = [captures.legs(), captures.legs()];
  return { clients: [one.client, other.client], leg: one.server };
}

test('requests with identifiers are paired one by one, though all ask for the same', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  for (const [i, at] of [10, 11, 12, 13].entries())
    exchange(clients[i % 2], leg, 'same', { at, lines: `X-Request-Id: ${i}\r\n` });
  assert.deepEqual(
    requestsOf(captures),
    [0, 1, 2, 3].map((row) => [row, row]),
  );
});

test('so are requests with answers of their own', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  for (const [i, at] of [10, 11, 12].entries()) exchange(clients[i % 2], leg, `no. ${i}`, { at });
  assert.deepEqual(
    requestsOf(captures),
    [0, 1, 2].map((row) => [row, row]),
  );
});

test('and those that name different clients', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  const far = new Story(captures.client, { ip: '192.0.2.77', port: 5 }, SNAT.frontend, [3, 4]).handshake(9);
  for (const [client, at] of [[clients[0], 10] as const, [far, 11] as const])
    exchange(client, leg, 'same', { at }, `X-Forwarded-For: ${client.client.ip}\r\n`);
  assert.deepEqual(requestsOf(captures), [
    [0, 0],
    [1, 1],
  ]);
});

test('requests alike in everything pair by their times once others gave a clock, and call that weak', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  for (const [i, at] of [10, 11].entries()) exchange(clients[i], leg, `no. ${i}`, { at });
  for (const [i, at] of [12, 13].entries()) {
    asks(clients[i], { at, target: '/void' });
    asks(leg, { at: at + 0.01, target: '/void' });
  }
  const found = Array.from(pairing(captures).requests?.pairs ?? [], ({ certainty }) => certainty);
  assert.deepEqual(found, [BY_CONTENT, BY_CONTENT, BY_TIME, BY_TIME]);
});

test('alike and at the same time they pair nothing', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  for (const [i, at] of [10, 11].entries()) exchange(clients[i], leg, `no. ${i}`, { at });
  for (const client of clients) asks(client, { at: 12, target: '/void' });
  asks(leg, { at: 12.01, target: '/void' });
  assert.equal(requestsOf(captures).length, 2);
});

test('what a backend was asked before, or answered after, was not for this request', () => {
  for (const shift of [-1, 0.1]) {
    const captures = new Proxied();
    const { clients, leg } = pool(captures);
    for (const [i, at] of [10, 11].entries()) exchange(clients[i], leg, `no. ${i}`, { at });
    asks(clients[0], { at: 12, target: '/void' });
    answers(clients[0], '', 12.05);
    asks(leg, { at: 12 + shift, target: '/void' });
    assert.equal(requestsOf(captures).length, 2, `${shift}`);
  }
});

test('a request that the proxy tried twice has both tries, and the last one counts', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  const second = captures.legs().server;
  const lines = 'X-Request-Id: 9\r\n';
  asks(clients[0], { at: 10, lines });
  asks(leg, { at: 10.01, lines });
  asks(second, { at: 10.02, lines });
  answers(second, 'yes', 10.03);
  answers(clients[0], 'yes', 10.04);
  const { requests } = pairing(captures);
  assert.deepEqual(
    Array.from(requests?.pairs ?? [], ({ client, server }) => [client, server]),
    [
      [0, 0],
      [0, 1],
    ],
  );
  assert.equal(requests?.pairs.partnerOf('client', 0), 1);
});

test('a leg is known by whom it served last before a time', () => {
  const captures = new Proxied();
  const { clients, leg } = pool(captures);
  for (const [i, at] of [10, 11].entries()) exchange(clients[i], leg, `no. ${i}`, { at });
  const { requests } = pairing(captures);
  assert.equal(requests?.carrier('server', 0, 10.5e9)?.connection, 0);
  assert.equal(requests?.carrier('server', 0, 20e9)?.connection, 1);
  assert.equal(requests?.carrier('client', 1, 20e9)?.connection, 0);
  assert.equal(requests?.carrier('server', 0, 5e9), null);
});

test('a request that keeps its sequence number, or its timestamp, was forwarded, and is no proxy’s', () => {
  const captures = new Proxied();
  const lines = 'X-Request-Id: 1\r\n';
  const client = new Story(captures.client, SNAT.client, SNAT.frontend, [7, 8]);
  const server = new Story(captures.server, SNAT.lbPeer, SNAT.backend, [7, 9]);
  for (const story of [client, server]) asks(story, { at: 1, lines });
  assert.deepEqual(requestsOf(captures), []);
});
