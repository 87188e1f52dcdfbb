import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import { parseWith } from '../program.js';
import type { Command } from './index.js';

const WORDS = ['list', 'show', 'resolve'] as const;

const TEXT = {
  name: 'rst-analyze lb',
  usage: 'list | show <product> | resolve [options]',
  description: `What is known of load balancers, gateways and firewalls, and what a configuration
gives a flow, without any capture.

  list               every product that is known, with its default idle timeout
  show <product>     its timers, how they rank, what it does at expiry, and who says so
  resolve            the effective timeout of one flow, and how it came about

Examples:
  rst-analyze lb list
  rst-analyze lb show aws-nlb
  rst-analyze lb resolve --lb lb.json --lb pip.json --flow 203.0.113.10:443
  rst-analyze lb resolve --lb haproxy.cfg --flow 10.0.0.1:443 --leg client`,
};

/** `rst-analyze lb list | show <product> | resolve …` */
export const lb: Command = async (argv, io, deps) => {
  const [word, ...rest] = argv;
  if (word === 'list') return (await import('../lb/list.js')).list(rest, io, deps);
  if (word === 'show') return (await import('../lb/show.js')).show(rest, io, deps);
  if (word === 'resolve') return (await import('../lb/resolve.js')).resolve(rest, io, deps);
  const parsed = parseWith(TEXT, [], argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  throw new InputError(`say what: lb list, lb show <product> or lb resolve${didYouMean(word ?? '', WORDS)}`);
};
