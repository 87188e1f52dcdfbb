import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Result } from '#src/result.js';
import { ROOT } from '../support/root.js';

function around(name: string): Promise<Result> {
  const folder = join(ROOT, 'fixtures/captures', name);
  return analyze({
    captures: ['client', 'server'].map((vantage) => ({ path: join(folder, `${vantage}.pcap`), vantage })),
  });
}

describe('connections that a proxy ends all in one moment', () => {
  it('are named for what they are, the quiet ones no idle timeouts', async () => {
    const { findings } = await around('drain-hard-stop');
    const ended = findings.filter(({ evidence }) => evidence.some(({ id }) => id === 'ended-together'));
    assert.ok(ended.length >= 5, `${ended.length} of them`);
    assert.ok(ended.some(({ idleSeconds }) => (idleSeconds ?? 0) > 5));
    assert.deepEqual(
      [...new Set(ended.map((one) => `${one.class} by ${one.originator}`))],
      ['lb-other by load-balancer'],
    );
    assert.deepEqual(
      ended.filter(({ subtype }) => subtype !== 'drain' && subtype !== 'mass-reset'),
      [],
    );
  });

  it('are none of those that a proxy had kept for later and throws away unused', async () => {
    const { findings } = await around('haproxy-purge');
    const swept = findings.filter(({ evidence }) => evidence.some(({ id }) => id === 'ended-together'));
    assert.deepEqual(swept, []);
  });
});
