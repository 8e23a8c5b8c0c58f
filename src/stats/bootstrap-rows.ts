import { uniformInt } from '../random/uniform-int.ts';
import { denseIds, jobStep, requireWhole } from './internal-arrange.ts';
import {
  type BootstrapOptions,
  type BootstrapResult,
  finishBootstrap,
  isDefined,
  planBootstrap,
} from './internal-bootstrap.ts';
import { requireSameLength } from './internal-check.ts';

/** Options of {@link bootstrapRows}. */
export interface BootstrapRowsOptions extends BootstrapOptions {
  /** Cluster (person, document) of each row: whole clusters are drawn. Default: each row alone. */
  readonly clusters?: ArrayLike<number> | undefined;
  /**
   * Most leave-outs for the acceleration of `bca`. Up to this many units each is left out alone; beyond it, that many
   * interleaved groups of units are. Default 200.
   */
  readonly leaveOuts?: number | undefined;
}

/**
 * Bootstrap interval of any statistic of rows: rows (or whole clusters) are drawn with replacement, as many as there are.
 *
 * Source: Efron 1987 for `bca`; quantiles of type 7. Works from 2 units up, but says little below 20.
 *
 * @param rowCount - Number of rows, at least 1.
 * @param statistic - Called with row numbers, some of them repeated; the array is reused. Return null or NaN where the
 * statistic is undefined.
 * @param options - See {@link BootstrapRowsOptions}.
 * @returns See {@link BootstrapResult}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE`, `BAD_OPTION`, `LENGTH_MISMATCH`, `ABORTED`.
 * @example
 * const x = [2, 4, 4, 5, 7, 9, 10, 11, 13, 15];
 * const meanOf = (rows) => mean(Array.from(rows, (row) => x[row]));
 * const result = bootstrapRows(10, meanOf, { rng: createRng('demo') });
 * result.estimate; // => 8
 * result.interval.lower < 8 && result.interval.upper > 8; // => true
 */
export function bootstrapRows(
  rowCount: number,
  statistic: (rows: Uint32Array) => number | null,
  options: BootstrapRowsOptions,
): BootstrapResult {
  requireWhole('rowCount', rowCount, 1);
  const plan = planBootstrap(options);
  const { rng, clusters, leaveOuts = 200 } = options;
  requireWhole('leaveOuts', leaveOuts, 2);
  if (clusters) requireSameLength('clusters', clusters.length, rowCount);
  const units = clusters ? unitsOf(clusters) : null;
  const unitCount = units ? units.length : rowCount;
  const all = Uint32Array.from({ length: rowCount }, (_, i) => i);
  const estimate = statistic(all.slice());
  if (!isDefined(estimate)) {
    const empty = { estimate: null, interval: null, standardError: null, resamples: 0, undefinedResamples: 0 };
    return { ...empty, reason: 'STATISTIC_UNDEFINED' };
  }
  const replicates = new Float64Array(plan.resamples);
  const drawn = new Uint32Array(rowCount);
  const buffer: number[] = [];
  let kept = 0;
  for (let draw = 1; draw <= plan.resamples; draw++) {
    jobStep(options, 'bootstrapRows', draw, plan.resamples);
    let value: number | null;
    if (units) {
      buffer.length = 0;
      for (let i = 0; i < unitCount; i++) for (const row of units[uniformInt(rng, unitCount)]!) buffer.push(row);
      value = statistic(Uint32Array.from(buffer));
    } else {
      for (let i = 0; i < rowCount; i++) drawn[i] = uniformInt(rng, rowCount);
      value = statistic(drawn);
    }
    if (isDefined(value)) replicates[kept++] = value;
  }
  return finishBootstrap(estimate, replicates.slice(0, kept), plan.resamples - kept, plan, () => {
    const groups = Math.min(unitCount, leaveOuts);
    if (groups < 2) return null;
    const values = new Float64Array(groups);
    for (let group = 0; group < groups; group++) {
      jobStep(options, 'bootstrapRows: leave-outs', group + 1, groups);
      const rows: number[] = [];
      for (let unit = 0; unit < unitCount; unit++) {
        if (unit % groups === group) continue;
        if (units) for (const row of units[unit]!) rows.push(row);
        else rows.push(unit);
      }
      const value = statistic(Uint32Array.from(rows));
      if (!isDefined(value)) return null;
      values[group] = value;
    }
    return { values, weights: new Float64Array(groups).fill(1) };
  });
}

/** Rows of each cluster, clusters in order of first appearance. */
function unitsOf(clusters: ArrayLike<number>): readonly (readonly number[])[] {
  const { codes, count } = denseIds(clusters);
  const units: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < codes.length; i++) units[codes[i]!]!.push(i);
  return units;
}
