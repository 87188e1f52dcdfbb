import type { ConfigDocument } from '../document.js';
import { isJsonObject, listAt, textAt } from '../json-shape.js';
import { type Reader, readerOf } from '../reader.js';

/** One Kubernetes object of a document, which may hold several. */
export interface Resource {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly reader: Reader;
}

/** The objects of a document: one, several documents of YAML, or a List. */
export function resourcesOf(document: ConfigDocument): Resource[] {
  const root = readerOf(document);
  if (Array.isArray(document.value))
    return document.value.flatMap((_, index) => objectsIn(document, root.at(index)));
  return objectsIn(document, root);
}

function objectsIn(document: ConfigDocument, reader: Reader): Resource[] {
  const { value } = reader;
  const kind = textAt(value, 'kind');
  if (kind === null || textAt(value, 'apiVersion') === null) return [];
  if (kind.endsWith('List'))
    return listAt(value, 'items').flatMap((_, index) => objectsIn(document, reader.at('items', index)));
  const metadata = isJsonObject(value) ? value.metadata : undefined;
  return [{ file: document.name, kind, name: textAt(metadata, 'name') ?? kind, reader }];
}

/** The annotations of an object, by their names. */
export function annotationsOf({ reader }: Resource): ReadonlyMap<string, unknown> {
  const value = reader.at('metadata', 'annotations').value;
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
}
