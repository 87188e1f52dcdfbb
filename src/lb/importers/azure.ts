import { itemsOf } from '../azure/recognise.js';
import type { ConfigDocument } from '../document.js';
import type { Imported, Importer } from '../importer.js';
import { lineOf } from '../line-of.js';

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
  try {
    return { devices: azureDevices(documents) };
  } catch (error) {
    throw await withLine(error, documents);
  }
}

async function withLine(error: unknown, documents: readonly ConfigDocument[]): Promise<unknown> {
  const { PlacedError } = await import('../azure/validate.js');
  if (!(error instanceof PlacedError)) return error;
  const document = documents.find(({ name }) => name === error.file);
  const line = document === undefined ? null : await lineOf(document, error.path);
  return line === null ? error : error.atLine(line);
}
