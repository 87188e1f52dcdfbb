import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Beginning, OPENED_HTTP, OPENED_REQUEST_ID } from '#src/flow/opening/beginning.js';
import { readHttpRequest } from '#src/flow/opening/http-request.js';

function read(...lines: readonly string[]) {
  const bytes = new TextEncoder().encode([...lines, '', ''].join('\r\n'));
  const said = new Beginning();
  readHttpRequest(bytes, 0, bytes.length, said);
  return said;
}

const forwarded = (said: Beginning) =>
  said.forwarded.family === 0
    ? null
    : [...said.forwarded.bytes.subarray(0, said.forwarded.family === 4 ? 4 : 16)].join('.');

test('the nearest proxy names whom it had the request from', () => {
  const cases = [
    'X-Forwarded-For: 192.0.2.1',
    'x-forwarded-for:\t192.0.2.1 ',
    'X-Forwarded-For: 203.0.113.9, 192.0.2.1',
    'X-Forwarded-For: unknown,192.0.2.1:40000',
    'Forwarded: for=192.0.2.1',
    'Forwarded: for=203.0.113.9, proto=http;For="192.0.2.1:40000";by=_lb',
  ];
  for (const line of cases) assert.equal(forwarded(read('GET / HTTP/1.1', line)), '192.0.2.1', line);
});

test('of several lines the last one counts', () => {
  const said = read('GET / HTTP/1.1', 'X-Forwarded-For: 203.0.113.9', 'X-Forwarded-For: 192.0.2.1');
  assert.equal(forwarded(said), '192.0.2.1');
});

test('IPv6 is read in brackets and without', () => {
  const want = '32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1';
  for (const line of ['X-Forwarded-For: 2001:db8::1', 'Forwarded: for="[2001:db8::1]:4711"'])
    assert.equal(forwarded(read('GET / HTTP/1.1', line)), want, line);
});

test('what is no address names nobody', () => {
  const values = [
    '',
    'unknown',
    '192.0.2',
    '192.0.2.1.5',
    '1.2.3.4:99999',
    '[::1',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7:8:9',
    '::1:',
  ];
  for (const value of values)
    assert.equal(forwarded(read('GET / HTTP/1.1', `X-Forwarded-For: ${value}`)), null, value);
});

test('identifiers and targets tell requests apart', () => {
  const one = read('GET /a HTTP/1.1', 'X-Request-ID: 1');
  const other = read('GET /b HTTP/1.1', 'x-request-id: 2');
  assert.equal(one.kinds, OPENED_HTTP | OPENED_REQUEST_ID);
  assert.notDeepEqual([one.id0, one.id1], [other.id0, other.id1]);
  assert.notDeepEqual([one.request0, one.request1], [other.request0, other.request1]);
  const same = read('GET /a HTTP/1.1', 'Host: x', 'x-request-id:1');
  assert.deepEqual([one.id0, one.id1, one.request0], [same.id0, same.id1, same.request0]);
});

test('what is no request says nothing', () => {
  for (const line of ['HTTP/1.1 200 OK', 'GET /', 'GET / SPDY/3', 'GETS / HTTP/1.1', '', 'get / HTTP/1.1'])
    assert.equal(read(line, 'X-Forwarded-For: 192.0.2.1').kinds, 0, line);
});

test('headers behind the end of the segment are not read', () => {
  const bytes = new TextEncoder().encode('GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n');
  for (let end = 0; end < bytes.length - 2; end += 1) {
    const said = new Beginning();
    readHttpRequest(bytes, 0, end, said);
    assert.equal(forwarded(said), null, `${end} bytes`);
  }
});
