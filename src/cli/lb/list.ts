import { Option } from 'commander';
import { InputError } from '../../errors.js';
import { PRODUCTS } from '../../lb/registry.js';
import { summaryOf } from '../../lb/summary.js';
import type { Command } from '../commands/index.js';
import { parseWith } from '../program.js';
import { Lines } from './page.js';

const TEXT = {
  name: 'rst-analyze lb list',
  usage: '[--json]',
  description:
    'Lists every product that is known: the name of its preset, its default idle timeout, what it does then.',
};

/** `rst-analyze lb list` */
export const list: Command = async (argv, io) => {
  const parsed = parseWith<{ json?: true }>(TEXT, [new Option('--json', 'as JSON')], argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  if (parsed.args.length > 0)
    throw new InputError('lb list takes no arguments; lb show <product> shows one product');
  const summaries = PRODUCTS.map(({ model }) => summaryOf(model));
  if (parsed.flags.json) {
    await io.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
    return 0;
  }
  const widest = Math.max(...summaries.map(({ id }) => id.length)) + 2;
  const lines = new Lines(io);
  for (const { id, name, idle, atExpiry, whoSeesReset } of summaries) {
    lines.item(id.padEnd(widest), name);
    lines.item(' '.repeat(widest), `${idle}; ${atExpiry}; a RST is seen by: ${whoSeesReset}`);
  }
  await io.stdout.write(String(lines));
  return 0;
};
