import { InputError } from '../errors.js';
import { findJsonError } from './json-error.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** A configuration file, read and parsed but not yet understood. */
export interface ConfigDocument {
  /** The file as the user named it, for messages. */
  readonly name: string;
  readonly text: string;
  /** What the text says as JSON or YAML; several YAML documents are a list; null for a text of another form. */
  readonly value: unknown;
}

/**
 * Parses a configuration file: JSON when it starts like JSON, YAML otherwise.
 * @param isPlain whether a text has a form of its own and is not to be parsed
 * @throws InputError in one line, with line and column where the syntax breaks
 */
export async function parseDocument(
  name: string,
  text: string,
  isPlain: (text: string) => boolean = () => false,
): Promise<ConfigDocument> {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (body.trim() === '') throw new InputError(`${name} is empty`);
  // Windows PowerShell 5 redirects into UTF-16, which reads as text full of NULs.
  if (body.includes('\0')) throw new InputError(`${name} is not UTF-8 text; save it again as UTF-8`);
  if (isPlain(body)) return { name, text: body, value: null };
  const value = /^\s*[{[]/.test(body) ? parseJson(name, body) : await parseYaml(name, body);
  return { name, text: body, value };
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const found = findJsonError(text);
    throw new InputError(
      `${name}:${position(text, found.offset)}: not valid JSON: expected ${found.expected}`,
    );
  }
}

/** Loads the YAML parser only when there is YAML. */
async function parseYaml(name: string, text: string): Promise<unknown> {
  const { LineCounter, parseAllDocuments } = await import('yaml');
  const lineCounter = new LineCounter();
  try {
    const documents = [...parseAllDocuments(text, { lineCounter, prettyErrors: false })];
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error !== undefined) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      throw new InputError(`${name}:${line}:${col}: not valid YAML: ${oneLine(error.message)}`);
    }
    const values = documents.map((document) => document.toJS() as unknown).filter((value) => value != null);
    return values.length === 1 ? values[0] : values;
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Nesting that overflows the parser's stack, or aliases that would unfold without end.
    throw new InputError(`${name}: YAML that cannot be read: ${oneLine((error as Error).message)}`);
  }
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}

/** `line:column`, both from 1. */
function position(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${offset - before.lastIndexOf('\n')}`;
}

/** Whether a text looks like YAML or JSON by its first line that says anything; such a text may quote any other form. */
export function looksStructured(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? '';
  return /^\s*(?:[{[]|---|- |["']?[\w./-]+["']?:(?:\s|$))/.test(first) && !first.startsWith('sysctl:');
}
