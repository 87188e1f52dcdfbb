import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import { type Finding, type LadderStep, resultSchema } from '#src/result.js';
import { ROOT } from '../support/root.js';

async function findingsOf(name: string, vantages: readonly ('client' | 'server')[]): Promise<Finding[]> {
  const folder = join(ROOT, 'fixtures', 'captures', name);
  const captures = vantages.map((vantage) => ({ vantage, path: join(folder, `${vantage}.pcap`) }));
  const result = await analyze({ captures, ladders: true });
  assert.deepEqual(resultSchema.parse(result), result, 'the ladder is part of the published schema');
  return result.findings;
}

async function stepsOf(name: string, vantages: readonly ('client' | 'server')[] = ['client', 'server']) {
  return (await findingsOf(name, vantages))[0].ladder?.steps ?? [];
}

const story = (steps: readonly LadderStep[]) =>
  steps.map(({ from, flags, fate }) => `${from} ${flags} ${fate}`);

test('resets to both ends: the handshake, the last words, the silence, and two resets that nobody sent', async () => {
  const steps = await stepsOf('azure-idle-240');
  assert.deepEqual(story(steps).slice(0, 3), ['client S crossed', 'backend SA crossed', 'client A crossed']);
  assert.deepEqual(story(steps).slice(-2), ['backend RA made-between', 'client RA made-between']);
  const [last, reset] = steps.slice(-3);
  assert.equal(reset.seconds, 0);
  assert.ok(last.seconds < -239.9 && last.seconds > -240.1, `the gap is ${-last.seconds} s`);
  assert.deepEqual([reset.client?.frame, reset.server], [125, null]);
});

test('a silent drop: what got across last, then repeats that end on the way', async () => {
  const steps = await stepsOf('azure-silent-20');
  assert.deepEqual(story(steps).slice(-4), Array(4).fill('client PA lost'));
  assert.ok(steps.slice(-4).every(({ client, server }) => client !== null && server === null));
  assert.ok(steps.slice(0, -4).every(({ fate }) => fate === 'crossed'));
});

test('keepalive probes are named, and those that never arrived end on the way', async () => {
  const steps = await stepsOf('keepalive-failure');
  const probes = steps.filter(({ probe }) => probe);
  assert.ok(probes.length >= 2);
  assert.ok(probes.every(({ fate, from }) => fate === 'lost' && from === 'backend'));
});

test('one capture alone never claims to know what crossed', async () => {
  assert.ok((await stepsOf('azure-idle-240', ['client'])).every(({ fate }) => fate === 'unknown'));
});

test('both vantages stand on one clock: no packet arrives before it was sent', async () => {
  const findings = await findingsOf('delay-idle-both-ends', ['client', 'server']);
  const seen = findings
    .flatMap(({ ladder }) => ladder?.steps ?? [])
    .filter(({ client, server }) => client && server);
  assert.ok(seen.length > 0);
  for (const { from, client, server } of seen) {
    const transit = (server?.seconds ?? 0) - (client?.seconds ?? 0);
    assert.ok((from === 'client' ? transit : -transit) > 0, `${transit} s`);
  }
});

test('every reset of a finding is on its ladder, and without being asked for there is none', async () => {
  for (const { ladder, resets } of await findingsOf('backend-snat', ['client', 'server'])) {
    const drawn = ladder?.steps.flatMap(({ client, server }) => [
      ...(client ? [`client ${client.frame}`] : []),
      ...(server ? [`server ${server.frame}`] : []),
    ]);
    for (const { vantage, frame } of resets.slice(0, 2)) assert.ok(drawn?.includes(`${vantage} ${frame}`));
  }
  const captures = [{ vantage: 'client' as const, path: join(ROOT, 'fixtures/captures/direct/client.pcap') }];
  for (const finding of (await analyze({ captures })).findings) assert.equal('ladder' in finding, false);
});
