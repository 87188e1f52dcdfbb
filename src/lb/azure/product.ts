import type { ConfigDocument, Product } from '../product.js';
import { DEFAULT_MINUTES } from './facts.js';
import { PRESET_KEYS, presetPolicy } from './preset.js';
import { itemsOf } from './recognise.js';
import { AZURE_STANDARD, azurePolicy } from './standard.js';

const SECONDS_PER_MINUTE = 60;

/** Azure's Standard Load Balancer. */
export const azureStandard: Product = {
  id: AZURE_STANDARD,
  defaultSeconds: DEFAULT_MINUTES * SECONDS_PER_MINUTE,
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
