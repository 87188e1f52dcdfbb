import { SOURCE_WORDS } from '../../reasons/reason.js';
import type { Finding } from '../../result.js';

/**
 * What a RST claims of its cause, as one clause; null where it claims nothing that was understood. Names come from the
 * tool's own tables, except in a report that was read from a file.
 */
export function claimWords({ reason }: Pick<Finding, 'reason'>): string | null {
  if (reason === undefined || (reason.means === 'unknown' && reason.code === null)) return null;
  const { source, code, name, means } = reason;
  const format = Object.hasOwn(SOURCE_WORDS, source)
    ? SOURCE_WORDS[source as keyof typeof SOURCE_WORDS]
    : source;
  const meant = means === 'unknown' ? 'a cause' : means.replaceAll('-', ' ');
  return `the RST claims ${meant}: ${name} (${format}${code === null ? '' : `, code ${code}`})`;
}
