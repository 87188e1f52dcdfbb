import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { parseDocument } from './document.js';
import type { Policy } from './model.js';
import { parsePreset, presetName } from './preset.js';
import type { ConfigDocument, Product } from './product.js';
import { PRODUCTS } from './registry.js';

/** An input that can only be meant as a file, whether it exists or not. */
const PATH_LIKE = /[\\/]|\.(?:json|ya?ml)$/i;

interface Read {
  readonly documents: readonly ConfigDocument[];
  readonly presets: readonly string[];
}

/**
 * Reads the load balancer that the inputs describe together: presets such as `azure-standard:idle=15m,reset=on`, or
 * files with a vendor's own configuration, recognised by their content.
 * @param readText the text of a file; rejects when there is none
 * @throws InputError in one line when an input cannot be read or understood, or when they do not belong together
 */
export async function loadPolicy(
  inputs: readonly string[],
  readText: (path: string) => Promise<string>,
): Promise<Policy> {
  const { documents, presets } = await readInputs(inputs, readText);
  if (presets.length === 0) return buildFrom(documents);
  if (inputs.length > 1) {
    throw new InputError(
      `${inputs.join(' and ')} describe a load balancer each; give one preset, or its files`,
    );
  }
  return fromPreset(presets[0]);
}

async function readInputs(
  inputs: readonly string[],
  readText: (path: string) => Promise<string>,
): Promise<Read> {
  const documents: ConfigDocument[] = [];
  const presets: string[] = [];
  for (const input of inputs) {
    const text = await textOf(input, readText);
    if (text === null) presets.push(input);
    else documents.push(await parseDocument(input, text));
  }
  return { documents, presets };
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

function fromPreset(text: string): Policy {
  const name = presetName(text);
  const product = PRODUCTS.find((known) => known.id === name.toLowerCase());
  if (product !== undefined) return product.preset(parsePreset(text, product.presetKeys));
  const names = PRODUCTS.map((known) => known.id);
  const hint = `${didYouMean(name, names)};`;
  throw new InputError(`${text} is neither a file nor a preset${hint} presets are ${names.join(', ')}`);
}

async function buildFrom(documents: readonly ConfigDocument[]): Promise<Policy> {
  const owners = new Map<Product, ConfigDocument>();
  for (const document of documents) owners.set(ownerOf(document), document);
  const [first, second] = owners;
  if (first === undefined) throw new InputError('no load balancer is given');
  if (second !== undefined) {
    throw new InputError(
      `${first[1].name} is for ${first[0].id}, ${second[1].name} for ${second[0].id}; give one`,
    );
  }
  return first[0].build(documents);
}

function ownerOf(document: ConfigDocument): Product {
  const owner = PRODUCTS.find((product) => product.recognises(document));
  if (owner !== undefined) return owner;
  const understood = PRODUCTS.flatMap((product) => product.understands).join('; ');
  throw new InputError(
    `${document.name} is no load balancer configuration that is known; understood are: ${understood}`,
  );
}
