// Writes the published JSON Schemas next to the built code, from what the code itself uses.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { policyJsonSchema } from '../dist/lb/policy-file/schema.js';
import { PRODUCTS } from '../dist/lb/registry.js';
import { projectSchema } from '../dist/project/schema.js';
import { resultSchema } from '../dist/result.js';

await write('report.schema.json', fromDefinition('rst-analyze report', resultSchema));
await write('project.schema.json', fromDefinition('rst-analyze project file', projectSchema));
await write('policy.schema.json', policyJsonSchema(PRODUCTS));

function fromDefinition(title, definition) {
  return { title, ...z.toJSONSchema(definition, { target: 'draft-2020-12' }) };
}

function write(name, content) {
  return writeFile(new URL(`../dist/${name}`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
}
