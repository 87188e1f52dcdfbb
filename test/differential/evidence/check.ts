/** A condition and what is wrong without it. */
export type Condition = readonly [holds: boolean, wrong: string];

/** What the first condition that does not hold says. */
export function first(...conditions: readonly Condition[]): string | undefined {
  return conditions.find(([holds]) => !holds)?.[1];
}
