import { requireWhole } from './internal-check.ts';

/**
 * Every run of n neighbouring tokens, in order: `tokens.length - n + 1` of them, none when the list is shorter.
 *
 * @param tokens - For example the words of {@link segmentWords}.
 * @param n - Length of a run, from 1.
 * @returns The runs.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`.
 * @example
 * ngrams(['to', 'be', 'or'], 2); // => [['to', 'be'], ['be', 'or']]
 */
export function ngrams(tokens: readonly string[], n: number): string[][] {
  requireWhole('n', n, 1);
  const runs: string[][] = [];
  for (let i = 0; i + n <= tokens.length; i++) runs.push(tokens.slice(i, i + n));
  return runs;
}
