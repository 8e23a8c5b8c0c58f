import { SynthproofError } from '../errors.ts';
import { createNgramIndex } from './internal-ngram-index.ts';

/** Token lists, one per text. */
export type TokenLists = readonly (readonly string[])[];

/** Refuses what is no list of token lists. */
export function requireTokenLists(argument: string, texts: TokenLists): void {
  for (let i = 0; i < texts.length; i++) {
    if (!Array.isArray(texts[i]))
      throw new SynthproofError(
        'BAD_VALUE',
        `${argument}[${i}]: expected a list of tokens, received ${typeof texts[i]}; cut texts with segmentWords`,
        { argument, row: i },
      );
  }
}

/** How often each distinct run of n tokens occurs over all texts, in order of first sight, and how many runs there are. */
export function countRuns(texts: TokenLists, n: number): { counts: number[]; total: number } {
  const index = createNgramIndex(n);
  const counts: number[] = [];
  let total = 0;
  for (const tokens of texts) {
    for (const id of index.add(tokens)) {
      counts[id] = (counts[id] ?? 0) + 1;
      total++;
    }
  }
  return { counts, total };
}

/** Number of distinct runs by how often they occur: pairs of (count, number of runs), counts rising. */
export function countsOfCounts(counts: readonly number[]): (readonly [number, number])[] {
  const found = new Map<number, number>();
  for (const count of counts) found.set(count, (found.get(count) ?? 0) + 1);
  return [...found].sort((a, b) => a[0] - b[0]);
}

/**
 * Expected number of distinct runs in a sample of `size` of the `total` runs without replacement:
 * the sum of 1 - C(total - c, size) / C(total, size).
 */
export function expectedDistinct(counts: readonly number[], total: number, size: number): number {
  let expected = 0;
  for (const [count, runs] of countsOfCounts(counts)) {
    // The shorter of the two equal products.
    let missed = 1;
    const steps = Math.min(count, size);
    const taken = Math.max(count, size);
    for (let j = 0; j < steps && missed > 0; j++) missed *= Math.max(0, total - taken - j) / (total - j);
    expected += runs * (1 - missed);
  }
  return expected;
}
