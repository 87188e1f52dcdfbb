import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

const CT = 'net.netfilter.nf_conntrack_tcp_timeout_';

test('sysctl and ipvsadm', async () => {
  const text = `kernel.hostname = x\n# a comment with ${CT}x\n${CT}established = 86400\n${CT}close_wait = 3600\n${CT}syn_sent = 120\n`;
  const policy = await load({ 's.txt': text });
  assert.deepEqual([policy.model, policy.resolve(inbound()).seconds], ['nf-conntrack', 86_400]);
  const ipvs = await load({ 'i.txt': 'Timeout (tcp tcpfin udp): 300 120 300\n' });
  assert.deepEqual(
    [ipvs.resolve(inbound()).seconds, ipvs.resolve(inbound()).action],
    [300, 'rst-opener-on-next'],
  );
  assert.equal(
    (await load({ 'i.txt': 'Timeout (tcp tcpfin udp): 0 0 0\n' })).resolve(inbound()).seconds,
    900,
  );
});

refuses('linux', [
  [
    { 's.txt': `${CT}established = 5d\n` },
    `s.txt:1: ${CT}established: expected a number of seconds above 0, got 5d`,
  ],
  [
    { 's.txt': `${CT}established = 0\n` },
    `s.txt:1: ${CT}established: expected a number of seconds above 0, got 0`,
  ],
  [
    { 's.txt': `${CT}established =\n` },
    `s.txt:1: ${CT}established: expected a number of seconds above 0, got nothing`,
  ],
  [{ 's.txt': `${CT}established 432000\n` }, `s.txt:1: expected "name = value", got ${CT}established 432000`],
  [
    { 's.txt': `a = b\n${CT}etablished = 1\n` },
    `s.txt:2: ${CT}etablished: unknown timer (did you mean 'established'?)`,
  ],
  [
    { 's.txt': `${CT}max_retrans = -3\n` },
    `s.txt:1: ${CT}max_retrans: expected a number of seconds above 0, got -3`,
  ],
  [
    { 's.txt': `sysctl: ${CT}established\n` },
    `s.txt:1: expected "name = value", got sysctl: ${CT}established`,
  ],
  [
    { 'i.txt': 'Timeout (tcp tcpfin udp): 900 120\n' },
    'i.txt:1: Timeout (tcp tcpfin udp): expected three numbers of seconds, got 900 120',
  ],
  [
    { 'i.txt': 'x\nTimeout (tcp tcpfin udp): a b c\n' },
    'i.txt:2: Timeout (tcp tcpfin udp): expected three numbers of seconds, got a b c',
  ],
  [
    { 'i.txt': 'Timeout (tcp tcpfin udp):\n' },
    'i.txt:1: Timeout (tcp tcpfin udp): expected three numbers of seconds, got nothing',
  ],
]);
