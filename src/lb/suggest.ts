/** How many single-character edits a mistyped word may be away, at most, for a suggestion to help. */
const MAX_EDITS = 3;

/** Edits allowed per character of the word, so that a short word does not turn into any other. */
const EDITS_PER_CHARACTER = 0.4;

/** `; did you mean "idle"?` for the candidate nearest to a mistyped word, or nothing when none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const best = nearest(word.toLowerCase(), candidates);
  return best === null ? '' : `; did you mean "${best}"?`;
}

function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let fewest = Math.min(MAX_EDITS, Math.ceil(word.length * EDITS_PER_CHARACTER));
  for (const candidate of candidates) {
    const edits = editDistance(word, candidate);
    if (edits > fewest || (best !== null && edits === fewest)) continue;
    best = candidate;
    fewest = edits;
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
