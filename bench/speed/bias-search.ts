/**
 * Speed of the bias area's bootstrap, AIF360's ten metrics, consistency, uncovered patterns and association search. Goals in
 * milliseconds on the development machine: 50 for 100 resamples at any n, 5 for the ten metrics on Adult, 500 for
 * consistency of 5000 x 97, 1000 for the uncovered patterns of Adult.
 */
import {
  consistency,
  generalizedEntropy,
  groupTable,
  metricFrame,
  privilegedComparison,
  resampleGroupTable,
  spontaneousBias,
  uncoveredPatterns,
} from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { readAdult } from '../adult.ts';
import { TEN } from '../ten-metrics.ts';
import { type Bench, medianMs } from './types.ts';

const area = 'bias';

/** Features as AIF360's Adult has them: raw numbers and one-hot levels, 97 in all. */
function features(rows: number): Float64Array[] {
  const rng = createRng('bench consistency');
  const out: Float64Array[] = [];
  for (let j = 0; j < 5; j++) out.push(Float64Array.from({ length: rows }, () => Math.floor(80 * uniform(rng))));
  while (out.length < 97) {
    const codes = Array.from({ length: rows }, () => Math.floor(12 * uniform(rng) * uniform(rng)));
    for (let level = 0; level < 12 && out.length < 97; level++)
      out.push(Float64Array.from(codes, (code) => (code === level ? 1 : 0)));
  }
  return out;
}

/** The plain way: every distance, then a sort. */
function plainConsistency(columns: readonly Float64Array[], y: Uint8Array): number {
  const n = y.length;
  let total = 0;
  const distance = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    distance.fill(0);
    for (const column of columns) for (let j = 0; j < n; j++) distance[j]! += (column[i]! - column[j]!) ** 2;
    const near = Int32Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]!);
    let sum = 0;
    for (let k = 0; k < 5; k++) sum += y[near[k]!]!;
    total += Math.abs(y[i]! - sum / 5);
  }
  return 1 - total / n;
}

/** The benchmark of the bias area's searches. */
export const bench: Bench = async function* ({ data }) {
  const rows = 1_000_000;
  const words = createRng('bench bias bootstrap').fill(new Uint32Array(rows));
  const table = createTable([
    categoryColumn(
      'sex',
      Array.from(words, (word) => (word & 1 ? 'f' : 'm')),
    ),
    categoryColumn(
      'race',
      Array.from(words, (word) => `r${(word >>> 1) % 5}`),
    ),
    booleanColumn(
      'y',
      Array.from(words, (word) => ((word >>> 8) & 7) < 3),
    ),
    booleanColumn(
      'p',
      Array.from(words, (word) => ((word >>> 11) & 7) < 3),
    ),
  ]);
  const cells = groupTable(table, { sensitive: ['sex', 'race'], label: { column: 'y' }, prediction: { column: 'p' } });
  const rng = createRng('bench');
  const boot = (): void => {
    for (let b = 0; b < 100; b++) metricFrame(resampleGroupTable(cells, rng), { metrics: TEN });
  };
  yield {
    area,
    job: '100 bootstrap frames of 10 metrics x 10 groups, 1e6 rows',
    ours: medianMs(boot),
    peer: 'none',
    theirs: null,
  };
  const columns = features(5000);
  const y = Uint8Array.from({ length: 5000 }, () => (uniform(rng) < 0.3 ? 1 : 0));
  yield {
    area,
    job: 'consistency, 5000 rows x 97 columns',
    ours: medianMs(() => consistency(columns, y), 3),
    peer: 'plain loop',
    theirs: medianMs(() => plainConsistency(columns, y), 1),
    goal: 0.2,
  };
  const csv = data('adult.csv');
  if (csv === null) {
    console.log('bias · adult.csv is not on this machine: its figures are skipped');
    return;
  }
  const { train, holdout } = readAdult(csv);
  const guess = booleanColumn(
    'guess',
    Array.from(words.subarray(0, train.rowCount), (word) => (word & 3) === 0),
  );
  const adult = createTable([...train.columns, guess]);
  const ten = (): unknown => {
    const counted = groupTable(adult, {
      sensitive: ['sex'],
      label: { column: 'income-per-year', positive: '>50K' },
      prediction: { column: 'guess' },
    });
    const compared = privilegedComparison(counted, {
      privileged: [{ sex: 'Male' }],
      unprivileged: [{ sex: 'Female' }],
    });
    // Benefits are 0, 1 or 2: three values with weights stand for all rows.
    const sums = [0, 0, 0];
    for (const cell of counted.cells) {
      sums[0]! += cell.n[2]!;
      sums[1]! += cell.n[0]! + cell.n[3]!;
      sums[2]! += cell.n[1]!;
    }
    return [
      compared,
      generalizedEntropy([0, 1, 2], { alpha: 1, weights: sums }),
      generalizedEntropy([0, 1, 2], { alpha: 2, weights: sums }),
    ];
  };
  yield {
    area,
    job: "AIF360's metrics and two entropy indices, Adult 26k rows",
    ours: medianMs(ten),
    peer: 'none',
    theirs: null,
  };
  const names = ['workclass', 'education', 'marital-status', 'relationship', 'race', 'sex', 'income-per-year'];
  const patterns = (): unknown => uncoveredPatterns(train, { columns: names, threshold: 30 });
  yield {
    area,
    job: 'uncovered patterns, Adult 26k rows, 7 attributes',
    ours: medianMs(patterns, 3),
    peer: 'none',
    theirs: null,
  };
  const half = takeRows(
    train,
    Int32Array.from({ length: holdout.rowCount }, (_, i) => i),
  );
  const search = (): unknown => spontaneousBias(half, holdout, { sensitive: ['sex', 'race'], seed: 'bench' });
  yield {
    area,
    job: 'spontaneousBias, Adult, 2 x 6.5k rows, 25 pairs',
    ours: medianMs(search, 3),
    peer: 'none',
    theirs: null,
  };
};
