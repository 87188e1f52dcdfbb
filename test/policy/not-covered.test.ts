import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPolicy } from '#src/policy/check.js';
import { CLASSES } from '#src/words.js';
import { preset } from '../lb/fixtures/load.js';
import { reset, silence } from './judged.js';

const ON = await preset('azure-standard:reset=on');

test('a reset that the idle timer did not send is not covered, whatever its cause', () => {
  for (const cause of CLASSES.filter((name) => name !== 'lb-idle-timeout')) {
    assert.equal(checkPolicy(reset({ class: cause }), ON).status, 'not-covered', cause);
  }
});

test('a reset of the backend still says how its idle time stood to the timeout', () => {
  const at = (idleSeconds: number | null) =>
    checkPolicy(reset({ class: 'backend-originated', originator: 'backend', idleSeconds }), ON).text;
  const reason = "The backend is the cause, not the load balancer's idle timer.";
  assert.equal(
    at(12),
    `${reason} The flow had been idle for 12.0 s, below the effective timeout of 4 min (240 s), so the load balancer still held it.`,
  );
  assert.match(at(240), /just about the effective timeout/);
  assert.match(
    at(900),
    /past the effective timeout of 4 min \(240 s\): the load balancer may have dropped it before\.$/,
  );
  assert.equal(at(null), reason);
});

test('a silence that idleness does not explain is not blamed on the timer', () => {
  const check = checkPolicy(silence({ class: 'undetermined', idleSeconds: 3 }), ON);
  assert.equal(check.status, 'not-covered');
  assert.match(check.text, /^Idleness does not explain this silence/);
});

test('an exposure has broken nothing yet', () => {
  const check = checkPolicy(reset({ kind: 'exposure', class: null, idleSeconds: null }), ON);
  assert.deepEqual([check.status, check.observed], ['not-covered', 'not ended yet']);
});
