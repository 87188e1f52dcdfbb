import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Finding } from '#src/result.js';
import { ROOT } from '../support/root.js';

async function findingsIn(name: string): Promise<readonly Finding[]> {
  const folder = join(ROOT, 'fixtures/captures', name);
  const captures = ['client', 'server'].map((vantage) => ({
    path: join(folder, `${vantage}.pcap`),
    vantage,
  }));
  return (await analyze({ captures })).findings;
}

describe('what a finding tells besides its cause', () => {
  it('is of a refused health check that nobody was hurt', async () => {
    const refused = (await findingsIn('checks-l4')).filter(({ subtype }) => subtype === 'connection-refused');
    const checks = refused.filter(({ evidence }) => evidence.some(({ id }) => id === 'called-at-interval'));
    assert.ok(checks.length > 0);
    for (const { class: cause, impact, remedy } of checks) {
      assert.deepEqual([cause, impact], ['backend-originated', 'harmless']);
      assert.match(remedy[0]?.text ?? '', /sends no user there/);
    }
  });

  it('is of a race with an idle close how long it had been quiet before, not how long the words were on their way', async () => {
    const races = (await findingsIn('idle-race-snat')).filter(({ subtype }) => subtype === 'idle-close-race');
    assert.ok(races.length > 0);
    for (const { idleSeconds } of races) assert.ok((idleSeconds ?? 0) > 1, `${idleSeconds} s`);
  });
});
