export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed value is an object, and neither a list nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list under a key of an object; empty where there is none. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const inner = isJsonObject(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}

/** The text under a key of an object; null where there is none. */
export function textAt(value: unknown, key: string): string | null {
  const inner = isJsonObject(value) ? value[key] : undefined;
  return typeof inner === 'string' && inner !== '' ? inner : null;
}
