import { Option } from 'commander';
import { InputError } from '../../errors.js';
import { countsKeepalives } from '../../lb/keepalive.js';
import type { Product } from '../../lb/product.js';
import type { ProductModel, Statement, TimerModel } from '../../lb/product-model.js';
import { defaultText, rangeText } from '../../lb/ranges.js';
import { productIds, productOf } from '../../lb/registry.js';
import { EXPIRY_WORDS } from '../../lb/summary.js';
import { didYouMean } from '../../suggest.js';
import type { Command } from '../commands/index.js';
import { parseWith } from '../program.js';
import { Lines } from './page.js';

const TEXT = {
  name: 'rst-analyze lb show',
  usage: '[--json] <product>',
  description:
    'Shows one product: its timers, how they rank, what it does at expiry, each with the page that says so.',
};

const INDENT = '    ';
const KINDS: Readonly<Record<ProductModel['kind'], string>> = {
  'pass-through': 'forwards segments; the TCP connection is that of the ends',
  nat: 'translates outbound flows',
  filter: 'watches flows and changes little or nothing',
  proxy: 'ends TCP on both sides: two connections',
};

/** `rst-analyze lb show aws-nlb` */
export const show: Command = async (argv, io) => {
  const parsed = parseWith<{ json?: true }>(TEXT, [new Option('--json', 'as JSON')], argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  const product = wanted(parsed.args);
  const text = parsed.flags.json
    ? `${JSON.stringify(product.model, null, 2)}\n`
    : String(described(product, new Lines(io)));
  await io.stdout.write(text);
  return 0;
};

function wanted([name, ...others]: readonly string[]): Product {
  const product = name === undefined ? undefined : productOf(name);
  if (product !== undefined && others.length === 0) return product;
  const hint = name === undefined ? '' : didYouMean(name, productIds());
  throw new InputError(
    `say which one product to show${hint}: "rst-analyze lb list" has their names, such as aws-nlb`,
  );
}

function described({ model, presetKeys }: Product, lines: Lines): Lines {
  const { sequence, ports, clientAddress } = model.preserves;
  lines.say(`${model.id}: ${model.name}`);
  lines.item(INDENT, KINDS[model.kind]);
  lines.item(
    INDENT,
    `preserves sequence numbers: ${sequence}, ports: ${ports}, client's address: ${clientAddress}`,
  );
  const keys = presetKeys.length === 0 ? '' : `:${presetKeys.map((key) => `${key}=...`).join(',')}`;
  lines.item(`${INDENT}preset `, `--lb ${model.id}${keys}`);
  lines.gap().say('Timers');
  for (const timer of model.timers) timerLines(timer, lines);
  for (const { key, setting, default: on, offAction, source } of model.switches ?? [])
    lines
      .item(
        `${INDENT}${key}: `,
        `${setting}, ${on ? 'on' : 'off'} by default; off: ${EXPIRY_WORDS[offAction]}`,
      )
      .link(INDENT + INDENT, source.url);
  statements('Precedence', model.precedence, lines);
  statements('Also', model.exceptions, lines);
  return lines;
}

function timerLines(timer: TimerModel, lines: Lines): void {
  const fixed = timer.configurable ? rangeText(timer) : 'cannot be changed';
  lines.item(`${INDENT}${timer.key}: `, `${timer.setting}, ${defaultText(timer)} by default, ${fixed}`);
  const inner = INDENT + INDENT;
  lines.item(inner, `covers: ${timer.states}; restarted by ${timer.activity}; ${keepalives(timer)}`);
  lines.item(inner, `then: ${EXPIRY_WORDS[timer.onExpiry]}`);
  if (timer.note !== undefined) lines.item(inner, `note: ${timer.note}`);
  if (timer.change !== undefined) lines.item(inner, `set by: ${timer.change}`);
  lines.item(inner, `${timer.confidence}: ${timer.source.title}`).link(inner, timer.source.url);
}

function keepalives({ activity }: TimerModel): string {
  const counts = countsKeepalives(activity);
  if (counts === null) return 'whether TCP keepalives count is unknown';
  return counts ? 'TCP keepalives count' : 'TCP keepalives do not count';
}

function statements(title: string, all: readonly Statement[], lines: Lines): void {
  if (all.length === 0) return;
  lines.gap().say(title);
  for (const [index, { text, source }] of all.entries())
    lines.item(`${INDENT}${index + 1}. `, text).link(`${INDENT}   `, source.url);
}
