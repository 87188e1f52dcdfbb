import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Finding } from '#src/result.js';
import { temporaryFolder } from '../support/files.js';
import { ROOT } from '../support/root.js';

const scratch = temporaryFolder();

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Milliseconds since 1970 of one frame of a capture of HAProxy, in microseconds as tcpdump writes them. */
function timeOf(vantage: string, frame: number): number {
  const pcap = readFileSync(join(ROOT, 'fixtures/policy/haproxy-timers', `${vantage}.pcap`));
  let at = FILE_HEADER;
  for (let passed = 1; passed < frame; passed += 1) at += RECORD_HEADER + pcap.readUInt32LE(at + 8);
  return pcap.readUInt32LE(at) * 1000 + Math.floor(pcap.readUInt32LE(at + 4) / 1000);
}

/** Findings of a real proxy, judged from the file that it ran, or from one in which a line was changed. */
async function judged(
  name: 'haproxy' | 'nginx',
  change: readonly [from: string, to: string] = ['', ''],
): Promise<readonly Finding[]> {
  const folder = join(ROOT, 'fixtures', 'policy', `${name}-timers`);
  const text = readFileSync(join(folder, name === 'haproxy' ? 'haproxy.cfg' : 'nginx.conf'), 'utf8');
  assert.ok(text.includes(change[0]), `${name} has no line ${change[0]}`);
  const config = scratch.write('config', text.replace(...change));
  const captures = (['client', 'server'] as const).map((vantage) => ({
    vantage,
    path: join(folder, `${vantage}.pcap`),
  }));
  return (await analyze({ captures, lb: [config] })).findings;
}

const statuses = (findings: readonly Finding[]) => findings.map(({ policyCheck }) => policyCheck?.status);
const violations = (findings: readonly Finding[]) =>
  findings.filter(({ policyCheck }) => policyCheck?.status === 'violates');
const resets = (findings: readonly Finding[]) => findings.filter(({ kind }) => kind === 'reset');

test('haproxy: every reset of an idle leg conforms to the file that it ran, whichever timer it was', async () => {
  const found = resets(await judged('haproxy'));
  assert.deepEqual([...new Set(statuses(found))], ['conforms']);
  const rules = found.map(
    ({ policyCheck, path }) => `${policyCheck?.rule} ${path.backend?.port ?? path.frontend?.port}`,
  );
  assert.deepEqual([...new Set(rules)].sort(), [
    'haproxy/shorter-leg 2002',
    'haproxy/shorter-leg 2004',
    'haproxy/tunnel-replaces 2003',
  ]);
});

test('haproxy: a timeout in the file that is shorter than the one it ran is outlived', async () => {
  const broken = violations(await judged('haproxy', ['timeout tunnel 14s', 'timeout tunnel 9s']));
  assert.deepEqual(
    [...new Set(broken.map(({ path }) => path.frontend?.port ?? path.backend?.port))].sort(),
    [1003, 2003],
  );
  const reset = broken.find(({ kind }) => kind === 'reset');
  assert.match(
    reset?.policyCheck?.text ?? '',
    /^The server leg lived through 14\.0 s without data, 5\.0 s more than the effective timeout of 9 s\./,
  );
  assert.ok(
    broken.some(({ kind }) => kind === 'survived-timeout'),
    'the client leg, which ended with FIN, outlived it too',
  );
});

test('haproxy: one that is longer is not what ended three legs after the same time', async () => {
  const broken = violations(await judged('haproxy', ['timeout server 11s', 'timeout server 30s']));
  assert.equal(broken.length, 3);
  assert.match(
    broken[0].policyCheck?.text ?? '',
    /^The proxy closed the server leg after 11\.\d s without data, before the effective timeout of 30 s, and 2 others after the same time\.$/,
  );
});

test('haproxy: a timer that is not the tunnel timeout is named as the one that fits', async () => {
  const config = [
    'timeout tunnel 14s\n  timeout client 60s',
    'timeout tunnel 20s\n  timeout client 14s',
  ] as const;
  const [first] = violations(await judged('haproxy', config));
  assert.match(
    first.policyCheck?.text ?? '',
    /It fits the 14 s of timeout client of listen p1003, which lost/,
  );
});

test('nginx: connections that its keep-alive timer ended with FIN are no finding, and a slow request is not idle', async () => {
  const found = await judged('nginx');
  assert.deepEqual([...new Set(statuses(found))], ['not-covered']);
  assert.match(
    found[0].policyCheck?.text ?? '',
    /It fits the 8 s of client_header_timeout of http server at 9002/,
  );
});

test('nginx: a keepalive_timeout in the file that is shorter than the one it ran is outlived', async () => {
  const line = (seconds: number) => `listen 198.18.120.80:9001;\n    keepalive_timeout ${seconds}s;`;
  const broken = violations(await judged('nginx', [line(6), line(3)]));
  assert.deepEqual(
    broken.map(({ kind, path }) => [kind, path.frontend?.port]),
    [['survived-timeout', 9001]],
  );
  assert.match(
    broken[0].policyCheck?.text ?? '',
    /^The flow lived through 6\.0 s idle, 3\.0 s more than the effective timeout of 3 s\.$/,
  );
});

test('a leg that outlived its timeout is told by the time of the frame that shows it', async () => {
  const findings = await judged('haproxy', ['timeout tunnel 14s', 'timeout tunnel 9s']);
  const outlived = findings.filter(({ kind }) => kind === 'survived-timeout');
  const shown = outlived.map(({ evidence }) => evidence[0].frames[0]);
  assert.deepEqual([...new Set(shown.map(({ vantage }) => vantage))].sort(), ['client', 'server']);
  assert.deepEqual(
    outlived.map(({ time }) => Date.parse(time)),
    shown.map(({ vantage, frame }) => timeOf(vantage, frame)),
  );
});
