import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Finding } from '#src/result.js';
import { ROOT } from '../support/root.js';

type Side = 'client' | 'server';

async function found(
  kind: Finding['kind'],
  name: string,
  lb: string,
  sides: readonly Side[] = ['client', 'server'],
) {
  const folder = join(ROOT, 'fixtures', 'captures', name);
  const captures = sides.map((vantage) => ({ vantage, path: join(folder, `${vantage}.pcap`) }));
  const { findings } = await analyze({ captures, lb: [lb] });
  return findings.filter((finding) => finding.kind === kind);
}

test('a connection that lived through an idle time longer than its timeout is a finding of its own', async () => {
  const survivors = await found('survived-timeout', 'azure-idle-240', 'azure-standard:idle=40s,reset=on');
  assert.equal(survivors.length, 3, 'what spoke or probed every 60 s');
  const [{ policyCheck, idleSeconds, evidence, resets, class: cause, impact }] = survivors;
  assert.deepEqual([policyCheck?.status, cause, impact, resets.length], ['violates', null, 'harmless', 0]);
  assert.ok((idleSeconds ?? 0) >= 60);
  assert.deepEqual(
    evidence[0].frames.map(({ vantage }) => vantage),
    ['client', 'server'],
  );
  assert.match(
    policyCheck?.text ?? '',
    /^The flow lived through 6\d\.\d s idle, .* more than the effective timeout of 40 s\.$/,
  );
});

test('a little longer is no survival: tables are swept now and then', async () => {
  assert.deepEqual(await found('survived-timeout', 'azure-idle-240', 'azure-standard:idle=58s,reset=on'), []);
});

test('one side alone shows no survival of a forwarded flow: what ended the silence may never have arrived', async () => {
  const one = await found('survived-timeout', 'azure-idle-240', 'azure-standard:idle=40s,reset=on', [
    'client',
  ]);
  assert.deepEqual(one, []);
});

test('both ends that spoke into a dead flow did not survive it', async () => {
  assert.deepEqual(await found('survived-timeout', 'azure-silent-240', 'azure-standard:idle=4m'), []);
});

test('what only forgets whom a flow belongs to is outlived by nobody', async () => {
  assert.deepEqual(
    await found('survived-timeout', 'azure-idle-240', 'gcp-internal-passthrough:idle=40s'),
    [],
  );
});

test('keepalives of a living connection that equal the timeout are an exposure, faster ones are none', async () => {
  const at = (idle: string) => found('exposure', 'azure-idle-240', `azure-standard:idle=${idle},reset=on`);
  const [only, ...others] = await at('61s');
  assert.deepEqual(others, []);
  assert.deepEqual(
    [only.subtype, only.policyCheck?.rule],
    ['not-below-timeout', 'keepalive/not-below-timeout'],
  );
  assert.match(only.policyCheck?.text ?? '', /^The client sends TCP keepalives every 61\.4 s/);
  assert.equal(only.evidence[0].frames.length, 2);
  assert.deepEqual(await at('4m'), []);
});
