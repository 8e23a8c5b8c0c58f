import { contingencySimilarity } from '../../src/quality/contingency-similarity.ts';
import { correlationSimilarity } from '../../src/quality/correlation-similarity.ts';
import { ksComplement } from '../../src/quality/ks-complement.ts';
import { measureQuality } from '../../src/quality/measure-quality.ts';
import { qualityReport } from '../../src/quality/quality-report.ts';
import { statisticSimilarity } from '../../src/quality/statistic-similarity.ts';
import { tvComplement } from '../../src/quality/tv-complement.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { permutation } from '../../src/random/permutation.ts';
import { uniform } from '../../src/random/uniform.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Column, Interval, Rng, Table } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const NUMERIC = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];

const covers = (interval: Interval, truth: number): boolean => interval.lower <= truth && truth <= interval.upper;

/** Share of repeats in which an interval holds the true figure. */
function coverage(repeats: number, name: string, draw: (rng: Rng) => readonly [Interval, number]): number {
  let held = 0;
  for (let i = 0; i < repeats; i++) {
    const [interval, truth] = draw(createRng(`quality/${name}`).stream(i));
    if (covers(interval, truth)) held++;
  }
  return held / repeats;
}

const list = (n: number, make: () => number): number[] => Array.from({ length: n }, make);

function levels(rng: Rng, n: number, shares: readonly number[]): Column {
  const pick = (): string => {
    let u = uniform(rng);
    let k = 0;
    while (k < shares.length - 1 && u >= shares[k]!) u -= shares[k++]!;
    return `l${k}`;
  };
  return categoryColumn('c', Array.from({ length: n }, pick));
}

function gaussianPair(rng: Rng, n: number, rho: number): [Column, Column] {
  const x = list(n, () => normal(rng));
  const y = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * normal(rng));
  return [numberColumn('x', x), numberColumn('y', y)];
}

function shuffledColumns(table: Table): Table {
  const rng = createRng('quality/independent');
  return createTable(
    table.columns.map((column) => {
      const order = permutation(rng.stream(column.name), table.rowCount);
      return takeRows(createTable([column]), order).columns[0]!;
    }),
  );
}

export const evidence: Evidence = async function* ({ full, data }) {
  const repeats = full ? 2000 : 300;
  // Intervals of the finite-sample kind promise at least 95 %; those from normal theory are near 95 %.
  const [p, q] = [
    [0.5, 0.3, 0.15, 0.05],
    [0.4, 0.3, 0.2, 0.1],
  ] as const;
  const uniformKs = coverage(repeats, 'ks', (rng) => {
    const a = numberColumn(
      'x',
      list(150, () => uniform(rng)),
    );
    const b = numberColumn(
      'x',
      list(100, () => uniform(rng) + 0.2),
    );
    return [ksComplement(a, b).interval!, 0.8];
  });
  yield within('quality', 'coverage of the KS interval, true value .8', uniformKs, 0.95, 1);
  const tv = (other: readonly number[], truth: number) => (rng: Rng) =>
    [tvComplement(levels(rng, 200, p), levels(rng, 150, other)).interval!, truth] as const;
  yield within('quality', 'coverage of the TV interval, equal shares', coverage(repeats, 'tv0', tv(p, 1)), 0.95, 1);
  yield within('quality', 'coverage of the TV interval, true value .9', coverage(repeats, 'tv1', tv(q, 0.9)), 0.95, 1);
  const cells = coverage(repeats, 'contingency', (rng) => {
    const side = (n: number): [Column, Column] => [levels(rng, n, p), levels(rng, n, q)];
    return [contingencySimilarity(side(300), side(200)).interval!, 1];
  });
  yield within('quality', 'coverage of the contingency interval, equal tables of 16 cells', cells, 0.95, 1);
  const margin = full ? 0.015 : 0.035;
  const correlation = coverage(repeats, 'correlation', (rng) => {
    const measure = correlationSimilarity(gaussianPair(rng, 120, 0.7), gaussianPair(rng, 80, 0.3));
    return [measure.interval!, 0.8];
  });
  yield within(
    'quality',
    'coverage of the correlation interval, .7 against .3',
    correlation,
    0.95 - margin,
    0.95 + margin,
  );
  const mean = coverage(repeats, 'mean', (rng) => {
    // Uniform on [0, 1] has range close to 1 at 400 rows; the interval takes the observed range as given.
    const a = numberColumn(
      'x',
      list(400, () => uniform(rng)),
    );
    const b = numberColumn(
      'x',
      list(200, () => 0.2 + 0.8 * uniform(rng)),
    );
    return [statisticSimilarity(a, b).interval!, 0.9];
  });
  yield within('quality', 'coverage of the interval of the mean, true value .9', mean, 0.95 - margin, 0.95 + margin);

  const rng = createRng('quality/shift');
  const x = list(2000, () => normal(rng));
  const group = categoryColumn(
    'group',
    x.map((value) => (value > 0.5 ? 'high' : value > -0.5 ? 'middle' : 'low')),
  );
  const real = createTable([numberColumn('x', x), group]);
  const moved = createTable([
    numberColumn(
      'x',
      x.map((value) => value * 1000 + 5e6),
    ),
    group,
  ]);
  const none = { repeats: 0 };
  const zero = { correlation: 0, association: 0 };
  const strict = measureQuality(real, moved, { seed: 's', noiseFloor: none });
  const compat = measureQuality(real, moved, { seed: 's', noiseFloor: none, mode: 'compat', thresholds: zero });
  yield within(
    'quality',
    'scaled and shifted column, pair trends in strict mode',
    strict.columnPairTrends.value!,
    0,
    0.6,
  );
  yield within('quality', 'the same in compat mode (the reference sees nothing)', compat.columnPairTrends.value!, 1, 1);

  const text = data('adult.csv');
  if (text === null) {
    console.log('quality: adult.csv is not on this machine, its figures are left out');
    return;
  }
  const names = text.slice(0, text.indexOf('\n')).trim().split(',');
  const adult = parseCsv(text, {
    schema: {
      columns: names.map((name) => ({ name, kind: NUMERIC.includes(name) ? 'integer' : 'category' }) as const),
    },
  });
  // Two disjoint thirds play real and synthetic: a fresh sample of the same people, so the gap must be noise only.
  const order = permutation(createRng('quality/thirds'), adult.rowCount);
  const third = Math.floor(adult.rowCount / 3);
  const a = takeRows(adult, order.subarray(0, third));
  const b = takeRows(adult, order.subarray(third, 2 * third));
  const splits = { repeats: full ? 20 : 5 };
  const fresh = measureQuality(a, b, { seed: 'fresh', noiseFloor: splits });
  yield within('quality', 'Adult, fresh sample: gap to the noise floor', fresh.overall.noise!.gap!, -0.004, 0.004);
  yield within(
    'quality',
    'Adult, fresh sample: noise floor at 5,426 rows a side',
    fresh.overall.noise!.floor!,
    0.97,
    0.985,
  );
  const alarms = qualityReport(fresh).findings.filter((finding) => finding.level === 'warning').length;
  yield within('quality', 'Adult, fresh sample: warnings in the report, of 15 columns and 105 pairs', alarms, 0, 0);
  const independent = measureQuality(adult, shuffledColumns(adult), { seed: 'independent', noiseFloor: splits });
  yield within(
    'quality',
    'Adult, independent columns: overall score (looks high)',
    independent.overall.value!,
    0.96,
    0.966,
  );
  yield within(
    'quality',
    'Adult, independent columns: gap of pair trends',
    independent.columnPairTrends.noise!.gap!,
    0.05,
    0.07,
  );
};
