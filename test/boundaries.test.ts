import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './support/root.js';

/**
 * What each stage may import besides itself: folders or single files of `src`. `types` may be imported with
 * `import type` only: they cost nothing at run time and carry no behaviour.
 */
interface Allowed {
  readonly values?: readonly string[];
  readonly types?: readonly string[];
}

const BOUNDARIES: Readonly<Record<string, Allowed>> = {
  capture: { values: ['errors'] },
  wire: { values: ['capture/frame'] },
  flow: { values: ['wire', 'capture/frame', 'errors'], types: ['capture', 'result'] },
  pair: {
    values: ['flow', 'wire/seq', 'wire/tcp-flags', 'wire/tunnel-kind', 'errors'],
    types: ['result', 'words'],
  },
  reasons: {},
  evidence: { values: ['pair', 'flow', 'wire', 'reasons'], types: ['result'] },
  verdict: { values: ['evidence/fact', 'evidence/hops'], types: ['evidence', 'result', 'words'] },
  lb: { values: ['errors', 'words', 'suggest'], types: ['result'] },
  policy: { values: ['lb', 'reasons', 'words'], types: ['result'] },
  ladder: { values: ['evidence', 'flow', 'wire/tcp-flags'], types: ['verdict', 'pair', 'result'] },
  birth: { values: ['pair', 'flow', 'wire/tcp-flags'], types: ['result'] },
  finding: {
    values: [
      'ladder',
      'verdict',
      'evidence',
      'pair',
      'flow',
      'wire/tcp-flags',
      'policy',
      'reasons',
      'lb/chain',
      'words',
      'version',
    ],
    types: ['birth', 'lb', 'result'],
  },
  report: {
    values: ['words', 'errors', 'suggest', 'verdict/rules', 'reasons/reason', 'identity'],
    types: ['result', 'project'],
  },
  project: { values: ['errors', 'suggest', 'words', 'identity'], types: ['result'] },
  identity: { types: ['result'] },
  annotate: {
    values: ['capture', 'wire', 'report/escape', 'report/text', 'ip-bytes', 'errors'],
    types: ['result'],
  },
  anonymize: { values: ['ip-bytes'], types: ['result'] },
  'ip-bytes': {},
  cli: {
    values: [
      'report',
      'annotate',
      'anonymize',
      'project',
      'analyze',
      'lb',
      'errors',
      'words',
      'version',
      'suggest',
    ],
    types: ['result'],
  },
  errors: {},
  suggest: {},
  version: {},
  words: {},
  result: { values: ['words'] },
  'skipped-frames': { values: ['wire'], types: ['capture', 'flow'] },
  where: { values: ['errors'], types: ['pair', 'result'] },
  'vantage-reading': { values: ['skipped-frames', 'capture', 'wire', 'flow', 'errors'] },
  'read-vantage': { values: ['vantage-reading', 'capture'], types: ['flow'] },
  'read-worker': { values: ['read-vantage', 'read-apart', 'flow', 'errors'], types: ['read-all'] },
  'read-apart': { values: ['flow', 'errors'], types: ['read-all', 'read-vantage'] },
  'read-all': { values: ['read-vantage', 'read-apart'], types: ['flow'] },
  'second-reader': { values: ['capture', 'finding/time'], types: ['result'] },
  analyze: {
    values: [
      'birth',
      'second-reader',
      'read-all',
      'where',
      'errors',
      'pair',
      'evidence',
      'verdict',
      'finding',
      'lb',
    ],
    types: ['flow', 'read-vantage', 'result'],
  },
  index: { values: ['analyze', 'errors'], types: ['result', 'words'] },
};

/** Files outside `cli` that may touch the process, and why. */
const TOUCHES_PROCESS: Readonly<Record<string, string>> = {
  'capture/source': 'standard input is where the path "-" reads from, unless another stream is handed in',
};

interface Source {
  /** Path below `src`, without its ending. */
  readonly name: string;
  readonly text: string;
}

interface Import {
  readonly target: string;
  readonly typesOnly: boolean;
}

const SRC = join(ROOT, 'src');

const SOURCES: readonly Source[] = readdirSync(SRC, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({
    name: relative(SRC, path)
      .split('\\')
      .join('/')
      .replace(/\.tsx?$/, ''),
    text: readFileSync(path, 'utf8'),
  }));

const STATEMENT = /^(?:import|export)\s+(?:(type\s)?([^'";]*?)\s*from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

/** The imports of a file that stay inside `src`. */
function importsOf({ name, text }: Source): Import[] {
  return [...text.matchAll(STATEMENT)]
    .map(([, type, names, from, dynamic]) => ({
      path: from ?? dynamic,
      typesOnly: type !== undefined || allTypes(names),
    }))
    .filter(({ path }) => path.startsWith('.'))
    .map(({ path, typesOnly }) => ({
      target: posix.join(posix.dirname(name), path).replace(/\.js$/, ''),
      typesOnly,
    }));
}

/** `{ type A, type B }`: every name is a type. */
function allTypes(names: string | undefined): boolean {
  const listed = /^\{([^}]*)\}$/
    .exec(names?.trim() ?? '')?.[1]
    .split(',')
    .map((one) => one.trim());
  return listed?.filter((one) => one !== '').every((one) => one.startsWith('type ')) ?? false;
}

const stageOf = (name: string) => name.split('/')[0];
const covers = (places: readonly string[] | undefined, target: string) =>
  places?.some((place) => target === place || target.startsWith(`${place}/`)) ?? false;

/** One sentence for each import that steps over a boundary. */
function trespasses(source: Source): string[] {
  const stage = stageOf(source.name);
  const { values, types } = BOUNDARIES[stage] ?? {};
  return importsOf(source)
    .filter(({ target }) => stageOf(target) !== stage)
    .filter(({ target, typesOnly }) => !covers(values, target) && !(typesOnly && covers(types, target)))
    .map(({ target }) =>
      covers(types, target)
        ? `src/${source.name}.ts may import only types from ${target}: write "import type"`
        : `src/${source.name}.ts imports ${target}: ${stage} may know ${inWords([...(values ?? []), ...(types ?? [])])} and nothing else`,
    );
}

function inWords(places: readonly string[]): string {
  return places.length === 0 ? 'nothing' : places.join(', ');
}

test('every folder and file directly below src is listed with what it may import', () => {
  const stages = new Set(SOURCES.map(({ name }) => stageOf(name)));
  assert.deepEqual([...stages].sort(), Object.keys(BOUNDARIES).sort());
});

test('each stage imports only the stages before it', () => {
  assert.deepEqual(SOURCES.flatMap(trespasses), []);
});

test('only the command line touches the process and the console', () => {
  const touching = SOURCES.filter(({ name }) => stageOf(name) !== 'cli')
    .filter(({ text }) => /\b(?:process|console)\.\w|node:(?:process|console)\b/.test(withoutComments(text)))
    .map(({ name }) => name);
  assert.deepEqual(touching, Object.keys(TOUCHES_PROCESS));
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

test('no files import each other in a circle', () => {
  const graph = new Map(SOURCES.map((source) => [source.name, importsOf(source)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    if (way.includes(name)) circles.push([...way.slice(way.indexOf(name)), name].join(' -> '));
    if (way.includes(name) || done.has(name)) return;
    for (const { target, typesOnly } of graph.get(name) ?? []) if (!typesOnly) visit(target, [...way, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  assert.deepEqual(circles, []);
});
