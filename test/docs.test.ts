import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lint } from 'markdownlint/sync';
import { FACT_DESCRIPTIONS } from '#src/evidence/fact-descriptions.js';
import { ROOT } from './support/root.js';

/** Pages that the code fills in, with the script of each. */
const GENERATED = { 'lb.md': 'write-lb-docs.mjs', 'verdicts.md': 'write-verdict-docs.mjs' };
/** Tables are as wide as what they say; a verdict has the name that the report gives it, on every level. */
const RULES = { default: true, 'line-length': false };

describe('a page that the code fills in', () => {
  for (const [page, script] of Object.entries(GENERATED)) {
    it(`docs/${page}: says what the code knows (npm run docs writes it anew)`, () => {
      const run = spawnSync(process.execPath, [join(ROOT, 'scripts', script), '--check'], {
        encoding: 'utf8',
      });
      assert.equal(run.stderr, '');
      assert.equal(run.status, 0);
    });
  }

  it('docs/verdicts.md: is clean markdown, and its links lead to its headings', () => {
    const text = readFileSync(join(ROOT, 'docs', 'verdicts.md'), 'utf8');
    assert.deepEqual(lint({ strings: { page: text }, config: RULES }).page, []);
  });
});

describe('the description of a fact', () => {
  it('is one clause of its own, in words that the lines of a finding could have', () => {
    const clauses = Object.values(FACT_DESCRIPTIONS).map(({ holds }) => holds);
    assert.equal(new Set(clauses).size, clauses.length);
    for (const clause of clauses) assert.match(clause, /^[a-zR"'].*[^.]$/);
  });
});
