import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPolicy } from '#src/policy/check.js';
import { preset } from '../lb/fixtures/load.js';
import { reset, silence, survival } from './judged.js';

const ON = await preset('azure-standard:reset=on');
const OFF = await preset('azure-standard:reset=off');

test('a reset both ways at the effective timeout conforms', () => {
  const { status, rule, expected, observed, text } = checkPolicy(reset(), ON);
  assert.deepEqual(
    { status, rule, expected, observed, text },
    {
      status: 'conforms',
      rule: 'azure/preset',
      expected: 'RST both ways at 4 min (240 s)',
      observed: 'RST both ways at 240.0 s',
      text: 'The reset came after 240.0 s idle, as the effective timeout of 4 min (240 s) demands. Preset azure-standard:reset=on gives every inbound flow 4 min (240 s).',
    },
  );
});

test('a reset before the timeout violates it, and both values are told', () => {
  const check = checkPolicy(reset({ idleSeconds: 180 }), ON);
  assert.equal(check.status, 'violates');
  assert.equal(
    check.text,
    'The load balancer reset the flow after 180.0 s idle, 60.0 s before the effective timeout of 4 min (240 s).',
  );
});

test('a reset at the timer must not come later either', () => {
  const check = checkPolicy(reset({ idleSeconds: 260 }), ON);
  assert.equal(check.status, 'violates');
  assert.match(check.text, /after 260\.0 s idle, 20\.0 s after the effective timeout of 4 min \(240 s\)\.$/);
});

test('a reset that answers a segment may come however late, never early', () => {
  const answer = { triggered: true, resetTowardBackend: false };
  const late = checkPolicy(reset({ ...answer, idleSeconds: 5000 }), ON);
  assert.equal(late.status, 'conforms');
  assert.equal(late.observed, 'RST to the client in answer to a segment after 5000.0 s');
  assert.equal(checkPolicy(reset({ ...answer, idleSeconds: 200 }), ON).status, 'violates');
});

test('a silent drop is only bounded from below', () => {
  const late = checkPolicy(silence({ idleSeconds: 5000 }), OFF);
  assert.equal(late.status, 'conforms');
  assert.equal(late.expected, 'silent drop at 4 min (240 s)');
  assert.equal(late.observed, 'silent drop after 5000.0 s');
  const early = checkPolicy(silence({ idleSeconds: 100 }), OFF);
  assert.equal(early.status, 'violates');
  assert.match(early.text, /^The load balancer dropped the flow after 100\.0 s idle, 140\.0 s before/);
});

test('a flow that outlived its timeout violates it', () => {
  const check = checkPolicy(survival(), OFF);
  assert.equal(check.status, 'violates');
  assert.equal(check.observed, 'alive after 300.0 s');
  assert.equal(
    check.text,
    'The flow lived through 300.0 s idle, 60.0 s more than the effective timeout of 4 min (240 s).',
  );
  assert.equal(checkPolicy(survival({ idleSeconds: 100 }), OFF).status, 'conforms');
});

test('timers may be off by a second or 2 %, whichever is more', async () => {
  const short = await preset('azure-standard:idle=20s,reset=on');
  assert.equal(checkPolicy(reset({ idleSeconds: 19.1 }), short).status, 'conforms');
  assert.equal(checkPolicy(reset({ idleSeconds: 18.9 }), short).status, 'violates');
  assert.equal(checkPolicy(reset({ idleSeconds: 235.3 }), ON).status, 'conforms');
  assert.equal(checkPolicy(reset({ idleSeconds: 235.1 }), ON).status, 'violates');
});

test('nothing within the stated uncertainty is ever called a violation', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (u, x) => {
        const judged = reset({ idleSeconds: 240 + u * x, idleUncertaintySeconds: u });
        assert.equal(checkPolicy(judged, ON).status, 'conforms');
      },
    ),
  );
});
