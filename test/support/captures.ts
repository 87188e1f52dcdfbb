import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './root.js';

/** Every committed capture, by its path from the project's folder. */
export function committedCaptures(): string[] {
  return readdirSync(join(ROOT, 'fixtures', 'captures'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.pcap'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

/** Captures that others made, with what other tools say of them: not part of the project, used where they are. */
export function corpusFolder(): string | null {
  const folder = process.env.RST_ANALYZE_CORPUS ?? join(ROOT, '..', 'shared', 'corpus');
  return existsSync(join(folder, 'oracle')) ? folder : null;
}
