import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagLetters } from '#src/wire/tcp-flags.js';
import { flagBits } from '../support/tcp.js';

test('flags are written in the order in which they are spoken of', () => {
  for (const letters of ['', 'S', 'SA', 'FA', 'R', 'RA', 'PA', 'SFRPAU']) {
    assert.equal(flagLetters(flagBits(letters)), letters);
  }
});
