/** Two rows that may belong together, and by how much the server's clock would then be ahead. */
export interface TimedPair {
  readonly client: number;
  readonly server: number;
  /** Nanoseconds; null where nothing of it tells. */
  readonly ahead: number | null;
}

/** Pairs of one clock agree to this, whatever the way and the answer take; wrong ones agree with nobody. */
const AGREE_WITHIN = 0.2e9;
/** Fewer pairs than this are no majority to be alone against. */
const LEAST_MAJORITY = 3;

/**
 * Leaves out the pairs that stand alone with the clock they would need, while most of the others agree on theirs: what
 * made two connections look alike was that others like them were not captured. A clock that steps has several moments
 * that pairs agree on.
 */
export function withoutOutliers(pairs: readonly TimedPair[]): readonly TimedPair[] {
  const timed = pairs.flatMap(({ ahead }) => (ahead === null ? [] : ahead)).sort((a, b) => a - b);
  const alone = new Set(
    timed.filter((ahead, i) => {
      const before = timed[i - 1] ?? Number.NEGATIVE_INFINITY;
      const after = timed[i + 1] ?? Number.POSITIVE_INFINITY;
      return ahead - before > AGREE_WITHIN && after - ahead > AGREE_WITHIN;
    }),
  );
  if (timed.length - alone.size < LEAST_MAJORITY) return pairs;
  return pairs.filter(({ ahead }) => ahead === null || !alone.has(ahead));
}
