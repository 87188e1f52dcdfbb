import { dirname, extname, join, relative, resolve } from 'node:path';
import { InputError } from '../errors.js';
import { type Baseline, baselineText, readBaseline } from '../project/baseline.js';
import { exists, findProject, readText } from '../project/find.js';
import { type Analysed, judge } from '../project/judge.js';
import { readProject } from '../project/read.js';
import type { Project, ProjectPair } from '../project/schema.js';
import { loadCheckFormat } from '../report/check/index.js';
import type { Finding } from '../result.js';
import { analyzeInput, type Deps, wasInterrupted } from './analysis.js';
import type { NamedCapture } from './captures.js';
import type { CheckOptions } from './commands/check.js';
import { parseFailOn } from './fail-on.js';
import type { Io } from './io.js';
import { deliver } from './output.js';
import { reportOptions } from './surroundings.js';

const PASSED = 0;
const FAILED = 1;

/** Analyses all pairs of a project, judges, reports; resolves to the exit code. */
export async function runCheck(options: CheckOptions, io: Io, deps: Deps | undefined): Promise<number> {
  const reports = await reportsOf(options);
  const path = options.config ?? (await findProject(io.cwd()));
  const project = readProject(await readText(path), path);
  const folder = dirname(resolve(path));
  const baseline = await baselineOf(project, folder, options.updateBaseline);
  const analysed: Analysed[] = [];
  for (const pair of project.pairs) {
    const input = { ...(await inputOf(pair, project, folder, io.cwd())), secondReader: false };
    const result = await analyzeInput(input, { progress: options.progress, ladders: false }, io, deps);
    if (wasInterrupted(result)) throw new InputError('interrupted: nothing was judged');
    analysed.push({ name: pair.name, result });
  }
  const rules = { project, baseline, today: io.today(), names };
  if (options.updateBaseline) return updateBaseline(analysed, rules, folder, io);
  const checked = judge(analysed, rules);
  const detail = options.quiet ? 'summary' : options.verbose ? 'all' : 'normal';
  for (const { target, report } of reports) {
    const color = options.color ?? (target === undefined ? undefined : false);
    const place = await reportOptions(io, { color, detail, fails: () => false });
    await deliver(report(checked, place), target, io);
  }
  const statuses = checked.pairs.flatMap(({ standings }) => [...standings.values()]);
  return statuses.some(({ status }) => status === 'fails') ? FAILED : PASSED;
}

/** Every report that was asked for, and where it goes: standard output gets one unless only files are named. */
async function reportsOf({ format, outputs }: CheckOptions) {
  const files = await Promise.all(
    outputs.map(async (target) => ({ target, report: await loadCheckFormat(undefined, extname(target)) })),
  );
  if (format === undefined && files.length > 0) return files;
  return [{ target: undefined, report: await loadCheckFormat(format, null) }, ...files];
}

function names(word: string, finding: Finding): boolean {
  return parseFailOn([word])(finding);
}

async function baselineOf({ baseline }: Project, folder: string, updating: boolean): Promise<Baseline> {
  if (baseline === undefined || updating) return {};
  const path = join(folder, baseline);
  if (await exists(path)) return readBaseline(await readText(path), path);
  throw new InputError(`the baseline ${path} does not exist; rst-analyze check --update-baseline writes it`);
}

async function updateBaseline(
  analysed: readonly Analysed[],
  rules: Parameters<typeof judge>[1],
  folder: string,
  io: Io,
): Promise<number> {
  const { baseline } = rules.project;
  if (baseline === undefined)
    throw new InputError('the project file names no baseline: add baseline: rst-analyze.baseline.json');
  const { pairs } = judge(analysed, { ...rules, baseline: {} });
  const open = ['fails', 'tolerated'];
  const found = new Map(
    pairs.map(({ name, result, standings }) => [
      name,
      result.findings.filter(({ id }) => open.includes(standings.get(id)?.status ?? '')),
    ]),
  );
  await deliver(baselineText(found), join(folder, baseline), io);
  const count = [...found.values()].reduce((sum, { length }) => sum + length, 0);
  await io.stderr.write(`wrote ${relative(io.cwd(), join(folder, baseline))}: ${count} known\n`);
  return PASSED;
}

/** The captures and the policy of a pair: what the file names is where the file is. */
async function inputOf(pair: ProjectPair, project: Project, folder: string, cwd: string) {
  const place = (path: string) => relative(cwd, join(folder, path)) || '.';
  const captures = (['client', 'server'] as const).flatMap((vantage) =>
    listOf(pair[vantage]).map((path): NamedCapture => ({ vantage, path: place(path) })),
  );
  const lb = await Promise.all(
    listOf(pair.lb ?? project.lb).map(async (one) => ((await exists(join(folder, one))) ? place(one) : one)),
  );
  return { captures, lb, where: pair.where ?? [] };
}

function listOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
