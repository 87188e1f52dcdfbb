import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DETECTORS } from '#src/evidence/detectors/index.js';
import { SOURCES } from '#src/reasons/index.js';
import type { Rule } from '#src/verdict/rule.js';
import { DROP_RULES } from '#src/verdict/rules/drops.js';
import { RULES } from '#src/verdict/rules/index.js';
import { ROOT } from './support/root.js';

/** What each file of a folder exports, by the file's name; its registry left out. */
async function exportsOf(folder: string): Promise<Map<string, unknown[]>> {
  const files = readdirSync(join(ROOT, 'src', folder)).filter(
    (name) => name.endsWith('.ts') && name !== 'index.ts',
  );
  const loaded = files.map(async (name): Promise<[string, unknown[]]> => {
    const built = join(ROOT, 'dist', folder, name.replace(/\.ts$/, '.js'));
    return [name, Object.values(await import(pathToFileURL(built).href))];
  });
  return new Map(await Promise.all(loaded));
}

function isRule(value: unknown): value is Rule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'subtype' in value &&
    'weights' in value &&
    'class' in value
  );
}

test('every detector is in the registry', async () => {
  for (const [file, values] of await exportsOf('evidence/detectors')) {
    const registered = values.some((value) => DETECTORS.some((detector) => detector === value));
    assert.ok(registered, `no detector of src/evidence/detectors/${file} is in index.ts`);
  }
});

test('every format in which a RST states its cause is in the registry', async () => {
  for (const [file, values] of await exportsOf('reasons/sources')) {
    const registered = values.some((value) => SOURCES.some((source) => source === value));
    assert.ok(registered, `no format of src/reasons/sources/${file} is in src/reasons/index.ts`);
  }
});

test('every rule is in the registry, or among those of silent drops', async () => {
  const registered = new Set<unknown>([...RULES, ...DROP_RULES]);
  for (const [file, values] of await exportsOf('verdict/rules')) {
    for (const rule of values.flat().filter(isRule))
      assert.ok(
        registered.has(rule),
        `${rule.class}/${rule.subtype} of src/verdict/rules/${file} is in no registry`,
      );
  }
});

test('no two rules tell the same of the same cause', () => {
  const names = [...RULES, ...DROP_RULES].map((rule) =>
    [rule.class, rule.subtype, rule.originator, rule.title].join(' '),
  );
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
});
