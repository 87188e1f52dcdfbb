// Writes the published JSON Schemas next to the built code, from the definitions that the code itself uses.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { policyJsonSchema } from '../dist/lb/policy-file/schema.js';
import { PRODUCTS } from '../dist/lb/registry.js';
import { projectSchema } from '../dist/project/schema.js';
import { resultSchema } from '../dist/result.js';

const SCHEMAS = [
  ['report.schema.json', titled('rst-analyze report', resultSchema)],
  ['project.schema.json', titled('rst-analyze project file', projectSchema)],
  ['policy.schema.json', policyJsonSchema(PRODUCTS)],
];

for (const [file, schema] of SCHEMAS)
  await writeFile(new URL(`../dist/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);

function titled(title, definition) {
  return { title, ...z.toJSONSchema(definition, { target: 'draft-2020-12' }) };
}
