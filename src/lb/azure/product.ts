import type { ConfigDocument, Product } from '../product.js';
import { PRESET_KEYS, presetPolicy } from './preset.js';
import { itemsOf } from './recognise.js';
import { AZURE_STANDARD, azurePolicy } from './standard.js';

/** Azure's Standard Load Balancer. */
export const azureStandard: Product = {
  id: AZURE_STANDARD,
  presetKeys: PRESET_KEYS,
  understands: [
    'az network lb show (JSON or YAML, also as ARM or REST)',
    'az network public-ip show or list',
  ],
  preset: presetPolicy,
  recognises: (document) => itemsOf(document).length > 0,
  build,
};

/** Loads the validator only when there is a file to validate: a preset starts without it. */
async function build(documents: readonly ConfigDocument[]) {
  const { importAzure } = await import('./import.js');
  return azurePolicy(importAzure(documents), documents.map(({ name }) => name).join(', '));
}
