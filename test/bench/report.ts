import type { Growth, GrowthPoint } from './growth.js';
import { bytesText, countText, rateText, secondsText, timesText } from './quantities.js';
import type { Outcome } from './race.js';
import type { StartUp } from './start-up.js';
import { left, right, table } from './table.js';
import { type Measured, ratio, TARGETS, type Target, wallOf } from './targets.js';
import type { Work } from './work.js';

const UNKNOWN = '-';
const orUnknown = <T>(value: T | null, text: (value: T) => string) =>
  value === null ? UNKNOWN : text(value);

/** Who took what for which work; failures below. */
export function outcomeTable(works: readonly Work[], outcomes: readonly Outcome[]): string {
  const columns = [
    left('work'),
    left('contender'),
    right('runs'),
    right('wall'),
    right('CPU'),
    right('peak memory'),
    right('packets/s'),
    right('x tcpdump'),
  ];
  const titles = new Map(works.map(({ name, title }) => [name, title]));
  const rows = outcomes.map(({ work, contender, packets, runs, usage }) => [
    titles.get(work) ?? work,
    contender,
    String(runs),
    usage === null ? 'failed' : secondsText(usage.wall),
    orUnknown(usage?.cpu ?? null, secondsText),
    orUnknown(usage?.peak ?? null, bytesText),
    usage === null ? UNKNOWN : rateText(packets / usage.wall),
    orUnknown(ratio(usage?.wall ?? null, wallOf(outcomes, work, 'tcpdump')), timesText),
  ]);
  const problems = outcomes.flatMap(({ contender, problem }) =>
    problem === null ? [] : [`${contender} failed: ${problem}`],
  );
  return [table(columns, rows), ...problems].join('\n');
}

export function startUpTable(startUps: readonly StartUp[]): string {
  const node = startUps.find(({ name }) => name === 'node')?.wall ?? null;
  return table(
    [left('command'), right('runs'), right('wall'), right('x node -e 0')],
    startUps.map(({ title, runs, wall }) => [
      title,
      String(runs),
      secondsText(wall),
      orUnknown(ratio(wall, node), timesText),
    ]),
  );
}

export function growthTables({ packets, connections }: Growth): string {
  return [growthTable('packets', packets), growthTable('concurrent connections', connections)].join('\n\n');
}

function growthTable(what: string, points: readonly GrowthPoint[]): string {
  return table(
    [right(what), right('wall'), right('packets/s'), right('peak memory')],
    points.map(({ size, packets, usage }) => [
      countText(size),
      secondsText(usage.wall),
      rateText(packets / usage.wall),
      orUnknown(usage.peak, bytesText),
    ]),
  );
}

/** What the project wants to reach, and whether it did: those that this run measured. */
export function targetTable(measured: Measured): string {
  const text = ({ unit }: Target, value: number) =>
    unit === 'times' ? `${timesText(value)} x` : `${timesText(value)} MB`;
  const rows = TARGETS.flatMap((target) => {
    const value = target.value(measured);
    if (value === null) return [];
    const verdict = value <= target.atMost ? 'reached' : 'not reached';
    return [[target.text, text(target, target.atMost), text(target, value), verdict]];
  });
  return table([left('target'), right('at most'), right('measured'), left('')], rows);
}
