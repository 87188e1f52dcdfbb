import type { Detail, ReportOptions } from '../report/index.js';
import { chalkFor, colorLevel } from './color.js';
import type { FailOn } from './fail-on.js';
import type { Io } from './io.js';
import { canShowUnicode, outputWidth } from './terminal.js';

/** What was asked for, as far as it decides how a report is written. */
interface Wanted {
  /** Undefined when neither `--color` nor `--no-color` was given. */
  readonly color: boolean | undefined;
  readonly detail: Detail;
  readonly fails: FailOn;
}

/** The place where a report will be read, as its format wants to know it. */
export async function reportOptions(io: Io, { color, detail, fails }: Wanted): Promise<ReportOptions> {
  const level = colorLevel({ flag: color, env: io.env, isTTY: io.stdout.isTTY });
  return { width: outputWidth(io), chalk: await chalkFor(level), unicode: canShowUnicode(io), detail, fails };
}
