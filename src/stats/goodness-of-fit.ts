import { chiSquareUpperTail } from '../math/index.ts';
import { normaliseMasses } from './internal-masses.ts';

/** Result of {@link goodnessOfFit}. */
export interface GoodnessOfFitResult {
  /** Pearson's statistic. */
  readonly statistic: number;
  /** Cells with an expected share above 0, minus 1. */
  readonly df: number;
  /** p-value; 1 when `df` is 0, 0 when a cell that cannot occur holds counts. */
  readonly pValue: number;
}

/**
 * Pearson's chi-square test of counts against known shares.
 *
 * The shares count as known: shares estimated from another sample make the p-value too small; use
 * {@link chiSquareTest} on both rows then.
 *
 * @param counts - Counts, one per cell.
 * @param reference - Expected masses over the same cells; normalised here.
 * @returns See {@link GoodnessOfFitResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`.
 * @example
 * goodnessOfFit([10, 20], [1, 1]).statistic; // => 3.3333333333333335
 */
export function goodnessOfFit(counts: ArrayLike<number>, reference: ArrayLike<number>): GoodnessOfFitResult {
  const [, shares] = normaliseMasses(counts, reference);
  let n = 0;
  for (let i = 0; i < counts.length; i++) n += counts[i]!;
  let statistic = 0;
  let cells = 0;
  let impossible = false;
  for (let i = 0; i < counts.length; i++) {
    const expected = n * shares[i]!;
    if (expected === 0) {
      if (counts[i]! > 0) impossible = true;
      continue;
    }
    cells++;
    const d = counts[i]! - expected;
    statistic += (d * d) / expected;
  }
  const df = cells - 1;
  return { statistic, df, pValue: impossible ? 0 : df === 0 ? 1 : chiSquareUpperTail(statistic, df) };
}
