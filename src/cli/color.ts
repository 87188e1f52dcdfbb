import type { ChalkInstance } from 'chalk';

/** As chalk counts: none, 16 colours, 256 colours, all. */
export type ColorLevel = 0 | 1 | 2 | 3;

const NAMED_LEVELS = new Map<string, ColorLevel>([
  ['', 1],
  ['true', 1],
  ['false', 0],
  ['0', 0],
  ['1', 1],
  ['2', 2],
  ['3', 3],
]);

/** What decides about colour. */
export interface ColorQuestion {
  /** `--color` and `--no-color`, undefined when neither was given. */
  readonly flag: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
}

/**
 * Whether and how to colour: the flag, then FORCE_COLOR, then NO_COLOR, then whether a terminal is there to see it.
 * The first two are wishes for this run, NO_COLOR is one for every program, so they come before it.
 */
export function colorLevel({ flag, env, isTTY }: ColorQuestion): ColorLevel {
  const forced = env.FORCE_COLOR === undefined ? undefined : (NAMED_LEVELS.get(env.FORCE_COLOR) ?? 1);
  if (flag !== undefined) return flag ? forced || 1 : 0;
  if (forced !== undefined) return forced;
  if (env.NO_COLOR) return 0;
  return isTTY && env.TERM !== 'dumb' ? 1 : 0;
}

/** The one Chalk instance of the run, null for no colour. Chalk is not even loaded for that. */
export async function chalkFor(level: ColorLevel): Promise<ChalkInstance | null> {
  if (level === 0) return null;
  const { Chalk } = await import('chalk');
  return new Chalk({ level });
}
