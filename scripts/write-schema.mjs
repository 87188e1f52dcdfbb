// Writes the JSON Schema of the report next to the built code, from the one definition that the code itself uses.
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { resultSchema } from '../dist/result.js';

const schema = {
  title: 'rst-analyze report',
  ...z.toJSONSchema(resultSchema, { target: 'draft-2020-12' }),
};
await writeFile(
  new URL('../dist/report.schema.json', import.meta.url),
  `${JSON.stringify(schema, null, 2)}\n`,
);
