import type { Result } from '../result.js';
import { jsonText } from './json-text.js';

const INDENT = 2;

/** The report object itself, indented, safe to look at. */
export function json(result: Result): string {
  return `${jsonText(result, INDENT)}\n`;
}
