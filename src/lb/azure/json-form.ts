/**
 * Azure writes one object in several forms: flattened by `az network lb show`, with everything under `properties`
 * by ARM and REST, and with `Ip` for `IP` in key names by older versions of the CLI. This file makes them one form,
 * and finds the way back for messages.
 */

/** Keys that older versions of the CLI spell differently, by their spelling in lower case. */
const CANONICAL_KEYS: ReadonlyMap<string, string> = new Map(
  [
    'enableFloatingIP',
    'frontendIPConfiguration',
    'frontendIPConfigurations',
    'privateIPAddress',
    'publicIPAddress',
    'publicIPAllocationMethod',
    'publicIpAddresses',
  ].map((key) => [key.toLowerCase(), key]),
);

/** A load balancer's settings lie at most this deep; deeper values are of no interest and stay as they are. */
const MAX_DEPTH = 8;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value in its flattened form, with today's spelling of keys. */
export function flattened(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => flattened(item, depth + 1));
  if (!isObject(value)) return value;
  const { properties, ...rest } = value;
  const entries = isObject(properties) ? { ...rest, ...properties } : value;
  return Object.fromEntries(
    Object.entries(entries).map(([key, item]) => [canonical(key), flattened(item, depth + 1)]),
  );
}

function canonical(key: string): string {
  return CANONICAL_KEYS.get(key.toLowerCase()) ?? key;
}

/** The path in the value as written, such as `properties.loadBalancingRules[0].name`, of a path in its flattened form. */
export function writtenPath(value: unknown, path: readonly PropertyKey[]): string {
  let at = value;
  let text = '';
  for (const part of path) {
    const [steps, next] = stepInto(at, part);
    text += steps;
    at = next;
  }
  return text.replace(/^\./, '');
}

function stepInto(value: unknown, part: PropertyKey): [steps: string, next: unknown] {
  if (typeof part === 'number') return [`[${part}]`, Array.isArray(value) ? value[part] : undefined];
  const name = String(part);
  if (!isObject(value)) return [`.${name}`, undefined];
  const inner = value.properties;
  if (isObject(inner) && !hasKey(value, name))
    return [`.properties.${spelling(inner, name)}`, inner[spelling(inner, name)]];
  return [`.${spelling(value, name)}`, value[spelling(value, name)]];
}

function hasKey(value: JsonObject, name: string): boolean {
  return spelling(value, name) in value;
}

/** How the object itself spells a key. */
function spelling(value: JsonObject, name: string): string {
  return Object.keys(value).find((key) => key === name || canonical(key) === name) ?? name;
}
