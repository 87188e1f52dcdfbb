import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Pairing, pairVantages } from '#src/pair/path.js';
import { readAll } from '#src/read-all.js';
import { ROOT } from '../support/root.js';

const LAB = join(ROOT, 'fixtures', 'pairing');
const NANOSECONDS = 1e9;

interface Leg {
  readonly id: string;
  readonly vantage: string;
  readonly file?: string;
  readonly firstFrame: number;
}

/** The parts of `pairs.json` that are looked at (fixtures/lab/README.md). */
interface Labels {
  readonly mode: string;
  readonly path: readonly string[];
  readonly refused: string | null;
  readonly clocks: { readonly server: { readonly offsetNanoseconds: number } };
  readonly legs: readonly Leg[];
  readonly pairs: readonly { readonly legs: readonly [string, string] }[];
}

const labelsOf = (name: string) => JSON.parse(readFileSync(join(LAB, name, 'pairs.json'), 'utf8')) as Labels;

/** Cases in which the box in between keeps connections whole, and that have one file for each side. */
const CASES = readdirSync(LAB).filter((name) => {
  if (!existsSync(join(LAB, name, 'pairs.json'))) return false;
  const { mode, refused, legs } = labelsOf(name);
  return mode !== 'proxy' && refused === null && legs.every(({ file }) => file === undefined);
});

async function pairingOf(name: string): Promise<Pairing> {
  const sources = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    source: { paths: [join(LAB, name, `${vantage}.pcap`)] },
  }));
  const [client, server] = await readAll(sources);
  return pairVantages(client, server);
}

/** First frames of what belongs together at the two ends, over whatever vantages lie in between. */
function expected({ legs, pairs }: Labels): string[] {
  const byId = new Map(legs.map((leg) => [leg.id, leg]));
  const next = new Map(pairs.map((pair) => pair.legs));
  return legs
    .filter(({ vantage }) => vantage === 'client')
    .flatMap((leg) => {
      let at: Leg | undefined = leg;
      while (at !== undefined && at.vantage !== 'server') at = byId.get(next.get(at.id) ?? '');
      return at === undefined ? [] : [`${leg.firstFrame} ${at.firstFrame}`];
    })
    .sort();
}

test('the lab has such cases', () => {
  assert.ok(CASES.length > 10);
});

for (const name of CASES) {
  test(`${name}: every connection is paired, with the right one, and the clock lies within its bounds`, async () => {
    const labels = labelsOf(name);
    const { client, server, pairs, clock } = await pairingOf(name);
    const found = Array.from(pairs, (pair) => {
      const here = client?.log.connections.at(pair.client).firstFrame;
      return `${here} ${server?.log.connections.at(pair.server).firstFrame}`;
    });
    assert.deepEqual(found.sort(), expected(labels));
    assert.ok(clock !== null);
    const off = Math.abs(clock.offset - labels.clocks.server.offsetNanoseconds);
    assert.ok(off <= clock.uncertainty, `${off / NANOSECONDS} s off, ± ${clock.uncertainty / NANOSECONDS} s`);
  });
}
