import type { ConfigDocument } from './document.js';

/** A document longer than this many characters is not parsed a second time for the sake of a line number. */
const LARGEST_TEXT = 2_000_000;

/**
 * The line of a value in its file, from 1; the line of the nearest key that exists, where the value itself is missing.
 * Null where it cannot be told.
 */
export async function lineOf(document: ConfigDocument, path: readonly PropertyKey[]): Promise<number | null> {
  if (document.text.length > LARGEST_TEXT) return null;
  const { LineCounter, parseAllDocuments, isNode } = await import('yaml');
  const lineCounter = new LineCounter();
  // JSON is YAML, near enough for finding places.
  const documents = [...parseAllDocuments(document.text, { lineCounter, prettyErrors: false })];
  const several = documents.length > 1;
  const root = several ? documents[Number(path[0])] : documents[0];
  const inside = several ? path.slice(1) : path;
  for (let depth = inside.length; depth >= 0 && root !== undefined; depth -= 1) {
    const node: unknown = root.getIn(inside.slice(0, depth), true);
    if (isNode(node) && node.range != null) return lineCounter.linePos(node.range[0]).line;
  }
  return null;
}
