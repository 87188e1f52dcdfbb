import { CONFIGURATION } from './configuration.js';
import { ENDS } from './ends.js';
import type { CatalogueEntry } from './entry.js';
import { IDLE } from './idle.js';
import { WHO } from './who.js';

/** Every check, in the order of docs/lb.md. */
export const CATALOGUE: readonly CatalogueEntry[] = [...WHO, ...IDLE, ...CONFIGURATION, ...ENDS];

const BY_ID = new Map(CATALOGUE.map((entry) => [entry.id, entry]));

/** The check of that id; null for a conclusion that is none of them, such as "the backend is the cause". */
export function checkById(id: string | null): CatalogueEntry | null {
  return id === null ? null : (BY_ID.get(id) ?? null);
}
