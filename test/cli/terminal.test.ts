import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canShowUnicode, outputWidth } from '#src/cli/terminal.js';
import { fakeIo } from './fake-io.js';

test('the width is the terminal, then COLUMNS, then 80', () => {
  assert.equal(outputWidth(fakeIo({ columns: 132, env: { COLUMNS: '60' } })), 132);
  assert.equal(outputWidth(fakeIo({ env: { COLUMNS: '60' } })), 60);
  for (const COLUMNS of ['', '0', '-3', 'wide']) assert.equal(outputWidth(fakeIo({ env: { COLUMNS } })), 80);
  assert.equal(outputWidth(fakeIo({ columns: 0 })), 80);
});

test('the locale decides about Unicode, the strongest variable first', () => {
  const shows = (env: Record<string, string>, platform = 'linux') => canShowUnicode({ env, platform });
  assert.equal(shows({ LANG: 'en_US.UTF-8' }), true);
  assert.equal(shows({ LANG: 'de_DE.utf8' }), true);
  assert.equal(shows({ LANG: 'en_US.UTF-8', LC_ALL: 'C' }), false);
  assert.equal(shows({ LC_CTYPE: 'C.UTF-8', LANG: 'C' }), true);
  assert.equal(shows({}), false);
  assert.equal(shows({}, 'win32'), true);
});
