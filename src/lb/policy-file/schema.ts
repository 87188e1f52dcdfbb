import type { Product } from '../product.js';
import type { TimerModel } from '../product-model.js';
import { defaultText, rangeText } from '../ranges.js';
import {
  DEVICE_WORDS,
  DURATION_PATTERN,
  END_KEYS,
  END_WORDS,
  POLICY_VERSION,
  type TOP_KEYS,
  VERSION_KEY,
} from './format.js';

type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema of our own policy file, from the products themselves: editors complete and check it by this. */
export function policyJsonSchema(products: readonly Product[]): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'rst-analyze policy',
    description: 'The devices on the path of a flow, in order, with their idle timers.',
    type: 'object',
    required: [VERSION_KEY, 'path'],
    additionalProperties: false,
    properties: {
      [VERSION_KEY]: { const: POLICY_VERSION },
      client: end('The host that opens connections.'),
      path: {
        type: 'array',
        minItems: 1,
        description: "Every device between the ends, the client's side first.",
        items: { oneOf: products.map(device) },
      },
      backend: end('The host that is called.'),
    } satisfies Record<(typeof TOP_KEYS)[number], Schema>,
  };
}

function end(description: string): Schema {
  return {
    type: 'object',
    description,
    additionalProperties: false,
    properties: Object.fromEntries(END_KEYS.map((key) => [key, duration(END_WORDS[key])])),
  };
}

function device({ model, presetKeys }: Product): Schema {
  const timers = model.timers.filter(({ key }) => presetKeys.includes(key));
  const switches = (model.switches ?? []).filter(({ key }) => presetKeys.includes(key));
  return {
    type: 'object',
    title: model.name,
    required: ['product'],
    additionalProperties: false,
    properties: {
      product: { const: model.id, description: DEVICE_WORDS.product },
      name: { type: 'string', minLength: 1, description: DEVICE_WORDS.name },
      since: { type: 'string', description: DEVICE_WORDS.since },
      addresses: { type: 'array', items: { type: 'string' }, description: DEVICE_WORDS.addresses },
      ports: {
        type: 'array',
        items: { type: 'integer', minimum: 1, maximum: 65_535 },
        description: DEVICE_WORDS.ports,
      },
      ...Object.fromEntries(timers.map((timer) => [timer.key, duration(timerText(timer))])),
      ...Object.fromEntries(
        switches.map(({ key, setting }) => [key, { enum: ['on', 'off', true, false], description: setting }]),
      ),
    },
  };
}

function duration(description: string): Schema {
  return { type: 'string', pattern: DURATION_PATTERN, description };
}

function timerText(timer: TimerModel): string {
  return `${timer.setting}: ${defaultText(timer)} by default, ${rangeText(timer)} (${timer.source.url})`;
}
