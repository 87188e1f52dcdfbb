import type { ConfigDocument } from '../document.js';
import type { Imported, Importer } from '../importer.js';
import { VERSION_KEY } from '../policy-file/format.js';
import { readPolicyFile } from '../policy-file/read.js';

/** Our own description of a path, in YAML or JSON. */
export const policyFile: Importer = {
  id: 'policy-file',
  understands: ['a policy file of rst-analyze (YAML or JSON, with policyVersion: 1)'],
  recognises: ({ value }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && looksLikeOne(value),
  build,
};

/** The version key, or what only a policy file that lacks it has: then the message can say so. */
function looksLikeOne(value: object): boolean {
  return VERSION_KEY in value || ('path' in value && Array.isArray(value.path));
}

async function build(documents: readonly ConfigDocument[]): Promise<Imported> {
  const parts: Imported[] = [];
  for (const document of documents) parts.push(await readPolicyFile(document));
  const ends = parts.flatMap((part) => (part.ends === undefined ? [] : [part.ends]));
  return {
    devices: parts.flatMap(({ devices }) => devices),
    ends: {
      client: Object.assign({}, ...ends.map(({ client }) => client)),
      backend: Object.assign({}, ...ends.map(({ backend }) => backend)),
    },
  };
}
