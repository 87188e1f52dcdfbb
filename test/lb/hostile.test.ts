import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '#src/errors.js';
import { DOCUMENTS, TEXTS } from './fixtures/documents.js';
import { inbound, load, OUTBOUND } from './fixtures/load.js';

const RUNS = 150;
const FLOWS = [
  inbound(),
  OUTBOUND,
  { ...inbound(), leg: 'client' },
  { ...inbound(), leg: 'server' },
] as const;

/** Whatever a file holds, it is read, with an answer for every flow, or refused in one line. */
async function readOrRefused(text: string): Promise<void> {
  try {
    const policy = await load({ x: text });
    for (const flow of FLOWS) {
      const effective = policy.resolve(flow);
      assert.ok(effective.text.length > 0);
      assert.ok(Array.isArray(policy.remedies(effective, 1000)));
    }
  } catch (error) {
    assert.ok(error instanceof InputError, `${(error as Error).stack}`);
    assert.doesNotMatch(error.message, /\n/);
  }
}

/** Every way into a value. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function replaced(value: unknown, [step, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? replaced(item, rest, by) : item));
  return { ...(value as object), [step]: replaced(Reflect.get(value as object, step), rest, by) };
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('', '0', '-1', 'constructor', '__proto__', 1e308, -0.5, [], {}, null, [null], [[]], {
    constructor: 1,
  }),
);

for (const [importer, document] of Object.entries(DOCUMENTS)) {
  test(`${importer}: any value at any place is read or refused`, async () => {
    const paths = pathsOf(document);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), odd, async (path, by) => {
        await readOrRefused(JSON.stringify(replaced(document, path, by)) ?? 'null');
      }),
      { numRuns: RUNS },
    );
  });
}

for (const [importer, text] of Object.entries(TEXTS)) {
  test(`${importer}: any piece put anywhere is read or refused`, async () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '{',
        '}',
        ';',
        '"',
        "'",
        '\\',
        '#',
        '\n',
        ' timeout ',
        'listen ',
        '__proto__',
        '99999',
        'server {',
        '${',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(12), piece, async (at, cut, put) => {
        await readOrRefused(text.slice(0, at) + put + text.slice(at + cut));
      }),
      { numRuns: RUNS },
    );
  });
}

test('a file of nothing but blank lines, or of one endless line, is refused at once', async () => {
  for (const text of ['\n'.repeat(200_000), `listen x${' '.repeat(200_000)}`, `http {${'a'.repeat(200_000)}`])
    await assert.rejects(load({ x: `${text}\nz` }), InputError);
});
