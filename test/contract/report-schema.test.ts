import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { analyze } from '#src/analyze.js';
import { resultSchema } from '#src/result.js';
import { lbInputs, readCases } from '../accuracy/truth.js';

/** What the package exports as `rst-analyze/report.schema.json`. */
const published = JSON.parse(readFileSync('dist/report.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile(published);

for (const one of readCases('fixtures/captures')) {
  test(`the report of ${one.truth.case} is what the published schema says, field for field`, async () => {
    const captures = (['client', 'server'] as const).map((vantage) => ({
      vantage,
      path: join(one.folder, `${vantage}.pcap`),
    }));
    const report: unknown = JSON.parse(JSON.stringify(await analyze({ captures, lb: lbInputs(one) })));
    assert.ok(validate(report), JSON.stringify(validate.errors?.slice(0, 3)));
    assert.deepEqual(
      resultSchema.parse(report),
      report,
      'no field is there that the definition does not name',
    );
  });
}
