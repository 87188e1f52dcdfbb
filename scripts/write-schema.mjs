// Writes the JSON Schemas of the report and of a policy file next to the built code, from what the code itself uses.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { policyJsonSchema } from '../dist/lb/policy-file/schema.js';
import { PRODUCTS } from '../dist/lb/registry.js';
import { resultSchema } from '../dist/result.js';

const schema = {
  title: 'rst-analyze report',
  ...z.toJSONSchema(resultSchema, { target: 'draft-2020-12' }),
};
await write('report.schema.json', schema);
await write('policy.schema.json', policyJsonSchema(PRODUCTS));

function write(name, content) {
  return writeFile(new URL(`../dist/${name}`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
}
