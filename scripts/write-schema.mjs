// Writes the published JSON Schemas next to the built code, from the definitions that the code itself uses.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { projectSchema } from '../dist/project/schema.js';
import { resultSchema } from '../dist/result.js';

const SCHEMAS = [
  ['report.schema.json', 'rst-analyze report', resultSchema],
  ['project.schema.json', 'rst-analyze project file', projectSchema],
];

for (const [file, title, definition] of SCHEMAS) {
  const schema = { title, ...z.toJSONSchema(definition, { target: 'draft-2020-12' }) };
  await writeFile(new URL(`../dist/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
