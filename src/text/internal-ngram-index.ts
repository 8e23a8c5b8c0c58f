import { PairNumbers } from './internal-pair-numbers.ts';

/**
 * Numbers for tokens and for runs of tokens: equal runs, equal numbers, in order of first sight. Exact: runs are
 * compared token by token, so nothing rests on a hash.
 */
export interface NgramIndex {
  /** The numbers of a token list's runs, one per position; new runs get the next number. */
  readonly add: (tokens: readonly string[]) => Int32Array;
  /** The same without adding: -1 for a run never added. */
  readonly find: (tokens: readonly string[]) => Int32Array;
}

/** An empty index of runs of n tokens. */
export function createNgramIndex(n: number): NgramIndex {
  const words = new Map<string, number>();
  // Level k numbers runs of k + 2 tokens by (number of the run before its last token, last token).
  const levels = Array.from({ length: n - 1 }, () => new PairNumbers());
  const run = (tokens: readonly string[], grow: boolean): Int32Array => {
    const ids = tokenNumbers(words, tokens, grow);
    let current = ids;
    for (const level of levels) current = longerRuns(level, current, ids, grow);
    return current;
  };
  return { add: (tokens) => run(tokens, true), find: (tokens) => run(tokens, false) };
}

/** Numbers of single tokens. */
export function tokenNumbers(words: Map<string, number>, tokens: readonly string[], grow: boolean): Int32Array {
  const ids = new Int32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    let id = words.get(tokens[i]!) ?? -1;
    if (id < 0 && grow) {
      id = words.size;
      words.set(tokens[i]!, id);
    }
    ids[i] = id;
  }
  return ids;
}

/** From the numbers of runs of k tokens to those of runs of k + 1. */
export function longerRuns(pairs: PairNumbers, runs: Int32Array, ids: Int32Array, grow: boolean): Int32Array {
  const longer = new Int32Array(Math.max(0, runs.length - 1));
  const shift = ids.length - longer.length;
  for (let i = 0; i < longer.length; i++) {
    const head = runs[i]!;
    const tail = ids[i + shift]!;
    longer[i] = head < 0 || tail < 0 ? -1 : pairs.numberOf(head, tail, grow);
  }
  return longer;
}
