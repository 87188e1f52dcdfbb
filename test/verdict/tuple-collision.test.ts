import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import { ROOT } from '../support/root.js';

describe('two connections with the same ends at the backend', async () => {
  for (const name of ['folded-snat', 'folded-snat-v6']) {
    const folder = join(ROOT, 'fixtures/pairing', name);
    const { findings, pairing } = await analyze({
      captures: ['client', 'server'].map((vantage) => ({ path: join(folder, `${vantage}.pcap`), vantage })),
    });
    const collisions = findings.filter(({ subtype }) => subtype === 'tuple-collision');

    it(`${name}: the balancer is to blame, whoever built the reset`, () => {
      assert.deepEqual(
        collisions.map((finding) => [finding.class, finding.originator, finding.impact]),
        [
          ['lb-other', 'client', 'harmful'],
          ['lb-other', 'load-balancer', 'harmful'],
          ['lb-other', 'client', 'harmful'],
          ['lb-other', 'load-balancer', 'harmful'],
        ],
      );
    });

    it(`${name}: each names the other connection, and cites the SYN and what answered it`, () => {
      for (const { evidence, path } of collisions) {
        const line = evidence.find(({ id }) => id === 'tuple-folded');
        const own = path.client?.ip ?? '';
        const others = collisions.flatMap((one) => one.path.client?.ip ?? []).filter((ip) => ip !== own);
        assert.ok(
          others.some((ip) => line?.text.includes(ip)),
          line?.text,
        );
        assert.ok((line?.frames.filter(({ vantage }) => vantage === 'server').length ?? 0) >= 2);
      }
    });

    it(`${name}: the report counts them`, () => {
      assert.equal(pairing.folded, 2);
    });
  }
});
