import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Beginning, OPENED_BODY, OPENED_HTTP } from '#src/flow/opening/beginning.js';
import { readHttpResponse } from '#src/flow/opening/http-response.js';

function read(text: string, end = text.length) {
  const said = new Beginning();
  readHttpResponse(new TextEncoder().encode(text), 0, end, said);
  return said;
}

const response = (body: string, lines: readonly string[] = []) =>
  ['HTTP/1.1 200 OK', ...lines, `Content-Length: ${body.length}`, '', body].join('\r\n');

test('a response is known by its status and body, whatever its header says', () => {
  const one = read(response('served'));
  const other = read(response('served', ['Server: a proxy']).replace('Content-Length', 'content-length'));
  assert.equal(one.kinds, OPENED_HTTP | OPENED_BODY);
  assert.deepEqual([one.request0, one.request1, one.id0, one.id1], [other.request0, 6, other.id0, other.id1]);
});

test('another body or status is another response', () => {
  const one = read(response('served'));
  assert.notEqual(read(response('server')).id0, one.id0);
  assert.notEqual(read(response('served').replace('200', '500')).request0, one.request0);
});

test('a response without a body of known length has none to compare', () => {
  for (const text of [
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nserved',
    response('served').replace('6', 'x'),
    response('served').replace('6', '99999999999'),
  ])
    assert.equal(read(text).kinds & OPENED_BODY, 0, text);
});

test('a response that is cut anywhere has no body to compare', () => {
  const text = response('served');
  for (let end = 0; end < text.length; end += 1)
    assert.equal(read(text, end).kinds & OPENED_BODY, 0, `${end} bytes`);
});

test('what is no response says nothing', () => {
  for (const text of ['', 'HTTP/1.1', 'GET / HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 OK'])
    assert.equal(read(text).kinds, 0, text);
});
