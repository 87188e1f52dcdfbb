import { type Group, idleGaps } from '../text/alike.js';
import { backendOf, clientOf, frontendOf } from '../text/connection.js';
import { clockOf, count, dayOf, seconds } from '../text/units.js';
import { confidenceWords, contractName, policyWords, senderWords, verdictWords } from '../text/wording.js';
import type { Column, Line } from './grid.js';
import type { Page } from './page.js';

/** What all the rows of a table have in common. */
export interface Setting {
  readonly page: Page;
  readonly hasPolicy: boolean;
  /** The findings are of more than one day. */
  readonly manyDays: boolean;
}

type Layout = readonly Column<Group>[];

/** Addresses can be cut to this and still be told apart. */
const ADDRESS_LEAST = 18;
const SHORTEST_ADDRESS = 12;
const LAST_RESORT = 4;
const ROUGH_DIGITS = 4;

/** Every way to lay the findings out, the roomiest first. The last one fits any page. */
export function layouts(setting: Setting): Layout[] {
  return [
    oneLine(setting, true),
    oneLine(setting, false),
    stacked(setting, contractName),
    stacked(setting, ({ kind, ...finding }) => finding.class ?? kind),
    compact(setting, ADDRESS_LEAST),
    narrow(setting, SHORTEST_ADDRESS),
    narrow(setting, LAST_RESORT).map((column) => ({ ...column, least: LAST_RESORT })),
  ];
}

/** One line a finding; `rich` adds the backend and the contract's name of the verdict. */
function oneLine(setting: Setting, rich: boolean): Layout {
  const { arrow } = setting.page.symbols;
  const connection = (group: Group): Line => {
    const backend = rich ? backendOf(group.first.path) : null;
    return { text: [clientOf(group), frontendOf(group), ...(backend ? [backend] : [])].join(` ${arrow} `) };
  };
  return [
    { head: ['ID'], cell: (group) => [idLine(group, setting)] },
    { head: ['Time'], cell: ({ first }) => [{ text: timeLines(first.time, setting).join(' ') }] },
    { head: [`Client ${arrow} load balancer`], cell: (group) => [connection(group)] },
    { head: ['Verdict'], cell: ({ first }) => [verdictLine(first)] },
    ...(rich ? [classColumn(contractName)] : []),
    { head: ['Sent by'], cell: ({ first }) => [{ text: senderWords(first) }] },
    { head: ['Confidence'], cell: ({ first }) => [confidenceLine(first)] },
    { head: ['Idle'], cell: (group) => [idleLine(group, setting)] },
    policyColumn(setting),
  ];
}

/** Two lines a finding. */
function stacked(setting: Setting, name: (finding: Group['first']) => string): Layout {
  return [
    { head: ['ID'], cell: (group) => idLines(group, setting) },
    timeAndIdle(setting),
    ends(setting),
    verdictColumn(({ first }) => [{ text: name(first), role: 'dim' }], 'Class'),
    senderColumn(),
    policyColumn(setting),
  ];
}

/** Two lines a finding, with what the policy says below the verdict. */
function compact(setting: Setting, addressLeast: number): Layout {
  return [
    { head: ['ID'], cell: (group) => idLines(group, setting) },
    timeAndIdle(setting),
    { ...ends(setting), least: addressLeast },
    verdictColumn((group) => remarkLines(group, setting), setting.hasPolicy ? 'Policy' : 'Class'),
    senderColumn(),
  ];
}

/** Three columns, for half a screen. */
function narrow(setting: Setting, addressLeast: number): Layout {
  const time = timeAndIdle(setting);
  const connection = ends(setting);
  const sender = senderColumn();
  return [
    { head: ['ID'], cell: (group) => idLines(group, setting) },
    {
      head: [...time.head, ...connection.head],
      cell: (group) => [...time.cell(group), ...connection.cell(group)],
      least: addressLeast,
    },
    {
      head: ['Verdict', setting.hasPolicy ? 'Policy' : 'Class', ...sender.head],
      cell: (group) => [verdictLine(group.first), ...remarkLines(group, setting), ...sender.cell(group)],
    },
  ];
}

function timeAndIdle(setting: Setting): Column<Group> {
  return {
    head: ['Time', 'Idle'],
    cell: (group) => {
      const idle = idleLine(group, setting);
      const times = timeLines(group.first.time, setting).map((text): Line => ({ text }));
      return [...times, { ...idle, text: idle.text === '-' ? '' : `idle ${idle.text}` }];
    },
  };
}

function ends({ page }: Setting): Column<Group> {
  const { arrow } = page.symbols;
  return {
    head: ['Client', `${arrow} load balancer`],
    cell: (group) => [
      { text: clientOf(group), cut: 'middle' },
      { text: `${arrow} ${frontendOf(group)}`, cut: 'middle' },
    ],
  };
}

function verdictColumn(below: (group: Group) => readonly Line[], title: string): Column<Group> {
  return { head: ['Verdict', title], cell: (group) => [verdictLine(group.first), ...below(group)] };
}

function classColumn(name: (finding: Group['first']) => string): Column<Group> {
  return { head: ['Class'], cell: ({ first }) => [{ text: name(first), role: 'dim' }] };
}

function senderColumn(): Column<Group> {
  return {
    head: ['Sent by', 'Confidence'],
    cell: ({ first }) => [{ text: senderWords(first) }, confidenceLine(first)],
  };
}

/** Without a policy the column says which findings did no harm, which is the next best thing to know. */
function policyColumn(setting: Setting): Column<Group> {
  return {
    head: [setting.hasPolicy ? 'Policy' : 'Impact'],
    cell: ({ first }) =>
      setting.hasPolicy
        ? [policyLine(first, setting)]
        : [{ text: first.impact, ...impactRole(first.impact) }],
  };
}

function remarkLines({ first }: Group, setting: Setting): Line[] {
  const harmless: Line[] = first.impact === 'harmless' ? [{ text: 'harmless', role: 'dim' }] : [];
  if (setting.hasPolicy)
    return first.policyCheck || harmless.length === 0 ? [policyLine(first, setting), ...harmless] : harmless;
  return harmless.length > 0 ? harmless : [{ text: first.class ?? first.kind, role: 'dim' }];
}

function policyLine({ policyCheck }: Group['first'], { page }: Setting): Line {
  if (policyCheck === null) return { text: '-', role: 'dim' };
  const words = policyWords(policyCheck.status);
  if (policyCheck.status === 'violates') return { text: `${page.symbols.cross} ${words}`, role: 'bad' };
  if (policyCheck.status === 'conforms') return { text: `${page.symbols.tick} ${words}`, role: 'good' };
  return { text: words, role: 'dim' };
}

function impactRole(impact: Group['first']['impact']): Pick<Line, 'role'> {
  return impact === 'harmful' ? {} : { role: 'dim' };
}

function idLines(group: Group, setting: Setting): Line[] {
  const { times } = setting.page.symbols;
  const { first, members } = group;
  return [
    { text: first.id, role: 'strong' },
    ...(members.length > 1 ? [{ text: `${times}${count(members.length)}` }] : []),
  ];
}

function idLine(group: Group, setting: Setting): Line {
  return {
    text: idLines(group, setting)
      .map(({ text }) => text)
      .join(' '),
    role: 'strong',
  };
}

function verdictLine(finding: Group['first']): Line {
  const unsure = finding.class === 'undetermined';
  return { text: verdictWords(finding), role: unsure ? 'warn' : 'strong' };
}

function confidenceLine(finding: Group['first']): Line {
  return {
    text: confidenceWords(finding),
    ...(finding.confidenceLabel === 'low' ? { role: 'warn' as const } : {}),
  };
}

function idleLine(group: Group, { page }: Setting): Line {
  const gaps = idleGaps(group);
  if (gaps.length === 0) return { text: '-', role: 'dim' };
  const middle = gaps[Math.floor(gaps.length / 2)];
  return { text: group.members.length > 1 ? page.symbols.about + roughly(middle) : seconds(middle) };
}

function timeLines(time: string, { manyDays }: Setting): string[] {
  return manyDays ? [dayOf(time), clockOf(time)] : [clockOf(time)];
}

/** Where one number speaks for many, its last digits would be a pretence. */
function roughly(value: number): string {
  return seconds(value >= 1 ? Number(value.toPrecision(ROUGH_DIGITS)) : value).replace(/\.0+ s$/, ' s');
}
