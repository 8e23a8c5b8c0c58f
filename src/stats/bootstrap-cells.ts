import { SynthproofError } from '../errors.ts';
import { multinomial } from '../random/multinomial.ts';
import { jobStep } from './internal-arrange.ts';
import {
  type BootstrapOptions,
  type BootstrapResult,
  finishBootstrap,
  isDefined,
  planBootstrap,
} from './internal-bootstrap.ts';

/** Options of {@link bootstrapCells}. */
export interface BootstrapCellsOptions extends BootstrapOptions {}

/**
 * Bootstrap interval of any statistic of cell counts: each resample is one multinomial draw over the cells, which is what
 * drawing the rows one by one would give, at a cost that does not depend on the number of rows.
 *
 * A table of any shape is passed as one list of counts; several independent groups need one call each. Source: Efron
 * 1987 for `bca`, whose acceleration leaves out one row of each cell in turn, weighted by the cell's count.
 *
 * @param counts - Whole counts >= 0 with a total of at least 1.
 * @param statistic - Called with counts in the same cell order and with the same total (one less for leave-outs). Return
 * null or NaN where the statistic is undefined.
 * @param options - See {@link BootstrapCellsOptions}.
 * @returns See {@link BootstrapResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for a total of 0, `BAD_VALUE` for an impossible count, `OUT_OF_RANGE`,
 * `BAD_OPTION`, `ABORTED`.
 * @example
 * const share = (counts) => counts[0] / (counts[0] + counts[1]);
 * const result = bootstrapCells([30, 70], share, { rng: createRng('demo'), method: 'percentile' });
 * result.estimate; // => 0.3
 * result.interval.lower > 0.15 && result.interval.upper < 0.45; // => true
 */
export function bootstrapCells(
  counts: ArrayLike<number>,
  statistic: (counts: Float64Array) => number | null,
  options: BootstrapCellsOptions,
): BootstrapResult {
  const plan = planBootstrap(options);
  const given = Float64Array.from(counts);
  let total = 0;
  for (let i = 0; i < given.length; i++) {
    const count = given[i]!;
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new SynthproofError('BAD_VALUE', `counts[${i}]: expected a whole count >= 0, received ${count}`, {
        argument: 'counts',
        row: i,
      });
    }
    total += count;
  }
  if (total === 0) {
    throw new SynthproofError('EMPTY_INPUT', 'counts: expected a total of at least 1, received 0', {
      argument: 'counts',
    });
  }
  const estimate = statistic(given.slice());
  if (!isDefined(estimate)) {
    const empty = { estimate: null, interval: null, standardError: null, resamples: 0, undefinedResamples: 0 };
    return { ...empty, reason: 'STATISTIC_UNDEFINED' };
  }
  const replicates = new Float64Array(plan.resamples);
  let kept = 0;
  for (let draw = 1; draw <= plan.resamples; draw++) {
    jobStep(options, 'bootstrapCells', draw, plan.resamples);
    const value = statistic(multinomial(options.rng, total, given));
    if (isDefined(value)) replicates[kept++] = value;
  }
  return finishBootstrap(estimate, replicates.slice(0, kept), plan.resamples - kept, plan, () => {
    if (total < 2) return null;
    const values: number[] = [];
    const weights: number[] = [];
    for (let i = 0; i < given.length; i++) {
      if (given[i] === 0) continue;
      const one = given.slice();
      one[i] = one[i]! - 1;
      const value = statistic(one);
      if (!isDefined(value)) return null;
      values.push(value);
      weights.push(given[i]!);
    }
    return { values: Float64Array.from(values), weights: Float64Array.from(weights) };
  });
}
