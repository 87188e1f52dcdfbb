import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyze } from '#src/analyze.js';
import { pairVantages } from '#src/pair/path.js';
import { readAll } from '#src/read-all.js';
import type { Endpoint } from '#src/result.js';
import { ROOT } from '../support/root.js';

const FOLDER = join(ROOT, 'fixtures', 'pairing');
/** Through a proxy nothing tells legs apart that said nothing, or the same words as others. */
const UNTELLABLE = /^(refused|same-words)/;
/** Methods that have to find each pair that says something. */
const WHOLE = ['haproxy-tcp-v1', 'haproxy-tcp-v2-v6', 'haproxy-http-v2', 'haproxy-http-xff', 'tls-haproxy'];

interface Leg {
  readonly id: string;
  readonly vantage: string;
  readonly connection: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
}

interface Known {
  readonly mode: string;
  readonly path: readonly string[];
  readonly legs: readonly Leg[];
  readonly pairs: readonly { readonly legs: readonly [string, string] }[];
}

const known = (name: string) => JSON.parse(readFileSync(join(FOLDER, name, 'pairs.json'), 'utf8')) as Known;
const proxied = readdirSync(FOLDER).filter(
  (name) => known(name).mode === 'proxy' && known(name).path.length === 2,
);

const text = (a: Endpoint, b: Endpoint) => `${a.ip} ${a.port} ${b.ip} ${b.port}`;

async function pairsOf(name: string) {
  const { legs, pairs } = known(name);
  const sources = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    source: { paths: [join(FOLDER, name, `${vantage}.pcap`)] },
  }));
  const [client, server] = await readAll(sources);
  const pairing = pairVantages(client, server);
  const byEnds = new Map(legs.map((leg) => [`${leg.vantage} ${text(leg.client, leg.server)}`, leg]));
  const legOf = (end: 'client' | 'server', row: number) =>
    byEnds.get(`${end} ${text(pairing.endpointOf(end, row, 0), pairing.endpointOf(end, row, 1))}`) as Leg;
  const found = Array.from(pairing.pairs, (pair) => [
    legOf('client', pair.client),
    legOf('server', pair.server),
  ]);
  return { found, pairs, legs };
}

for (const name of proxied) {
  describe(name, async () => {
    const { found, pairs, legs } = await pairsOf(name);
    const right = new Set(pairs.map((pair) => pair.legs.join(' ')));
    const has = new Set(found.map(([a, b]) => `${a.id} ${b.id}`));

    it('pairs no two legs that do not belong together', () => {
      assert.deepEqual(
        [...has].filter((pair) => !right.has(pair)),
        [],
      );
    });

    if (WHOLE.includes(name)) {
      it('pairs all that said something of their own', () => {
        const told = new Set(
          legs.filter(({ connection }) => !UNTELLABLE.test(connection)).map(({ id }) => id),
        );
        const missed = [...right].filter((pair) => !has.has(pair) && told.has(pair.split(' ')[0] as string));
        assert.deepEqual(missed, []);
      });
    }

    it('says of no reset with confidence what is wrong', async () => {
      const truth = JSON.parse(readFileSync(join(FOLDER, name, 'truth.json'), 'utf8'));
      const captures = (['client', 'server'] as const).map((vantage) => ({
        vantage,
        path: join(FOLDER, name, `${vantage}.pcap`),
      }));
      const { findings } = await analyze({ captures });
      const wrong: string[] = [];
      for (const connection of truth.connections)
        for (const reset of connection.resets) {
          if (reset.file !== undefined) continue;
          const finding = findings.find(({ resets }) =>
            resets.some((one) => one.vantage === reset.vantage && one.frame === reset.frame),
          );
          const labels = [reset, ...(reset.alsoAccepted ?? [])];
          const isRight = labels.some(
            (one) => one.class === finding?.class && one.originator === finding?.originator,
          );
          if (
            finding !== undefined &&
            finding.confidence >= 0.9 &&
            finding.class !== 'undetermined' &&
            !isRight
          )
            wrong.push(`${connection.id} ${reset.vantage} ${reset.frame}: ${finding.class}`);
        }
      assert.deepEqual(wrong, []);
    });
  });
}
