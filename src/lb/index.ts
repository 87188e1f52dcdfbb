import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { type ConfigDocument, parseDocument } from './document.js';
import type { Imported, Importer } from './importer.js';
import { IMPORTERS } from './importers/registry.js';
import type { EndModel, Ends, Policy } from './model.js';
import { pathPolicy } from './path.js';
import { parsePreset, presetName } from './preset.js';
import { productIds, productOf } from './registry.js';

/** An input that can only be meant as a file, whether it exists or not. */
const PATH_LIKE = /[\\/]|\.(?:json|ya?ml|cfg|conf|tfstate|txt)$/i;

type Input = { readonly preset: string } | { readonly document: ConfigDocument };

/**
 * Reads the path that the inputs describe together, in their order: presets such as `azure-standard:idle=15m,reset=on`,
 * our own policy files, or files with a vendor's own configuration, recognised by their content.
 * @param readText the text of a file; rejects when there is none
 * @throws InputError in one line when an input cannot be read or understood, or when they do not belong together
 */
export async function loadPolicy(
  inputs: readonly string[],
  readText: (path: string) => Promise<string>,
): Promise<Policy> {
  const read: Input[] = [];
  for (const input of inputs) read.push(await readInput(input, readText));
  if (read.length === 0) throw new InputError('no load balancer is given');
  const parts = await partsOf(read);
  const devices = parts.flatMap((part) => part.devices);
  if (devices.length === 0)
    throw new InputError(`${inputs.join(', ')} describe no device with an idle timer`);
  noProductTwice(read, parts);
  const source = inputs.join(', ');
  return pathPolicy(
    devices,
    mergedEnds(parts.map(({ ends }) => ends)),
    devices.length === 1 ? devices[0].source : source,
  );
}

async function readInput(input: string, readText: (path: string) => Promise<string>): Promise<Input> {
  const text = await textOf(input, readText);
  if (text === null) return { preset: input };
  return { document: await parseDocument(input, text, isPlainText) };
}

function isPlainText(text: string): boolean {
  return IMPORTERS.some(({ isText }) => isText?.(text) === true);
}

/** The text of an input that is a file; null for one that is none and may be a preset. */
async function textOf(input: string, readText: (path: string) => Promise<string>): Promise<string | null> {
  try {
    return await readText(input);
  } catch (error) {
    if (!PATH_LIKE.test(input)) return null;
    throw new InputError(`${input} cannot be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : (message ?? String(error)).split('\n', 1)[0];
}

/** What the inputs hold, in their order; documents of one importer belong together and stand where the first of them does. */
async function partsOf(inputs: readonly Input[]): Promise<Imported[]> {
  const parts: (Imported | Promise<Imported>)[] = [];
  const groups = new Map<Importer, ConfigDocument[]>();
  for (const input of inputs) {
    if ('preset' in input) {
      parts.push(fromPreset(input.preset));
      continue;
    }
    const importer = importerOf(input.document);
    const group = groups.get(importer);
    if (group !== undefined) {
      group.push(input.document);
      continue;
    }
    const documents = [input.document];
    groups.set(importer, documents);
    // Built when all of its documents are known, at its place in the order.
    parts.push(Promise.resolve().then(() => importer.build(documents)));
  }
  return Promise.all(parts);
}

function fromPreset(text: string): Imported {
  const name = presetName(text);
  const product = productOf(name);
  if (product !== undefined) return { devices: [product.preset(parsePreset(text, product.presetKeys))] };
  const hint = didYouMean(name, productIds());
  throw new InputError(
    `${text} is neither a file nor a preset${hint}; "rst-analyze lb list" shows the presets`,
  );
}

function importerOf(document: ConfigDocument): Importer {
  const importer = IMPORTERS.find((one) => one.recognises(document));
  if (importer !== undefined) return importer;
  const understood = IMPORTERS.flatMap(({ understands }) => understands).join('; ');
  throw new InputError(
    `${document.name} is no load balancer configuration that is known; understood are: ${understood}`,
  );
}

/** A preset beside the files of the same product would be a second load balancer, not a second opinion. */
function noProductTwice(inputs: readonly Input[], parts: readonly Imported[]): void {
  const presets = inputs.flatMap((input) => ('preset' in input ? [input.preset] : []));
  const files = inputs.flatMap((input) => ('document' in input ? [input.document.name] : []));
  if (presets.length === 0 || files.length === 0) return;
  const models = parts.flatMap(({ devices }) => devices);
  const clash = models.find(({ model, source }) =>
    models.some(
      (other) => other.model === model && presets.includes(other.source) !== presets.includes(source),
    ),
  );
  if (clash === undefined) return;
  throw new InputError(
    `${[...presets, ...files].join(' and ')} describe a load balancer each; give one preset, or its files`,
  );
}

function mergedEnds(all: readonly (Ends | undefined)[]): Ends {
  const given = all.filter((ends) => ends !== undefined);
  const merged = (end: 'client' | 'backend'): EndModel =>
    Object.assign({}, ...given.map((ends) => ends[end]));
  return { client: merged('client'), backend: merged('backend') };
}
