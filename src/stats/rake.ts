import { SynthproofError } from '../errors.ts';
import { sum } from '../math/sum.ts';
import { requireFinite, requireLength, requireSameLength } from './internal-check.ts';

/** Totals that a table must have over some of its axes. */
export interface RakeMargin {
  /** Axes of the margin, ascending; the totals run over their levels with the last axis fastest. */
  readonly axes: readonly number[];
  /** Wanted totals, >= 0, one per combination of levels. All margins must have one grand total. */
  readonly totals: ArrayLike<number>;
}

/** Options of {@link rake}. */
export interface RakeOptions {
  /** Largest error of a total, as a share of the grand total, that counts as met. Default 1e-12. */
  readonly tolerance?: number | undefined;
  /** Most cycles over all margins. Default 10000. */
  readonly maxCycles?: number | undefined;
}

/** The total that is furthest from its target. */
export interface RakeError {
  /** Position of the margin in the list. */
  readonly margin: number;
  /** Position among its totals. */
  readonly level: number;
  /** Wanted total. */
  readonly wanted: number;
  /** Total reached. */
  readonly reached: number;
}

/** Result of {@link rake}. */
export interface RakeResult {
  /** `met`: every margin within the tolerance. `infeasible`: no table with these zeros has these margins. `not-converged`: stopped at `maxCycles`. */
  readonly status: 'met' | 'infeasible' | 'not-converged';
  /** The table reached, in the order of the cells given. */
  readonly cells: Float64Array;
  /** Cycles done. */
  readonly cycles: number;
  /** The total that is furthest from its target: the blocking one unless `met`. */
  readonly worst: RakeError;
}

/** Cycles between two looks at whether the error still falls. */
const PATIENCE = 200;

/**
 * Raking (iterative proportional fitting): scales a table until its margins have the wanted totals. The result is the
 * table with these margins that is nearest to the given one in Kullback-Leibler divergence; zeros stay zeros.
 *
 * Source: Deming and Stephan 1940; Csiszar 1975, theorem 3.2. An infeasible target shows in two ways: a wanted total
 * above 0 over cells that are all 0, or an error that stops falling.
 *
 * @param cells - Start table, numbers >= 0, last axis fastest.
 * @param shape - Levels of each axis.
 * @param margins - At least one.
 * @param options - See {@link RakeOptions}.
 * @returns The table reached and whether the margins are met.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `OUT_OF_RANGE` for negative numbers, bad axes, or margins with different grand totals; `EMPTY_INPUT`.
 * @example
 * const { status, cells } = rake([1, 1, 1, 3], [2, 2], [{ axes: [0], totals: [5, 5] }, { axes: [1], totals: [4, 6] }]);
 * [status, Math.round(cells[0] + cells[1])]; // => ['met', 5]
 * rake([1, 0], [2], [{ axes: [0], totals: [1, 1] }]).status; // => 'infeasible'
 */
export function rake(
  cells: ArrayLike<number>,
  shape: readonly number[],
  margins: readonly RakeMargin[],
  options: RakeOptions = {},
): RakeResult {
  const { tolerance = 1e-12, maxCycles = 10_000 } = options;
  requireLength('margins', margins.length, 1);
  requireSameLength(
    'cells',
    cells.length,
    shape.reduce((product, levels) => product * levels, 1),
  );
  requireAmounts('cells', cells);
  const plans = margins.map((margin, m) => planMargin(margin, m, shape, cells.length));
  const total = sum(plans[0]!.wanted);
  for (let m = 1; m < plans.length; m++) {
    const other = sum(plans[m]!.wanted);
    if (Math.abs(other - total) > 1e-9 * Math.max(total, other))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `margins[${m}]: totals add up to ${other}, those of margins[0] to ${total}; all margins must have one grand total`,
        { argument: 'margins' },
      );
  }
  const table = Float64Array.from(cells);
  let worst = worstTotal(table, plans);
  const bound = tolerance * total;
  // A level that is wanted but has no cell above 0 can never be reached.
  for (let margin = 0; margin < plans.length; margin++) {
    const sums = addUp(table, plans[margin]!);
    const { wanted } = plans[margin]!;
    const level = sums.findIndex((reached, at) => reached === 0 && wanted[at]! > 0);
    if (level >= 0)
      return {
        status: 'infeasible',
        cells: table,
        cycles: 0,
        worst: { margin, level, wanted: wanted[level]!, reached: 0 },
      };
  }
  let before = Number.POSITIVE_INFINITY;
  for (let cycle = 1; cycle <= maxCycles; cycle++) {
    for (const plan of plans) scale(table, plan);
    worst = worstTotal(table, plans);
    const error = Math.abs(worst.reached - worst.wanted);
    if (error <= bound) return { status: 'met', cells: table, cycles: cycle, worst };
    if (cycle % PATIENCE !== 0) continue;
    // Feasible tables converge; an error that hardly falls over many cycles is the distance between the targets.
    if (error > 0.99 * before) return { status: 'infeasible', cells: table, cycles: cycle, worst };
    before = error;
  }
  return { status: 'not-converged', cells: table, cycles: maxCycles, worst };
}

/** A margin with the level of each cell. */
interface MarginPlan {
  readonly levelOf: Int32Array;
  readonly wanted: Float64Array;
  readonly sums: Float64Array;
}

function planMargin(margin: RakeMargin, m: number, shape: readonly number[], cells: number): MarginPlan {
  const { axes } = margin;
  const sound = axes.every(
    (axis, k) => Number.isInteger(axis) && axis >= 0 && axis < shape.length && (k === 0 || axis > axes[k - 1]!),
  );
  if (!sound)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `margins[${m}].axes: expected ascending positions from 0 to ${shape.length - 1}, received ${axes.join(', ')}`,
      { argument: 'margins' },
    );
  const levels = axes.reduce((product, axis) => product * shape[axis]!, 1);
  requireSameLength(`margins[${m}].totals`, margin.totals.length, levels);
  requireAmounts(`margins[${m}].totals`, margin.totals);
  const levelOf = new Int32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    let rest = cell;
    let level = 0;
    let step = 1;
    for (let axis = shape.length - 1, k = axes.length - 1; axis >= 0 && k >= 0; axis--) {
      const at = rest % shape[axis]!;
      rest = (rest - at) / shape[axis]!;
      if (axis !== axes[k]) continue;
      level += at * step;
      step *= shape[axis]!;
      k--;
    }
    levelOf[cell] = level;
  }
  return { levelOf, wanted: Float64Array.from(margin.totals), sums: new Float64Array(levels) };
}

function addUp(table: Float64Array, { levelOf, sums }: MarginPlan): Float64Array {
  sums.fill(0);
  for (let cell = 0; cell < table.length; cell++) sums[levelOf[cell]!]! += table[cell]!;
  return sums;
}

function scale(table: Float64Array, plan: MarginPlan): void {
  const { levelOf, wanted } = plan;
  const sums = addUp(table, plan);
  for (let level = 0; level < sums.length; level++) sums[level] = sums[level] === 0 ? 0 : wanted[level]! / sums[level]!;
  for (let cell = 0; cell < table.length; cell++) table[cell]! *= sums[levelOf[cell]!]!;
}

function worstTotal(table: Float64Array, plans: readonly MarginPlan[]): RakeError {
  let worst: RakeError = { margin: 0, level: 0, wanted: plans[0]!.wanted[0]!, reached: plans[0]!.wanted[0]! };
  for (let margin = 0; margin < plans.length; margin++) {
    const sums = addUp(table, plans[margin]!);
    const { wanted } = plans[margin]!;
    for (let level = 0; level < sums.length; level++)
      if (Math.abs(sums[level]! - wanted[level]!) > Math.abs(worst.reached - worst.wanted))
        worst = { margin, level, wanted: wanted[level]!, reached: sums[level]! };
  }
  return worst;
}

function requireAmounts(argument: string, amounts: ArrayLike<number>): void {
  requireFinite(argument, amounts);
  for (let i = 0; i < amounts.length; i++)
    if (amounts[i]! < 0)
      throw new SynthproofError('OUT_OF_RANGE', `${argument}[${i}]: expected a number >= 0, received ${amounts[i]}`, {
        argument,
        row: i,
      });
}
