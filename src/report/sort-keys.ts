/** What findings can be sorted by. A file of its own, so that the help needs no more than these words. */
export const SORT_KEYS = [
  'time',
  'idle',
  'confidence',
  'verdict',
  'client',
  'frontend',
  'policy',
  'impact',
] as const;

export type SortKey = (typeof SORT_KEYS)[number];
