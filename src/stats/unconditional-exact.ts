import { SynthproofError } from '../errors.ts';
import { exp, logBinomialProbability } from '../math/index.ts';
import { fisherExact } from './fisher-exact.ts';
import { requireTwoByTwo } from './internal-two-by-two.ts';

/** Options of {@link unconditionalExact}. */
export interface UnconditionalExactOptions {
  /**
   * How tables are ordered. `pooled-z`: by the size of the pooled z statistic (Barnard's test as usually computed,
   * Suissa and Shuster 1985). `fisher`: by Fisher's one-sided p-value, the smaller side doubled (Boschloo 1970).
   * Default `fisher`.
   */
  readonly statistic?: 'pooled-z' | 'fisher' | undefined;
}

/** Result of {@link unconditionalExact}. */
export interface UnconditionalExactResult {
  /** Two-sided p-value: the largest over the unknown common rate. */
  readonly pValue: number;
  /** The common rate at which it is reached. */
  readonly rate: number;
}

const MOST_CELLS = 40_000;

/**
 * Unconditional exact test that two proportions are equal: more powerful than Fisher's test for small samples, since
 * only the two row totals are taken as given.
 *
 * The p-value is maximised over the common rate by a grid and golden-section search.
 *
 * @param table - Two rows (groups) of two whole counts (successes, failures).
 * @param options - See {@link UnconditionalExactOptions}.
 * @returns See {@link UnconditionalExactResult}; p-value 1 when a row or a column is empty.
 * @throws {@link SynthproofError} `BAD_VALUE` when the table is not 2 by 2 or holds other than whole counts,
 * `NO_CAPACITY` above 40,000 possible tables: use {@link fisherExact} there.
 * @example
 * unconditionalExact([[5, 0], [0, 5]], { statistic: 'pooled-z' }).pValue; // => 0.001953125
 */
export function unconditionalExact(
  table: readonly ArrayLike<number>[],
  options: UnconditionalExactOptions = {},
): UnconditionalExactResult {
  const [a, b, c, d] = requireTwoByTwo(table);
  const n = a + b;
  const m = c + d;
  if (n === 0 || m === 0 || a + c === 0 || b + d === 0) return { pValue: 1, rate: 0.5 };
  if ((n + 1) * (m + 1) > MOST_CELLS) {
    throw new SynthproofError('NO_CAPACITY', `table: ${(n + 1) * (m + 1)} possible tables exceed ${MOST_CELLS}`, {
      argument: 'table',
    });
  }
  if (options.statistic === 'pooled-z') return maximise(n, m, extremeByZ(a, n, c, m));
  const left = maximise(n, m, extremeByFisher(a, n, c, m, 'less'));
  const right = maximise(n, m, extremeByFisher(a, n, c, m, 'greater'));
  const smaller = left.pValue <= right.pValue ? left : right;
  return { pValue: Math.min(1, 2 * smaller.pValue), rate: smaller.rate };
}

/** Marks tables (x, y) whose pooled z is at least as large in size as the observed one. */
function extremeByZ(a: number, n: number, c: number, m: number): Uint8Array {
  const square = (x: number, y: number): number => {
    const p = (x + y) / (n + m);
    const variance = p * (1 - p) * (1 / n + 1 / m);
    const difference = x / n - y / m;
    return variance > 0 ? (difference * difference) / variance : 0;
  };
  const limit = square(a, c) * (1 - 1e-12);
  const marks = new Uint8Array((n + 1) * (m + 1));
  for (let x = 0; x <= n; x++) for (let y = 0; y <= m; y++) if (square(x, y) >= limit) marks[x * (m + 1) + y] = 1;
  return marks;
}

/** Marks tables whose one-sided Fisher p-value is at most the observed one. */
function extremeByFisher(a: number, n: number, c: number, m: number, side: 'less' | 'greater'): Uint8Array {
  const limit =
    fisherExact([
      [a, n - a],
      [c, m - c],
    ])[side] *
    (1 + 1e-12);
  const marks = new Uint8Array((n + 1) * (m + 1));
  for (let x = 0; x <= n; x++) {
    for (let y = 0; y <= m; y++) {
      if (
        fisherExact([
          [x, n - x],
          [y, m - y],
        ])[side] <= limit
      )
        marks[x * (m + 1) + y] = 1;
    }
  }
  return marks;
}

/** The largest total probability of the marked tables over the common rate. */
function maximise(n: number, m: number, marks: Uint8Array): UnconditionalExactResult {
  const at = (rate: number): number => {
    const px = probabilities(n, rate);
    const py = probabilities(m, rate);
    let sum = 0;
    for (let x = 0; x <= n; x++) {
      let inner = 0;
      for (let y = 0; y <= m; y++) if (marks[x * (m + 1) + y] === 1) inner += py[y]!;
      sum += px[x]! * inner;
    }
    return Math.min(1, sum);
  };
  const steps = 200;
  const values = Float64Array.from({ length: steps + 1 }, (_, i) => at(i / steps));
  let best = { pValue: 0, rate: 0 };
  for (let i = 0; i <= steps; i++) {
    if (best.pValue > 1 - 1e-12) break;
    const value = values[i]!;
    if (value < (values[i - 1] ?? 0) || value < (values[i + 1] ?? 0) || value < 0.9 * best.pValue) continue;
    const found = goldenSection(Math.max(0, i - 1) / steps, Math.min(steps, i + 1) / steps, at);
    if (found.pValue > best.pValue) best = found;
  }
  return best;
}

function probabilities(n: number, rate: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, k) => exp(logBinomialProbability(k, n, rate)));
}

function goldenSection(from: number, to: number, f: (x: number) => number): UnconditionalExactResult {
  const ratio = 0.6180339887498949;
  let a = from;
  let b = to;
  let x = b - ratio * (b - a);
  let y = a + ratio * (b - a);
  let fx = f(x);
  let fy = f(y);
  for (let i = 0; i < 45; i++) {
    if (fx >= fy) {
      b = y;
      y = x;
      fy = fx;
      x = b - ratio * (b - a);
      fx = f(x);
    } else {
      a = x;
      x = y;
      fx = fy;
      y = a + ratio * (b - a);
      fy = f(y);
    }
  }
  return fx >= fy ? { pValue: fx, rate: x } : { pValue: fy, rate: y };
}
