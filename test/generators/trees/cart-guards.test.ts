import { describe, expect, test } from 'vitest';
import { type CartModel, fitCart, sampleCart } from '../../../src/generators/index.ts';
import { combineEstimates } from '../../../src/generators/trees/combine-estimates.ts';
import { createRng } from '../../../src/random/create-rng.ts';
import { normal } from '../../../src/random/normal.ts';
import { uniform } from '../../../src/random/uniform.ts';
import { ksStatistic, mean, variance } from '../../../src/stats/index.ts';
import {
  concatRows,
  createTable,
  equalTables,
  fromColumns,
  getColumn,
  numberColumn,
  toRecords,
} from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
}

const source = mixedTable(1000);

describe('bootstrap', () => {
  test('the seed decides the model; without it nothing changes', () => {
    expect(fitCart(source, { bootstrap: 'a' })).toEqual(fitCart(source, { bootstrap: 'a' }));
    expect(fitCart(source, { bootstrap: 'a' }).digest).not.toBe(fitCart(source, { bootstrap: 'b' }).digest);
    expect(fitCart(source, { bootstrap: undefined }).digest).toBe(fitCart(source).digest);
  });
  test('each tree sees as many rows as there are, some repeated, some not at all', () => {
    const table = createTable([
      numberColumn(
        'x',
        Array.from({ length: 1000 }, (_, i) => i),
      ),
    ]);
    const value = fitCart(table, { bootstrap: 'a' }).columns[0]!.value!;
    expect(value.counts.reduce((a, b) => a + b, 0)).toBe(1000);
    expect(value.codes.length).toBeGreaterThan(580);
    expect(value.codes.length).toBeLessThan(690);
    expect(Math.max(...value.counts)).toBeGreaterThan(2);
  });
  test('models of m seeds vary as samples of the source do', () => {
    const rng = createRng('x');
    const table = createTable([
      numberColumn(
        'x',
        Array.from({ length: 400 }, () => normal(rng)),
      ),
    ]);
    const means = Array.from({ length: 60 }, (_, m) => {
      const model = fitCart(table, { bootstrap: `copy ${m}`, smoothing: 'none' });
      return mean(
        (getColumn(sampleCart(model, { rows: 40_000, seed: 's' }), 'x') as { values: Float64Array }).values,
      ) as number;
    });
    // Variance of a mean of 400 rows with variance 1 is 1/400; that of the large sample itself is a hundredth of it.
    const ratio = (variance(Float64Array.from(means)) as number) * 400;
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });
});

describe('maxDonorReuse', () => {
  const model = fitCart(source);
  test('no training cell is drawn more often', () => {
    const few = createTable([
      numberColumn(
        'x',
        Array.from({ length: 200 }, (_, i) => i),
      ),
    ]);
    const made = fitCart(few, { smoothing: 'none' });
    const most = (maxDonorReuse: number | undefined) => {
      const uses = new Map<unknown, number>();
      for (const row of toRecords(sampleCart(made, { rows: 380, seed: 's', maxDonorReuse })))
        uses.set(row['x'], (uses.get(row['x']) ?? 0) + 1);
      return Math.max(...uses.values());
    };
    expect(most(undefined)).toBeGreaterThan(4);
    expect(most(2)).toBe(2);
    expect(code(() => sampleCart(made, { rows: 401, seed: 's', maxDonorReuse: 2 }))).toBe('NO_CAPACITY');
    expect(code(() => sampleCart(made, { rows: 1, seed: 's', maxDonorReuse: 0 }))).toBe('BAD_OPTION');
  });
  test.each([2, 7, 64])('%d shards give one table, and a wide limit changes nothing', (count) => {
    const draw = (offset: number, rows: number) => sampleCart(model, { rows, seed: 's', offset, maxDonorReuse: 4 });
    const parts = Array.from({ length: count }, (_, k) => {
      const start = Math.floor((300 * k) / count);
      return draw(start, Math.floor((300 * (k + 1)) / count) - start);
    });
    expect(equalTables(concatRows(parts), draw(0, 300))).toBe(true);
    const wide = sampleCart(model, { rows: 300, seed: 's', maxDonorReuse: 1e6 });
    expect(equalTables(wide, sampleCart(model, { rows: 300, seed: 's' }))).toBe(true);
  });
});

test('a spike keeps its share, also by group, and the rest its shape', () => {
  const rng = createRng('spike');
  const rows = Array.from({ length: 4000 }, () => {
    const job = uniform(rng) < 0.5 ? 'a' : 'b';
    const gain =
      uniform(rng) < (job === 'a' ? 0.95 : 0.6)
        ? 0
        : Math.round(1000 + 500 * Math.abs(normal(rng)) + (job === 'a' ? 0 : 2000));
    return { job, gain };
  });
  const table = fromColumns({ job: rows.map((row) => row.job), gain: rows.map((row) => row.gain) });
  const drawn = toRecords(sampleCart(fitCart(table, { smoothing: 'interpolate' }), { rows: 4000, seed: 's' }));
  for (const job of ['a', 'b']) {
    const zero = (list: typeof rows) =>
      list.filter((row) => row.job === job && row.gain === 0).length / list.filter((row) => row.job === job).length;
    expect(Math.abs(zero(rows) - zero(drawn as typeof rows))).toBeLessThan(0.03);
    const rest = (list: typeof rows) =>
      Float64Array.from(list.filter((row) => row.job === job && row.gain > 0).map((row) => row.gain));
    expect(ksStatistic(rest(rows), rest(drawn as typeof rows))).toBeLessThan(0.12);
  }
  // Between the spike and the first other value nothing was observed: at most a draw or two fall there.
  expect(
    drawn.filter((row) => (row['gain'] as number) > 0 && (row['gain'] as number) < 1000).length,
  ).toBeLessThanOrEqual(4);
});

describe('combineEstimates', () => {
  test('the rules by hand', () => {
    const simple = combineEstimates([1, 2, 3], [3, 3, 3], { synthesis: 'simple', sourceRows: 50, copyRows: 100 });
    expect(simple).toMatchObject({ estimate: 2, within: 3, between: 1, copies: 3, degreesOfFreedom: null });
    expect(simple.variance).toBeCloseTo(3 * (2 + 1 / 3), 12);
    const proper = combineEstimates([1, 2, 3], [3, 3, 3], { synthesis: 'proper', sourceRows: 50, copyRows: 100 });
    expect(proper.variance).toBeCloseTo(3 * (2 + 3 / 3), 12);
    const partial = combineEstimates([1, 2, 3], [3, 3, 3], { synthesis: 'partial' });
    expect(partial.variance).toBeCloseTo(3 + 1 / 3, 12);
    expect(partial.degreesOfFreedom).toBeCloseTo(2 * 100, 9);
    expect(combineEstimates([2, 2], [1, 1], { synthesis: 'partial' }).degreesOfFreedom).toBeNull();
    expect(combineEstimates([2], [1], { synthesis: 'simple', sourceRows: 9, copyRows: 9 }).between).toBeNull();
  });

  test.each(['simple', 'proper', 'partial'] as const)(
    '%s: intervals cover the population’s mean in 95 of 100 cases',
    (synthesis) => {
      const rng = createRng(`cover ${synthesis}`);
      const n = 60;
      const k = 90;
      let covered = 0;
      const runs = 3000;
      // Means of normal samples with variance 1 are drawn straight from their distributions.
      for (let run = 0; run < runs; run++) {
        const observed = normal(rng) / Math.sqrt(n);
        const estimates = Array.from({ length: 4 }, () => {
          const parameter = synthesis === 'simple' ? observed : observed + normal(rng) / Math.sqrt(n);
          // Partial: half of the n rows are kept, the mean of the others is drawn anew from the posterior.
          if (synthesis === 'partial') return observed + 0.5 * normal(rng) * Math.sqrt(1 / (n / 2) + 1 / (n / 2));
          return parameter + normal(rng) / Math.sqrt(k);
        });
        const size = synthesis === 'partial' ? n : k;
        const combined = combineEstimates(
          estimates,
          estimates.map(() => 1 / size),
          { synthesis, sourceRows: n, copyRows: k },
        );
        if (combined.interval.lower <= 0 && combined.interval.upper >= 0) covered++;
      }
      expect(covered / runs).toBeGreaterThan(0.935);
      expect(covered / runs).toBeLessThan(0.968);
    },
  );

  const rows = { sourceRows: 10, copyRows: 10 };
  test.each<[string, () => unknown, string]>([
    ['no copies', () => combineEstimates([], [], { synthesis: 'simple', ...rows }), 'EMPTY_INPUT'],
    ['unequal lengths', () => combineEstimates([1], [1, 2], { synthesis: 'simple', ...rows }), 'LENGTH_MISMATCH'],
    ['NaN', () => combineEstimates([Number.NaN], [1], { synthesis: 'simple', ...rows }), 'BAD_VALUE'],
    ['a negative variance', () => combineEstimates([1], [-1], { synthesis: 'simple', ...rows }), 'BAD_VALUE'],
    ['no row counts', () => combineEstimates([1], [1], { synthesis: 'proper' }), 'BAD_OPTION'],
    ['one partial copy', () => combineEstimates([1], [1], { synthesis: 'partial' }), 'BAD_OPTION'],
    ['another synthesis', () => combineEstimates([1], [1], { synthesis: 'x' as never }), 'BAD_OPTION'],
    ['a level of 1', () => combineEstimates([1], [1], { synthesis: 'simple', ...rows, level: 1 }), 'BAD_OPTION'],
  ])('refuses %s', (_, run, expected) => {
    expect(code(run)).toBe(expected);
  });
});

test('a model that was changed by hand is refused', () => {
  const copy = JSON.parse(JSON.stringify(fitCart(source, { bootstrap: 'a' }))) as CartModel;
  (copy.columns[3]!.value!.counts as number[])[0] = 0;
  expect(code(() => sampleCart(copy, { rows: 1, seed: 's' }))).toBe('BAD_MODEL');
});
