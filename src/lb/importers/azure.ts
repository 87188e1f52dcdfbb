import { itemsOf } from '../azure/recognise.js';
import type { ConfigDocument } from '../document.js';
import type { Imported, Importer } from '../importer.js';

/** `az network lb show` and its relatives. */
export const azure: Importer = {
  id: 'azure',
  understands: [
    'az network lb show (JSON or YAML, also as ARM, REST or an ARM template)',
    'az network public-ip show or list',
    'az network nat gateway show',
  ],
  recognises: (document) => itemsOf(document).length > 0,
  build,
};

/** Loads the validator only when there is a file to validate: a preset starts without it. */
async function build(documents: readonly ConfigDocument[]): Promise<Imported> {
  const { azureDevices } = await import('../azure/devices.js');
  return { devices: azureDevices(documents) };
}
