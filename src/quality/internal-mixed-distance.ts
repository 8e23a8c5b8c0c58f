import { exp } from '../math/exp.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { median } from '../stats/median.ts';
import type { Table } from '../types.ts';
import { checkedCount } from './internal-measure.ts';
import { mixedPoints, pairSums, pairTest, squaredDistances } from './internal-pair-distances.ts';
import {
  matchTables,
  scoreBase,
  subsample,
  twoSampleFloor,
  twoSampleSettings,
  twoSampleStep,
} from './internal-two-sample.ts';
import type { TableDistanceOptions, TableDistanceScore } from './table-energy-distance.ts';

type DistanceMetric = 'tableEnergyDistance' | 'tableMmd';

/** Pairs of which the median is taken at most, evenly spread over all. */
const MEDIAN_PAIRS = 100_000;

/** Energy distance or maximum mean discrepancy of two mixed tables, with p-value, interval and floor. */
export function mixedDistance(
  metric: DistanceMetric,
  real: Table,
  synthetic: Table,
  options: TableDistanceOptions,
): TableDistanceScore {
  const settings = twoSampleSettings(options, { rows: 1000, repeats: 3 });
  const permutations = checkedCount(options.permutations, 99, [0, 100_000], 'permutations');
  const matched = matchTables(real, synthetic, options.skip);
  const tables = {
    real: subsample(matched.real, settings.rows, settings.seed, 'distance/real'),
    synthetic: subsample(matched.synthetic, settings.rows, settings.seed, 'distance/synthetic'),
    skipped: matched.skipped,
  };
  const range = metric === 'tableMmd' ? ([null, 2] as const) : ([null, null] as const);
  const base = scoreBase(metric, range, tables);
  const points = mixedPoints(tables);
  const features = points.numbers.length + points.levels.length;
  const empty = { ...base, value: null, bandwidth: null, features, noise: null };
  if (Math.min(base.nReal, base.nSynthetic) < 10) return { ...empty, reason: 'TOO_FEW_ROWS' };
  if (features === 0) return { ...empty, reason: 'NO_FEATURES' };
  let done = 0;
  const steps = permutations + 40 + settings.repeats * 2 + 1;
  const step = (): void => twoSampleStep(options, metric, done++, steps);
  step();
  const pairs = squaredDistances(points);
  const bandwidth = metric === 'tableMmd' ? bandwidthOf(pairs) : null;
  fillPairValues(pairs, bandwidth);
  const test = pairTest(pairs, points.count, points.first, {
    statistic: unbiased,
    seed: settings.seed,
    permutations,
    step,
  });
  const noise = twoSampleFloor(matched.real, matched.synthetic, settings, (a, b) => {
    step();
    const pair = mixedPoints({ real: a, synthetic: b, skipped: [] });
    const values = squaredDistances(pair);
    // One bandwidth for all comparisons: figures of different kernels cannot be compared.
    fillPairValues(values, bandwidth);
    const marks = new Uint8Array(pair.count).fill(1, pair.first);
    return unbiased(pairSums(values, marks), pair.first, pair.count - pair.first);
  });
  const half = normalQuantile((1 + settings.level) / 2) * test.deviation;
  const interval = {
    lower: test.value - half,
    upper: test.value + half,
    level: settings.level,
    method: 'half-sample-normal',
  };
  twoSampleStep(options, metric, steps, steps);
  const p = permutations > 0 ? { pValue: test.pValue } : {};
  return { ...base, value: test.value, interval, ...p, bandwidth, features, noise };
}

/** Mean kernel within minus twice the mean between, for minus the distance or for a kernel: the pair values carry the sign. */
function unbiased(sums: { ones: number; zeros: number; between: number }, n: number, m: number): number {
  return (2 * sums.zeros) / (n * (n - 1)) + (2 * sums.ones) / (m * (m - 1)) - (2 * sums.between) / (n * m);
}

/** Turns squared distances into kernel values: Gaussian, or minus the distance where there is no bandwidth. */
function fillPairValues(out: Float64Array, bandwidth: number | null): void {
  if (bandwidth === null) for (let i = 0; i < out.length; i++) out[i] = -Math.sqrt(out[i]!);
  else {
    const scale = -0.5 / (bandwidth * bandwidth);
    for (let i = 0; i < out.length; i++) out[i] = exp(scale * out[i]!);
  }
}

function bandwidthOf(pairs: Float64Array): number {
  const every = Math.ceil(pairs.length / MEDIAN_PAIRS);
  const picked = Float64Array.from({ length: Math.ceil(pairs.length / every) }, (_, i) => pairs[i * every]!);
  const squared = median(picked);
  // More than half of all pairs equal: any bandwidth tells equal from different, 1 is the scale of a column.
  return squared > 0 ? Math.sqrt(squared / 2) : 1;
}
