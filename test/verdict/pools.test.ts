import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import { ROOT } from '../support/root.js';

test('a reset on a pooled leg is judged by the leg of the client that it served last', async () => {
  const folder = join(ROOT, 'fixtures/pairing/haproxy-reuse');
  const { findings, pairing } = await analyze({
    captures: ['client', 'server'].map((vantage) => ({ path: join(folder, `${vantage}.pcap`), vantage })),
  });
  const relayed = findings.filter(({ subtype }) => subtype === 'relayed-by-proxy');
  assert.deepEqual(
    relayed.map((finding) => [finding.class, finding.originator, finding.path.mode]),
    [['client-originated', 'load-balancer', 'proxy']],
  );
  const [{ evidence }] = relayed;
  const before = evidence.find(({ id }) => id === 'client-reset-before');
  assert.match(before?.text ?? '', /the leg with the last request of this one/);
  assert.ok(before?.frames.some(({ vantage }) => vantage === 'client'));
  assert.ok((pairing.requests ?? 0) > 0);
});
