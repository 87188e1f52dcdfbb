import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { type Project, projectSchema } from './schema.js';

const KEYS: readonly string[] = Object.keys(projectSchema.shape).concat(
  ...[projectSchema.shape.pairs.element, projectSchema.shape.allow.unwrap().element].map((part) =>
    Object.keys(part.shape),
  ),
);

/**
 * Reads a project file, YAML or the JSON that is part of it.
 * @throws InputError with file, line and column where it is not one
 */
export function readProject(text: string, path: string): Project {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken !== undefined)
    throw new InputError(
      `${place(broken.pos[0])}: ${broken.message.split('\n')[0].replace(/ at line.*$/, '')}`,
    );
  const read = projectSchema.safeParse(toValue(document, path));
  if (!read.success) throw new InputError(problemText(read.error.issues[0], document, place));
  checkNames(read.data, path);
  return read.data;
}

type Document = ReturnType<typeof parseDocument>;

function toValue(document: Document, path: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function problemText(issue: z.core.$ZodIssue, document: Document, place: (offset: number) => string): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const at = unknown === undefined ? issue.path : [...issue.path, unknown];
  const where = place(offsetOf(document, at));
  if (unknown !== undefined) return `${where}: unknown key '${unknown}'${didYouMean(unknown, KEYS)}`;
  const name = at.length === 0 ? 'the project file' : at.join('.');
  return `${where}: ${name}: ${issue.message}`;
}

/** Where in the text a value stands; that of the nearest one around it which is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return node.range[0];
  }
  return 0;
}

function checkNames({ pairs, allow = [] }: Project, path: string): void {
  const names = pairs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InputError(`${path}: two pairs are called '${twice}'`);
  const empty = pairs.find(({ client, server }) => client === undefined && server === undefined);
  if (empty !== undefined) throw new InputError(`${path}: the pair '${empty.name}' names no capture`);
  const stranger = allow.flatMap(({ pair }) => pair ?? []).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new InputError(`${path}: allow: there is no pair '${stranger}'${didYouMean(stranger, names)}`);
}
