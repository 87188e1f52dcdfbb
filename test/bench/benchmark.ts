import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/root.js';
import type { Captures } from './captures.js';
import { checkAnswers } from './check.js';
import { CONTENDERS, isInstalled } from './contenders.js';
import { measureGrowth } from './growth.js';
import { growthPlot } from './growth-plot.js';
import { describeMachine } from './machine.js';
import { type Command, measure, type Usage } from './measure.js';
import type { BenchOptions, Part } from './options.js';
import { secondsText } from './quantities.js';
import { type Outcome, race } from './race.js';
import { growthTables, outcomeTable, startUpTable, targetTable } from './report.js';
import { measureStartUp, type StartUp, TINY_TRAFFIC } from './start-up.js';
import { FULL_SCALE, SHORT_SCALE, type Work, workOf } from './work.js';

/** What the parts of the benchmark work with. */
export interface Bench {
  readonly options: BenchOptions;
  readonly captures: Captures;
  /** A folder for what nobody keeps. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

const PLOT = join(ROOT, 'docs', 'growth.svg');
const RACES = ['small', 'full', 'memory', 'huge'] as const satisfies readonly Part[];

/** Runs the parts that are asked for and prints what they took; false when a program or an answer failed. */
export async function runBenchmark(bench: Bench): Promise<boolean> {
  const { parts, short } = bench.options;
  const scale = short ? SHORT_SCALE : FULL_SCALE;
  const works = RACES.filter((part) => parts.includes(part)).flatMap((part) => workOf(scale)[part]);
  print(describeMachine());
  for (const contender of CONTENDERS)
    if (!isInstalled(contender)) note(`${contender.name} is not installed: the others run without it`);
  const startUps = parts.includes('start') ? await timeStartUp(bench) : [];
  if (startUps.length > 0) print(startUpTable(startUps));
  const outcomes: Outcome[] = [];
  for (const work of works) outcomes.push(...(await timeWork(bench, work)));
  if (works.length > 0) print(outcomeTable(works, outcomes));
  if (startUps.length + outcomes.length > 0 && !short) print(targetTable({ startUps, outcomes }));
  const grown = !parts.includes('growth') || (await showGrowth(bench));
  const right = !short || (await answersAreRight(bench));
  return grown && right && outcomes.every(({ problem }) => problem === null);
}

async function timeStartUp({ captures, options, signal }: Bench): Promise<StartUp[]> {
  note('start-up');
  return measureStartUp(await captures.pair(TINY_TRAFFIC), options.runs, signal);
}

async function timeWork({ captures, options, signal }: Bench, work: Work): Promise<Outcome[]> {
  const { only } = work;
  const contenders = CONTENDERS.filter(({ name }) => only === undefined || only.includes(name)).filter(
    (contender) => !options.skip.includes(contender.name) && isInstalled(contender),
  );
  note(`${work.title}: writing`);
  const { path: client } = await captures.get(work.traffic, 'client');
  const needsPair = contenders.some((contender) => contender.captures === 2);
  const server = needsPair ? (await captures.get(work.traffic, 'server')).path : client;
  const outcomes = await race(work, { client, server }, contenders, {
    runsOf: ({ slow }) => (slow && !options.slow ? 1 : options.runs),
    measure: (command) => measureAloud(command, signal),
  });
  captures.clear();
  return outcomes;
}

/** False when the program failed on one of the captures. */
async function showGrowth({ captures, options, scratch, signal }: Bench): Promise<boolean> {
  note('growth');
  const growth = await measureGrowth(
    options.short ? SHORT_SCALE : FULL_SCALE,
    options.runs,
    captures,
    (command) => measureAloud(command, signal),
  );
  print(growthTables(growth));
  const path = options.plot ?? (options.short ? join(scratch, 'growth.svg') : PLOT);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, growthPlot(growth, describeMachine()));
  note(`plot: ${path}`);
  for (const problem of growth.problems) note(`failed: ${problem}`);
  return growth.problems.length === 0;
}

async function answersAreRight({ captures, signal }: Bench): Promise<boolean> {
  const [{ traffic }] = workOf(SHORT_SCALE).small;
  const { written, ...pair } = await captures.pair(traffic);
  const wrong = await checkAnswers(pair, written, signal);
  for (const line of wrong) note(`wrong answer: ${line}`);
  if (wrong.length === 0) print(`answers: ${written.resets} RSTs written, ${written.resets} findings`);
  return wrong.length === 0;
}

async function measureAloud(command: Command, signal: AbortSignal): Promise<Usage> {
  const usage = await measure(command, signal);
  note(`${secondsText(usage.wall)}  ${command.join(' ')}`);
  return usage;
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

/** How far it is: for whoever waits, not for the record. */
function note(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}
