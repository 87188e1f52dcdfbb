import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/root.js';

const MISSING = spawnSync('xmllint', ['--version']).error !== undefined;

/** Why a test that needs xmllint is skipped; false where it is there. */
export const WITHOUT_XMLLINT = MISSING && 'xmllint is not installed (apt install libxml2-utils)';

/** Fails unless the text is well-formed XML to libxml2. Without xmllint, nothing can be said. */
export function wellFormed(text: string): void {
  if (!MISSING) xmllint(text, []);
}

/** Fails unless the text is what a schema beside the tests says. */
export function validXml(text: string, schema: string): void {
  xmllint(text, ['--schema', join(ROOT, 'test', 'report', 'schemas', schema)]);
}

function xmllint(text: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--huge', '--nonet', ...options, '-'], {
    input: text,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr.slice(0, 1000));
}
