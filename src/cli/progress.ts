import { count } from '../report/text/units.js';
import { cutEnd } from '../report/text/width.js';
import type { Io } from './io.js';

/** How far the reading of one capture has come. */
export interface Reading {
  readonly vantage: string;
  readonly bytes: number;
  /** Null for a pipe, whose end nobody knows. */
  readonly totalBytes: number | null;
  readonly frames: number;
}

/** One line that is rewritten in place, and gone at the end. */
export interface Progress {
  update(reading: Reading): void;
  clear(): Promise<void>;
}

/** A run shorter than this shows nothing. */
const PATIENCE_MS = 500;
const BETWEEN_DRAWS_MS = 100;
const MS = 1000;
const PERCENT = 100;
const BAR_WIDTH = 20;
const MEGABYTE = 1e6;
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = '\r\x1b[2K';

const SILENT: Progress = { update: () => {}, clear: async () => {} };

/** Progress on standard error, where somebody looks at it; otherwise one that says nothing. */
export function createProgress(io: Pick<Io, 'stderr' | 'env' | 'now'>, wanted: boolean): Progress {
  const watched = io.stderr.isTTY && io.env.TERM !== 'dumb' && !io.env.CI;
  if (!wanted || !watched) return SILENT;
  const start = io.now();
  const readings = new Map<string, Reading>();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(reading) {
      readings.set(reading.vantage, reading);
      const now = io.now();
      if (now - start < PATIENCE_MS || now - drawn < BETWEEN_DRAWS_MS) return;
      drawn = now;
      const all = [...readings.values()];
      const text = progressText(all, (now - start) / MS);
      const bar = progressBar(all);
      // One column stays free: a full line would wrap on some terminals and could not be cleared.
      const room = (io.stderr.columns || DEFAULT_COLUMNS) - 1;
      const line = bar.length + text.length <= room ? bar + text : cutEnd(text, room, '');
      // Nobody waits for a progress line, and its loss is no reason to fail.
      io.stderr.write(CLEAR_LINE + line).catch(() => {});
    },
    async clear() {
      if (drawn > start) await io.stderr.write(CLEAR_LINE);
    },
  };
}

/** `[#########-----------] `; nothing where a pipe is among them, whose end nobody knows. */
export function progressBar(readings: readonly Reading[]): string {
  const total = sum(readings.map(({ totalBytes }) => totalBytes ?? Number.NaN));
  if (!(total > 0)) return '';
  const done = Math.min(BAR_WIDTH, Math.floor((sum(readings.map(({ bytes }) => bytes)) / total) * BAR_WIDTH));
  return `[${'#'.repeat(done)}${'-'.repeat(BAR_WIDTH - done)}] `;
}

/** `client 45 %, server 60 %, 120 MB/s, 12 s left`; frames so far for a pipe. */
export function progressText(readings: readonly Reading[], elapsedSeconds: number): string {
  const parts = readings.map(({ vantage, bytes, totalBytes, frames }) =>
    totalBytes === null ? `${vantage} ${count(frames)} frames` : `${vantage} ${share(bytes, totalBytes)} %`,
  );
  const done = sum(readings.map(({ bytes }) => bytes));
  const rate = done / elapsedSeconds;
  if (!(rate > 0 && Number.isFinite(rate))) return parts.join(', ');
  return [...parts, `${(rate / MEGABYTE).toFixed(1)} MB/s`, ...timeLeft(readings, rate)].join(', ');
}

function timeLeft(readings: readonly Reading[], rate: number): string[] {
  const left = readings.map(({ bytes, totalBytes }) =>
    totalBytes === null ? Number.NaN : totalBytes - bytes,
  );
  const seconds = Math.ceil(Math.max(0, sum(left)) / rate);
  return Number.isFinite(seconds) ? [`${count(seconds)} s left`] : [];
}

function share(bytes: number, totalBytes: number): number {
  return totalBytes > 0 ? Math.min(PERCENT, Math.floor((bytes / totalBytes) * PERCENT)) : PERCENT;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
