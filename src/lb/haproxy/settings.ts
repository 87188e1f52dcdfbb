import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { Settings, SetValue } from '../product.js';
import type { Line, Section } from './parse.js';

/** `timeout` keywords of HAProxy 3.x (configuration manual, chapter 4). */
const TIMEOUTS = [
  'check',
  'client',
  'client-fin',
  'client-hs',
  'connect',
  'http-keep-alive',
  'http-request',
  'queue',
  'server',
  'server-fin',
  'tarpit',
  'tunnel',
];

const MODES = ['tcp', 'http', 'health', 'log', 'spop', 'haterm'];

/** Seconds of each unit; without one a time is in milliseconds (configuration manual, chapter 2.5). */
const UNITS: Readonly<Record<string, number>> = {
  us: 1e-6,
  ms: 1e-3,
  '': 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
};
const TIME = /^(\d+)(us|ms|s|m|h|d)?$/;

/** What a section says about idle flows; what it does not say is left out. */
export interface Said {
  readonly timers: ReadonlyMap<string, SetValue<number>>;
  readonly mode: SetValue<string> | null;
  /** False where `option nolinger` stands. */
  readonly linger: SetValue<boolean> | null;
}

/**
 * The settings of one section.
 * @throws InputError in one line with file, line, keyword and what was expected
 */
export function saidBy(file: string, section: Section): Said {
  const timers = new Map<string, SetValue<number>>();
  let mode: Said['mode'] = null;
  let linger: Said['linger'] = null;
  for (const line of section.lines) {
    const origin = `${file}:${line.number}`;
    const [word, second] = line.words;
    if (word === 'timeout') timers.set(timeoutName(file, line), { value: timeOf(file, line), origin });
    else if (word === 'mode') mode = { value: modeOf(file, line), origin };
    else if (isNolinger(line)) linger = { value: word === 'no', origin };
    else if (/^time?out?s?$/.test(word) && second !== undefined)
      throw new InputError(`${origin}: unknown keyword ${word}${didYouMean(word, ['timeout'])}`);
  }
  return { timers, mode, linger };
}

function isNolinger({ words }: Line): boolean {
  const [first, ...rest] = words;
  return (
    (first === 'option' && rest[0] === 'nolinger') || (first === 'no' && rest.join(' ') === 'option nolinger')
  );
}

function timeoutName(file: string, { words, number }: Line): string {
  const name = words[1] ?? '';
  if (TIMEOUTS.includes(name)) return name;
  throw new InputError(
    `${file}:${number}: timeout ${name}: unknown timeout${didYouMean(name, TIMEOUTS)}; timeouts are ${TIMEOUTS.join(', ')}`,
  );
}

function timeOf(file: string, { words, number }: Line): number {
  const value = words[2];
  const match = TIME.exec(value ?? '');
  if (match !== null) return Number(match[1]) * UNITS[match[2] ?? ''] || Number.POSITIVE_INFINITY;
  throw new InputError(
    `${file}:${number}: timeout ${words[1]}: expected a time such as 30s, 5m or 1h (milliseconds without unit), got ${value ?? 'nothing'}`,
  );
}

function modeOf(file: string, { words, number }: Line): string {
  const mode = words[1] ?? '';
  if (MODES.includes(mode)) return mode;
  throw new InputError(`${file}:${number}: mode ${mode}: expected tcp or http${didYouMean(mode, MODES)}`);
}

/** Settings of a section over what stands behind it: its own words go first. */
export function over(own: Said, behind: Said): Said {
  return {
    timers: new Map([...behind.timers, ...own.timers]),
    mode: own.mode ?? behind.mode,
    linger: own.linger ?? behind.linger,
  };
}

export const SAID_NOTHING: Said = { timers: new Map(), mode: null, linger: null };

/** Timers that a frontend decides; the others are the backend's. */
const OF_FRONTEND = ['client', 'client-fin', 'client-hs', 'http-keep-alive', 'http-request'];

/** The settings of the flows that a frontend hands to a backend. */
export function settingsOf(frontend: Said, backend: Said): Settings {
  const ofFrontend = [...frontend.timers].filter(([key]) => OF_FRONTEND.includes(key));
  const ofBackend = [...backend.timers].filter(([key]) => !OF_FRONTEND.includes(key));
  const mode = frontend.mode ?? backend.mode;
  const linger = [frontend.linger, backend.linger].find((one) => one?.value === false);
  const switches = new Map<string, SetValue<boolean>>([
    ['tcp', { value: (mode?.value ?? 'tcp') !== 'http', origin: mode?.origin ?? 'default' }],
  ]);
  if (linger != null) switches.set('linger', linger);
  return { timers: new Map([...ofFrontend, ...ofBackend]), switches };
}
