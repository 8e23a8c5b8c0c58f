import { SynthproofError } from '../errors.ts';
import { chiSquareQuantile } from '../math/chi-square-quantile.ts';
import { chiSquareUpperTail } from '../math/chi-square-upper-tail.ts';
import { normaliseMasses } from './internal-masses.ts';
import { psi } from './psi.ts';

/** Options of {@link psiTest}. */
export interface PsiTestOptions {
  /** Least expected count of a cell on either side; cells below are pooled. 1 or more, default 5. */
  readonly leastExpected?: number | undefined;
  /** Level of `threshold`, between 0 and 1. Default 0.05. */
  readonly alpha?: number | undefined;
}

/** Result of {@link psiTest}. */
export interface PsiTestResult {
  /** Population stability index of the cells after pooling, in nats, 0 or more. */
  readonly psi: number;
  /** Chance of an index at least as large when nothing changed; 1 when a single cell is left. */
  readonly pValue: number;
  /** Index that is significant at `alpha`: what stands in for the rules of thumb 0.1 and 0.25; null when a single cell is left. */
  readonly threshold: number | null;
  /** Cells left, less one. */
  readonly df: number;
  /** Cells that were pooled. */
  readonly pooled: number;
}

/**
 * Test of the population stability index against its own null law, so that the verdict does not hang on the sample size as
 * the rules of thumb do.
 *
 * Without a change, {@link psi} is about (1/n + 1/m) times a chi-square of K - 1 degrees; the factor here matches the
 * expectation to second order: it grows by (1/n^2 + 1/m^2) (sum of 1/p - K) / 2 over K - 1. Cells with too small an
 * expected count are pooled into one. Both sides are samples; the cells must not be chosen by looking at either.
 * Source: Yurdakul 2018 for the law; the second order follows from the moments of multinomial counts.
 *
 * @param reference - Counts of the reference, one per cell.
 * @param current - Counts of the current data over the same cells.
 * @param options - See {@link PsiTestOptions}.
 * @returns See {@link PsiTestResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH`, `BAD_VALUE`, `OUT_OF_RANGE`.
 * @example
 * psiTest([50, 50], [50, 50]).pValue; // => 1
 * psiTest([500, 500], [400, 600]).pValue < 0.001; // => true
 */
export function psiTest(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: PsiTestOptions = {},
): PsiTestResult {
  const { leastExpected = 5, alpha = 0.05 } = options;
  if (!(leastExpected >= 1 && leastExpected < Infinity)) {
    throw new SynthproofError('OUT_OF_RANGE', `leastExpected: expected a number from 1, received ${leastExpected}`, {
      argument: 'leastExpected',
    });
  }
  if (!(alpha > 0 && alpha < 1)) {
    throw new SynthproofError('OUT_OF_RANGE', `alpha: expected a number between 0 and 1, received ${alpha}`, {
      argument: 'alpha',
    });
  }
  normaliseMasses(reference, current);
  const n = total(reference);
  const m = total(current);
  const cells = pool(reference, current, (leastExpected * (n + m)) / Math.min(n, m));
  const df = cells.length - 1;
  const pooled = reference.length - cells.filter(([, , parts]) => parts === 1).length;
  if (df === 0) return { psi: 0, pValue: 1, threshold: null, df, pooled };
  // An empty cell on one side, rare at such expected counts, counts as half an item.
  const zeroShare = 0.5 / Math.max(n, m);
  const value = psi(
    cells.map(([a]) => a),
    cells.map(([, b]) => b),
    { zeroShare },
  );
  let inverse = 0;
  for (const [a, b] of cells) inverse += (n + m) / (a + b);
  const scale = 1 / n + 1 / m + ((1 / (n * n) + 1 / (m * m)) * (inverse - df - 1)) / (2 * df);
  return {
    psi: value,
    pValue: chiSquareUpperTail(value / scale, df),
    threshold: scale * chiSquareQuantile(1 - alpha, df),
    df,
    pooled,
  };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** Cells as [reference, current, cells in it]: those whose joint count is too small stand together, with the next smallest if need be. */
function pool(reference: ArrayLike<number>, current: ArrayLike<number>, least: number): [number, number, number][] {
  const cells = Array.from({ length: reference.length }, (_, i): [number, number, number] => [
    reference[i]!,
    current[i]!,
    1,
  ]);
  cells.sort((x, y) => x[0] + x[1] - y[0] - y[1]);
  let from = 0;
  const rest: [number, number, number] = [0, 0, 0];
  while (
    from < cells.length &&
    (cells[from]![0] + cells[from]![1] < least || (from > 0 && rest[0] + rest[1] < least))
  ) {
    for (const k of [0, 1, 2] as const) rest[k] += cells[from]![k];
    from++;
  }
  return from === 0 ? cells : [rest, ...cells.slice(from)];
}
