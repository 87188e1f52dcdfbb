// What the rule registry knows of each verdict, for readers.
import { FACT_DESCRIPTIONS } from '../../dist/evidence/fact-descriptions.js';
import { DROP_RULES } from '../../dist/verdict/rules/drops.js';
import { RULES } from '../../dist/verdict/rules/index.js';
import { SECONDARY, UNDECIDED } from '../../dist/verdict/undetermined.js';
import { CLASSES } from '../../dist/words.js';

const ALL = [...RULES, ...DROP_RULES];
const ENDS = { client: 'backend', backend: 'client' };
/** The originators of the report, in words. */
export const BUILT_BY = {
  client: 'the client',
  'load-balancer': 'the load balancer',
  backend: 'the backend',
  middlebox: 'another box',
  unknown: 'does not show',
};

/** A row of the page's first table for each verdict that a finding can have. */
export function verdictTable() {
  const rows = CLASSES.flatMap((name) => [...bySubtype(name)]).flatMap(([name, rules]) => {
    const titles = [...new Set(withoutMirrored(rules).map(({ rule }) => rule.title))].join('; or ');
    const builders = [...new Set(rules.map(({ originator }) => BUILT_BY[originator]))].join(' or ');
    const impacts = [...new Set(rules.map(({ impact }) => impact))].join(' or ');
    return `| [\`${name}\`](#${anchor(name)}) | ${titles} | ${builders} | ${impacts} |`;
  });
  const open = Object.entries(UNDECIDED).map(
    ([subtype, { title }]) =>
      `| [\`undetermined/${subtype}\`](#${anchor(`undetermined/${subtype}`)}) | ${title} | ${BUILT_BY.unknown} | unknown |`,
  );
  return [
    '| verdict | what happened | who built the RST | impact |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...open,
    `| [any class, \`secondary\`](#secondary) | ${SECONDARY.title} | the end that answered | harmless |`,
  ];
}

/** All subtypes of one class, each with the ways in which it comes about. */
export function classSection(name) {
  const known = [...bySubtype(name)].flatMap(([heading, rules]) => [
    `### \`${heading}\``,
    '',
    ...withoutMirrored(rules).flatMap(ruleLines),
  ]);
  const open = name !== 'undetermined' ? [] : Object.entries(UNDECIDED).flatMap(openLines);
  return trimmed([...known, ...open]);
}

/** What follows from another finding. */
export function secondarySection() {
  return [capital(`${SECONDARY.title}.`), '', `- **to do**: ${SECONDARY.decides}`];
}

/** Every fact that the evidence of a finding can name. */
export function factTable() {
  const rows = Object.entries(FACT_DESCRIPTIONS).map(
    ([id, { holds, needs }]) => `| \`${id}\` | ${holds} | ${needs ?? 'nothing else'} |`,
  );
  return ['| fact | it holds where | to tell, it takes |', '| --- | --- | --- |', ...rows];
}

/** The rules of a class by the verdict that they give. */
function bySubtype(name) {
  const groups = new Map();
  for (const rule of ALL.filter((one) => one.class === name)) {
    const verdict = `${name}/${rule.subtype}`;
    groups.set(verdict, [...(groups.get(verdict) ?? []), rule]);
  }
  return groups;
}

/** Rules that say the same of the client and of the backend are told once. */
function withoutMirrored(rules) {
  const told = [];
  for (const rule of rules) {
    const twin = told.find(({ rule: other }) => JSON.stringify(other) === JSON.stringify(exchanged(rule)));
    if (twin === undefined) told.push({ rule, eitherEnd: false });
    else twin.eitherEnd = true;
  }
  return told;
}

/** A rule with client and backend exchanged; weights keep their order. */
function exchanged(rule) {
  const text = JSON.stringify(rule)
    .replaceAll(/\b(client|backend)\b(?!-(?:reset|never))/g, (end) => ENDS[end])
    .replaceAll(/born-(client|server)-side/g, (_, side) =>
      side === 'client' ? 'born-server-side' : 'born-client-side',
    );
  return JSON.parse(text);
}

function ruleLines({ rule, eitherEnd }) {
  const weights = Object.entries(rule.weights);
  const unless = Object.entries(rule.unless ?? {});
  const likewise = eitherEnd ? ' Likewise with client and backend exchanged.' : '';
  return [
    `**${capital(rule.title)}.**${likewise}`,
    '',
    `- **RST built by**: ${BUILT_BY[rule.originator]}; **impact**: ${rule.impact}`,
    '- **has to be so**:',
    ...rule.requires.map(requirement),
    ...listed(
      'excluded by',
      rule.excludes.map((id) => `\`${id}\``),
    ),
    ...listed('for', inOrder(weights.filter(([, weight]) => weight > 0)).map(weighed)),
    ...listed('against', inOrder(weights.filter(([, weight]) => weight < 0)).map(weighed)),
    ...listed('where known not to be so', inOrder(unless).map(weighed)),
    ...doubted(rule.doubts),
    ...rule.advice.map((text) => `- **to do**: ${text}`),
    '',
  ];
}

/** A ceiling of the rule's own. */
function doubted(doubts = []) {
  return doubts.map(
    ({ surest, unless }) =>
      `- **never surer than** ${surest} without ${unless.map((id) => `\`${id}\``).join(' or ')}`,
  );
}

/** A required fact, with what decides where it stays open. */
function requirement(id) {
  const { holds, needs } = FACT_DESCRIPTIONS[id];
  return `  - ${holds} (\`${id}\`${needs === null ? '' : `; to tell, it takes ${needs}`})`;
}

function listed(title, items) {
  return items.length === 0 ? [] : [`- **${title}**: ${items.join(', ')}`];
}

function inOrder(weights) {
  return [...weights].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
}

function weighed([id, weight]) {
  return `\`${id}\` ${signed(weight)}`;
}

/** A number with its sign, as the page writes them. */
export function signed(weight) {
  return weight < 0 ? `−${-weight}` : `+${weight}`;
}

function openLines([subtype, { title, decides }]) {
  return [`### \`undetermined/${subtype}\``, '', `**${capital(title)}.**`, '', `- **to do**: ${decides}`, ''];
}

/** The fragment by which a heading is found. */
function anchor(heading) {
  return heading.replaceAll('/', '');
}

function capital(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}

function trimmed(lines) {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
