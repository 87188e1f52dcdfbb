import type { Clause } from '../lb/model.js';
import type { Outcome } from './case.js';

/** A broken promise about when the flow ends. */
export function wrongTime(rule: string, text: string): Outcome {
  return { status: 'violates', rule, text, about: 'timeout' };
}

/** A broken promise about how the flow ends; the promise's own words and source are part of the text. */
export function wrongBehaviour(rule: string, text: string): Outcome {
  return { status: 'violates', rule, text, about: 'behaviour' };
}

export function inconclusive(rule: string, text: string): Outcome {
  return { status: 'inconclusive', rule, text, about: 'timeout' };
}

export function conforms(rule: string, text: string): Outcome {
  return { status: 'conforms', rule, text, about: 'timeout' };
}

export function notCovered(rule: string, text: string): Outcome {
  return { status: 'not-covered', rule, text, about: 'timeout' };
}

/** A promise with the page that makes it. */
export function cited({ text, source }: Pick<Clause, 'text' | 'source'>): string {
  return `${text} (${source.url})`;
}
