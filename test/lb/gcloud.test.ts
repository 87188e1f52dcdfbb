import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import type { FlowQuery } from '#src/lb/model.js';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

type Json = Readonly<Record<string, unknown>>;

const leg = (name: 'client' | 'server'): FlowQuery => ({ ...inbound(), leg: name });
const service = (over: Json = {}) => ({
  kind: 'compute#backendService',
  name: 'web',
  loadBalancingScheme: 'EXTERNAL_MANAGED',
  protocol: 'HTTPS',
  timeoutSec: 30,
  ...over,
});
const REGION = 'https://www.googleapis.com/compute/v1/projects/p/regions/europe-west1';
const proxy = (over: Json = {}) => ({
  kind: 'compute#targetHttpsProxy',
  name: 'px',
  httpKeepAliveTimeoutSec: 700,
  ...over,
});

test('what a backend service belongs to follows from its scheme, protocol and region', async () => {
  const model = async (over: Json) => (await load({ 's.json': service(over) })).model;
  assert.equal(await model({}), 'gcp-application');
  assert.equal(await model({ region: REGION }), 'gcp-application-regional');
  assert.equal(await model({ protocol: 'TCP' }), 'gcp-proxy');
  assert.equal(
    await model({ loadBalancingScheme: 'EXTERNAL', protocol: 'TCP', region: REGION }),
    'gcp-external-passthrough',
  );
  assert.equal(
    await model({ loadBalancingScheme: 'INTERNAL', protocol: 'TCP', region: REGION }),
    'gcp-internal-passthrough',
  );
});

test('the target proxy has the timer of clients, and backends have 600 s', async () => {
  const policy = await load({ 's.yaml': stringify(service()), 'p.yaml': stringify(proxy()) });
  assert.deepEqual(
    [policy.resolve(leg('client')).seconds, policy.resolve(leg('server')).seconds],
    [700, 600],
  );
  assert.equal((await load({ 'p.json': proxy() })).resolve(leg('client')).seconds, 700);
});

test('the timeout of connection tracking counts per session only', async () => {
  const internal = { loadBalancingScheme: 'INTERNAL', protocol: 'TCP', region: REGION };
  const tracking = { trackingMode: 'PER_SESSION', idleTimeoutSec: 1200 };
  const policy = await load({ 's.json': service({ ...internal, connectionTrackingPolicy: tracking }) });
  assert.deepEqual([policy.resolve(inbound()).seconds, policy.problems], [1200, []]);
  const other = await load({
    's.json': service({ ...internal, connectionTrackingPolicy: { idleTimeoutSec: 1200 } }),
  });
  assert.match(other.problems[0], /has no effect unless trackingMode is PER_SESSION/);
});

test('Cloud NAT', async () => {
  const nat = { name: 'nat', natIpAllocateOption: 'AUTO_ONLY', tcpEstablishedIdleTimeoutSec: 900 };
  const policy = await load({ 'n.json': nat });
  assert.deepEqual([policy.model, policy.resolve(inbound()).seconds], ['gcp-cloud-nat', 900]);
});

const nat = (value: unknown) => ({
  'n.json': { natIpAllocateOption: 'AUTO_ONLY', tcpEstablishedIdleTimeoutSec: value },
});

refuses('gcloud', [
  [nat('900'), 'n.json:3: tcpEstablishedIdleTimeoutSec: expected a number above 0, got "900"'],
  [nat(0), 'n.json:3: tcpEstablishedIdleTimeoutSec: expected a number above 0, got 0'],
  [nat([900]), 'n.json:3: tcpEstablishedIdleTimeoutSec: expected a number above 0, got a list'],
  [
    { 's.json': service({ loadBalancingScheme: 'EXTERNALL' }) },
    's.json:4: loadBalancingScheme: expected a scheme (EXTERNAL, EXTERNAL_MANAGED, INTERNAL, INTERNAL_MANAGED, INTERNAL_SELF_MANAGED) (did you mean \'external\'?), got "EXTERNALL"',
  ],
  [
    { 's.json': service({ loadBalancingScheme: 5 }) },
    's.json:4: loadBalancingScheme: expected a scheme (EXTERNAL, EXTERNAL_MANAGED, INTERNAL, INTERNAL_MANAGED, INTERNAL_SELF_MANAGED), got 5',
  ],
  [
    { 's.json': service({ loadBalancingScheme: undefined }) },
    's.json:1: loadBalancingScheme: expected a scheme (EXTERNAL, EXTERNAL_MANAGED, INTERNAL, INTERNAL_MANAGED, INTERNAL_SELF_MANAGED), got nothing',
  ],
  [
    { 's.json': service({ timeoutSec: '30s' }) },
    's.json:6: timeoutSec: expected a number above 0, got "30s"',
  ],
  [
    { 's.json': service({ connectionTrackingPolicy: { idleTimeoutSec: 'x' } }) },
    's.json:8: connectionTrackingPolicy.idleTimeoutSec: expected a number above 0, got "x"',
  ],
  [
    { 'a.json': service(), 'b.json': service() },
    'more than one backend service: a.json, b.json; give the one in the captures',
  ],
  [
    { 'p.json': proxy({ httpKeepAliveTimeoutSec: true }) },
    'p.json:4: httpKeepAliveTimeoutSec: expected a number above 0, got true',
  ],
]);
