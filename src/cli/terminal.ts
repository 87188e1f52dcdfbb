import type { Io } from './io.js';

/** What most files and mails are read at, for output that no terminal shows. */
const DEFAULT_WIDTH = 80;

/** Columns a line of the report may fill: the terminal's, else those that COLUMNS says. */
export function outputWidth({ stdout, env }: Pick<Io, 'stdout' | 'env'>): number {
  const said = Number.parseInt(env.COLUMNS ?? '', 10);
  return stdout.columns || (said > 0 ? said : DEFAULT_WIDTH);
}

/** Whether more than ASCII can be shown. Without any locale set, only Unix means plain ASCII by it. */
export function canShowUnicode({ env, platform }: Pick<Io, 'env' | 'platform'>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (!locale) return platform === 'win32' || platform === 'darwin';
  return /utf-?8/i.test(locale);
}
