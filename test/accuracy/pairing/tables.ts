import type { PairingScore, Share } from './score.js';

/** How one method did over several cases. */
export interface MethodScore {
  readonly method: string;
  readonly reported: number;
  readonly right: number;
}

/** One line a method, the one that paired most first. */
export function methodScores(scores: readonly PairingScore[]): MethodScore[] {
  const all = scores.flatMap(({ reported }) => reported);
  const methods = [...new Set(all.map(({ method }) => method))];
  return methods
    .map((method) => {
      const own = all.filter((pair) => pair.method === method);
      return { method, reported: own.length, right: own.filter(({ right }) => right).length };
    })
    .sort((a, b) => b.reported - a.reported);
}

/** One line a way of forwarding: how many connections it carried to one partner, and how many of them were found. */
export function modeScores(
  scores: readonly PairingScore[],
): { mode: string; labelled: number; found: number }[] {
  const modes = [...new Set(scores.map(({ mode }) => mode))].sort();
  return modes.map((mode) => {
    const own = scores.filter((score) => score.mode === mode);
    const sum = (of: (score: PairingScore) => number) => own.reduce((total, score) => total + of(score), 0);
    return { mode, labelled: sum(({ labelled }) => labelled), found: sum(({ found }) => found) };
  });
}

/** Several shares as one. */
export function together(shares: readonly Share[]): Share {
  const sum = (of: (share: Share) => number) => shares.reduce((total, share) => total + of(share), 0);
  return {
    labelled: sum(({ labelled }) => labelled),
    reported: sum(({ reported }) => reported),
    right: sum(({ right }) => right),
  };
}
