import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Result } from '#src/result.js';
import { ROOT } from '../support/root.js';

function judged(folder: string, lb: readonly string[]): Promise<Result> {
  const captures = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    path: join(ROOT, 'fixtures', folder, `${vantage}.pcap`),
  }));
  return analyze({ captures, lb });
}

test('a full proxy between two captures of one connection is no proxy: nothing is held against it', async () => {
  const { findings, policy } = await judged('captures/azure-idle-240', ['haproxy:client=1m,server=1m']);
  assert.deepEqual(policy?.problems, [
    'HAProxy ends TCP on both sides, yet 11 connections have the same sequence numbers in both captures: it does not stand between these captures.',
  ]);
  for (const { policyCheck } of findings) {
    assert.equal(policyCheck?.status, 'inconclusive', policyCheck?.text);
    assert.equal(policyCheck?.check, 'model/proxy-keeps-numbers');
  }
});

test('beside a device that forwards, the proxy is behind or before both captures', async () => {
  const { findings } = await judged('captures/azure-idle-240', [
    'azure-standard:reset=on',
    'nginx-stream:idle=1m',
  ]);
  const resets = findings.filter(({ kind }) => kind === 'reset');
  assert.deepEqual([...new Set(resets.map(({ policyCheck }) => policyCheck?.status))], ['conforms']);
  assert.ok(findings.every(({ kind }) => kind !== 'survived-timeout'));
});

test('a device that forwards does not change every sequence number', async () => {
  const { policy } = await judged('policy/haproxy-timers', ['azure-standard']);
  assert.match(
    policy?.problems[0] ?? '',
    /^Azure Standard Load Balancer would forward connections as they are, yet \d+ of them go on as other TCP connections/,
  );
});
