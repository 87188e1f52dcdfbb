import type { Path } from '../pair/path.js';
import type { FindingPath } from '../result.js';

/** The ends of a path as the report names them; null where that side was not seen. */
export function pathOf({ client, server, mode }: Path): FindingPath {
  return {
    client: client?.endpoints[0] ?? null,
    frontend: client?.endpoints[1] ?? null,
    lbPeer: server?.endpoints[0] ?? null,
    backend: server?.endpoints[1] ?? null,
    mode,
  };
}

/** The path of a finding that is about no one connection. */
export const NO_PATH: FindingPath = {
  client: null,
  frontend: null,
  lbPeer: null,
  backend: null,
  mode: 'unknown',
};
