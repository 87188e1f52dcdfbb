/** A typing slip changes about this share of a word; anything further away is another word. */
const MAX_SHARE = 0.4;

/** ` (did you mean 'x'?)` for the known word nearest to what was typed, or nothing when none is near. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const best = nearest(typed, known);
  return best === null ? '' : ` (did you mean '${best}'?)`;
}

function nearest(typed: string, known: readonly string[]): string | null {
  const word = typed.toLowerCase();
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const limit = Math.ceil(candidate.length * MAX_SHARE);
    // The difference in length is a lower bound, and keeps a very long argument cheap.
    if (Math.abs(candidate.length - word.length) > limit && !isBeginning(word, candidate)) continue;
    const distance = isBeginning(word, candidate) ? 0 : editDistance(word, candidate);
    if (distance <= limit && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const SHORTEST_BEGINNING = 2;

/** Names cut short on purpose, such as `backend` for `backend-originated`. */
function isBeginning(word: string, candidate: string): boolean {
  return word.length >= SHORTEST_BEGINNING && candidate.startsWith(word);
}

/** Levenshtein distance in which two swapped neighbours count once. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + changed);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2] + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
