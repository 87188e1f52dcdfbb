import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import { ROOT } from '../support/root.js';

async function remedies(name: string, lb: readonly string[]): Promise<readonly string[]> {
  const folder = join(ROOT, 'fixtures', 'captures', name);
  const captures = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    path: join(folder, `${vantage}.pcap`),
  }));
  const { findings } = await analyze({ captures, lb });
  return (
    findings.find(({ class: cause }) => cause === 'lb-idle-timeout')?.remedy.map(({ text }) => text) ?? []
  );
}

test('a keepalive is told with how many of these connections it would have kept', async () => {
  const texts = await remedies('azure-idle-20', ['azure-standard:idle=20s,reset=on']);
  assert.match(
    texts.at(-1) ?? '',
    /at most every 16 s: .* It would have kept \d+ of the \d+ connections that ended idle here\.$/,
  );
});

test('a raised timeout only where somebody spoke again, as only then it is known how long would have been enough', async () => {
  const silent = await remedies('azure-silent-240', ['azure-standard:idle=4m']);
  assert.ok(
    silent.some((text) => /^Raise .*It would have kept \d+ of the \d+/.test(text)),
    silent.join('\n'),
  );
  const atTimer = await remedies('azure-idle-240', ['azure-standard:reset=on,idle=4m']);
  assert.ok(atTimer.every((text) => !/^Raise .*It would have kept/.test(text)));
});
