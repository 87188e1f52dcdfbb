import { InputError } from '../errors.js';
import type { Finding, Result } from '../result.js';

/**
 * The finding of a name.
 * @throws InputError where there is none, with the names that there are
 */
export function findingNamed(result: Result, id: string): Finding {
  const found = result.findings.find((finding) => finding.id === id);
  if (found === undefined) throw new InputError(`there is no finding ${id}: ${namesOf(result)}`);
  return found;
}

function namesOf({ findings }: Result): string {
  const [first, last] = [findings[0]?.id, findings.at(-1)?.id];
  if (first === undefined) return 'nothing was found in these captures';
  return first === last
    ? `these captures give only ${first}`
    : `these captures give ${first} to ${last} (give --lb and --where as for the report)`;
}
