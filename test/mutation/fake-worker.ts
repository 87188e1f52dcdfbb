import type { Answer } from './worker.js';

/** A worker for the tests of the pool: what becomes of a mutant depends on its number alone. */
const GOOD: Omit<Answer, 'number'> = { problem: null, milliseconds: 1, peak: 1 };

const answers: Record<number, () => Omit<Answer, 'number'>> = {
  1: () => ({ ...GOOD, problem: 'crash' }),
  2: () => process.exit(9),
  3: () => {
    for (;;);
  },
  4: () => ({ ...GOOD, milliseconds: 1001 }),
  5: () => ({ ...GOOD, peak: 201 * 2 ** 20 }),
};

process.on('message', (number: number) => {
  process.send?.({ number, ...(answers[number]?.() ?? GOOD) } satisfies Answer);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
