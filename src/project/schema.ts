import { z } from 'zod';
import { CLASSES, ORIGINATORS } from '../words.js';

/**
 * The project file: what `rst-analyze check` reads. The same definition gives the types, the validation and the
 * published JSON Schema.
 */

const oneOrMore = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const day = z.iso.date();

const pair = z.strictObject({
  name: z.string().min(1).describe('What the report calls these captures; unique in the file.'),
  client: oneOrMore
    .optional()
    .describe("The client side's capture: a file, a directory, or the files of a ring."),
  server: oneOrMore.optional().describe("The server side's capture."),
  lb: oneOrMore
    .optional()
    .describe('Configuration of the load balancer, or a preset; instead of the one for all.'),
  where: z.array(z.string()).optional().describe('Only connections with one of these hosts, as in --where.'),
});

const allowance = z
  .strictObject({
    pair: z.string().optional().describe('Only in the pair of this name.'),
    class: z.enum(CLASSES).optional(),
    subtype: z.string().optional(),
    originator: z.enum(ORIGINATORS).optional(),
    frontend: z.string().optional().describe('Address of the frontend, with or without its port.'),
    client: z.string().optional().describe('Address of the client.'),
    reason: z.string().min(1).describe('Why it is allowed, for whoever reads the report.'),
    expires: day.optional().describe('The last day on which it is allowed: 2027-01-31.'),
  })
  .describe('Findings that match all that is said here do not fail the check.');

export const projectSchema = z.strictObject({
  $schema: z.string().optional(),
  pairs: z.array(pair).min(1),
  lb: oneOrMore.optional().describe('Configuration of the load balancer of every pair that names none.'),
  failOn: z
    .array(z.enum(['violation', 'any', 'none', ...CLASSES]))
    .optional()
    .describe('What fails the check, as in --fail-on; default: violation.'),
  thresholds: z
    .partialRecord(z.enum(['violation', 'any', ...CLASSES]), z.number().int().min(0))
    .optional()
    .describe('How many findings of a kind are tolerated, over all pairs.'),
  allow: z.array(allowance).optional(),
  baseline: z.string().min(1).optional().describe('File of findings that are known: only new ones fail.'),
});

/** The project file, read. */
export type Project = z.infer<typeof projectSchema>;
export type ProjectPair = z.infer<typeof pair>;
export type Allowance = z.infer<typeof allowance>;
