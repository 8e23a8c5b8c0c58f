import { describe, expect, test } from 'vitest';
import { achievedTilt } from '../../../src/bias/fair/achieved-tilt.ts';
import { fairTarget } from '../../../src/bias/fair/fair-target.ts';
import { bayesianNetworkGenerator } from '../../../src/generators/bayesian-network/bayesian-network-generator.ts';
import { copulaGenerator } from '../../../src/generators/copula/copula-generator.ts';
import { cartLabelProbabilities } from '../../../src/generators/fair/cart-label-probabilities.ts';
import { fairGenerator } from '../../../src/generators/fair/fair-generator.ts';
import { tiltPool } from '../../../src/generators/fair/tilt-pool.ts';
import { arfGenerator } from '../../../src/generators/forest/arf-generator.ts';
import { cartGenerator } from '../../../src/generators/trees/cart-generator.ts';
import { fitCart } from '../../../src/generators/trees/fit-cart.ts';
import { sampleCart } from '../../../src/generators/trees/sample-cart.ts';
import {
  booleanColumn,
  categoryColumn,
  concatRows,
  createTable,
  dropColumns,
  getColumn,
  takeRows,
  textColumn,
} from '../../../src/table/index.ts';
import type { Generator, Model, Table } from '../../../src/types.ts';
import { hiringTable } from '../../bias/fair/helpers.ts';

const source = hiringTable(2000);
const label = { column: 'hired' };
const target = fairTarget(source, { sensitive: ['sex', 'region'], label });
const fails = (run: () => unknown, code: string): void => {
  expect(run).toThrow(expect.objectContaining({ code }));
};

/** A caller's own generator: draws source rows, keeps nothing. */
const bootstrap: Generator<{ readonly step?: number }, Model & { readonly table: Table; readonly step: number }> = {
  id: 'rows',
  fit: (table, { step = 7 }) => ({ kind: 'rows', version: 1, embedsTrainingValues: true, table, step }),
  sample: ({ table, step }, { rows, offset = 0 }) =>
    takeRows(
      table,
      Array.from({ length: rows }, (_, i) => ((offset + i) * step) % table.rowCount),
    ),
};

describe('fairGenerator', () => {
  const generators = [
    ['cart', cartGenerator, 'conditional'],
    ['bayesian-network', bayesianNetworkGenerator, 'conditional'],
    ['copula', copulaGenerator, 'pool'],
    ['arf', arfGenerator, 'pool'],
  ] as [string, Generator<object, Model>, 'conditional' | 'pool'][];

  test.each(generators)('%s: label shares are exact to one row of each group', (_, generator, method) => {
    const fair = fairGenerator(generator, target, { method });
    expect(fair.id).toBe(`${generator.id}+fair`);
    const model = fair.fit(source, {});
    const copy = fair.sample(model, { rows: 1500, seed: 'a' });
    const reached = achievedTilt(copy, target, { direction: 'feature', seed: 'a', details: fair.id });
    for (const group of reached.groups)
      expect(Math.abs(group.labels[1]! - group.targetLabels[1]!)).toBeLessThanOrEqual(0.5 / group.rows + 1e-9);
    for (const cell of reached.cells) expect(Math.abs(cell.rows - 1500 * cell.target)).toBeLessThan(2);
    expect(reached.outside).toBe(0);
    expect(copy.columns.map((column) => column.name)).toEqual(source.columns.map((column) => column.name));
    expect(fair.sample(JSON.parse(JSON.stringify(model)), { rows: 1500, seed: 'a' })).toEqual(copy);
  });

  test('shards of one total agree, another seed does not', () => {
    const fair = fairGenerator(cartGenerator, target);
    const model = fair.fit(source, {});
    const whole = fair.sample(model, { rows: 300, seed: 'a' });
    for (const size of [150, 7, 64]) {
      const parts: Table[] = [];
      for (let offset = 0; offset < 300; offset += size)
        parts.push(fair.sample(model, { rows: Math.min(size, 300 - offset), seed: 'a', offset, total: 300 }));
      expect(concatRows(parts)).toEqual(whole);
    }
    expect(fair.sample(model, { rows: 300, seed: 'b' })).not.toEqual(whole);
    expect(fair.sample(model, { rows: 0, seed: 'a' }).rowCount).toBe(0);
  });

  test('one fit serves every strength', () => {
    const fair = fairGenerator(cartGenerator, target);
    const model = fair.fit(source, {});
    const gaps = [0, 0.5, 1].map((strength) => {
      const other = fairTarget(source, { sensitive: ['sex', 'region'], label, strength });
      const copy = fair.sample(model, { rows: 2000, seed: 'a', target: other });
      return achievedTilt(copy, other, { direction: 'feature', seed: 'a' }).labelGap.achieved!;
    });
    expect(gaps[0]).toBeGreaterThan(gaps[1]! + 0.05);
    expect(gaps[1]).toBeGreaterThan(gaps[2]! + 0.05);
    const other = fairTarget(source, { sensitive: ['sex'], label });
    fails(() => fair.sample(model, { rows: 10, seed: 'a', target: other }), 'BAD_OPTION');
  });

  test('any generator by pool', () => {
    const fair = fairGenerator(bootstrap, target, { method: 'pool' });
    const model = fair.fit(source, {});
    const copy = fair.sample(model, { rows: 400, seed: 'a' });
    expect(achievedTilt(copy, target, { direction: 'pool', seed: 'a' }).labelGap.achieved).toBeLessThan(0.03);
    const shard = fair.sample(model, { rows: 100, seed: 'a', offset: 300, total: 400 });
    expect(concatRows([fair.sample(model, { rows: 300, seed: 'a', total: 400 }), shard])).toEqual(copy);
    fails(() => fair.sample(model, { rows: 400, seed: 'a', poolFactor: 0 }), 'BAD_OPTION');
    fails(() => fair.sample(model, { rows: 400, seed: 'a', poolFactor: 1 }), 'NO_CAPACITY');
  });

  test('kept margins and missing groups', () => {
    const gaps = createTable([
      categoryColumn('sex', ['f', null, 'm', ...new Array<string>(97).fill('f'), ...new Array<null>(100).fill(null)]),
      booleanColumn(
        'hired',
        Array.from({ length: 200 }, (_, i) => i % 3 === 0),
      ),
      categoryColumn(
        'team',
        Array.from({ length: 200 }, (_, i) => (i % 4 === 0 ? 'a' : 'b')),
      ),
      categoryColumn(
        'size',
        Array.from({ length: 200 }, (_, i) => (i % 5 === 0 ? 's' : 'l')),
      ),
    ]);
    const spec = {
      sensitive: ['sex'],
      label,
      keep: [['team', 'hired']],
      minGroupRows: 1,
      emptyCells: 'back-off' as const,
    };
    const goal = fairTarget(gaps, spec);
    const fair = fairGenerator(cartGenerator, goal);
    const copy = fair.sample(fair.fit(gaps, { minLeaf: 5 }), { rows: 120, seed: 'a' });
    const reached = achievedTilt(copy, goal, { direction: 'feature', seed: 'a' });
    expect(reached.outside).toBe(0);
    expect(reached.groups.map((group) => group.values[0])).toContain('(missing)');
  });

  test('bad input', () => {
    fails(() => fairGenerator(cartGenerator, {} as never), 'BAD_OPTION');
    fails(() => fairGenerator(cartGenerator, { ...target, cells: target.cells.slice(1) }), 'BAD_OPTION');
    fails(() => fairGenerator(cartGenerator, target, { method: 'x' as never }), 'BAD_OPTION');
    const fair = fairGenerator(cartGenerator, target);
    fails(() => fair.fit(dropColumns(source, ['sex']), {}), 'UNKNOWN_COLUMN');
    fails(() => fair.fit(source, { synthesize: ['skill'] }), 'BAD_OPTION');
    fails(() => fair.fit(dropColumns(source, ['role', 'skill']), {}), 'BAD_OPTION');
    const texts = createTable([
      textColumn('sex', new Array<string>(2000).fill('f')),
      ...dropColumns(source, ['sex']).columns,
    ]);
    fails(() => fair.fit(texts, {}), 'KIND_MISMATCH');
    const model = fair.fit(source, {});
    fails(() => fair.sample({ ...model, generator: 'other' }, { rows: 1, seed: 'a' }), 'BAD_MODEL');
    fails(() => fair.sample({ ...model, version: 2 as never }, { rows: 1, seed: 'a' }), 'BAD_MODEL');
    fails(() => fair.sample({ ...model, columns: [] }, { rows: 1, seed: 'a' }), 'BAD_MODEL');
    fails(() => fair.sample(model, { rows: 10, seed: 'a', total: 5 }), 'BAD_OPTION');
    fails(() => fair.sample(model, { rows: 10, seed: 'a', signal: { aborted: true } }), 'ABORTED');
    const careless = fairGenerator(bootstrap, target);
    fails(() => careless.sample(careless.fit(source, {}), { rows: 50, seed: 'a' }), 'BAD_OPTION');
  });
});

describe('tiltPool', () => {
  test('quota: exact, no row twice', () => {
    const { table, rows, tilt } = tiltPool(source, target, { rows: 500, seed: 'a' });
    expect(new Set(rows).size).toBe(500);
    expect(table.rowCount).toBe(500);
    for (const cell of tilt.cells) expect(Math.abs(cell.rows - 500 * cell.target)).toBeLessThan(2);
    expect(JSON.parse(JSON.stringify(tilt))).toEqual(tilt);
  });

  test('rejection: the shares hold in expectation', () => {
    const { rows, tilt } = tiltPool(source, target, { rows: 700, seed: 'a', method: 'rejection' });
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    for (const cell of tilt.cells) {
      const spread = Math.sqrt((cell.target * (1 - cell.target)) / 700);
      expect(Math.abs(cell.rows / 700 - cell.target)).toBeLessThan(4.5 * spread);
    }
    fails(() => tiltPool(source, target, { rows: 1900, seed: 'a', method: 'rejection' }), 'NO_CAPACITY');
  });

  test('weights: weighted shares are the target, the guard is that of the target on its own source', () => {
    const { table, weights, tilt } = tiltPool(source, target, { rows: 0, seed: 'a', method: 'weights' });
    expect(table).toBe(source);
    const hired = getColumn(source, 'hired') as { values: Uint8Array };
    let yes = 0;
    let all = 0;
    for (let i = 0; i < 2000; i++) {
      all += weights![i]!;
      yes += weights![i]! * hired.values[i]!;
    }
    expect(all).toBeCloseTo(2000, 6);
    expect(yes / all).toBeCloseTo(hired.values.reduce((sum, y) => sum + y, 0) / 2000, 9);
    expect(tilt.effectiveShare).toBeCloseTo(target.effectiveShare, 9);
    expect(tilt.maxWeight).toBeCloseTo(target.maxWeight, 9);
  });

  test('rows with levels that the target does not list are counted', () => {
    const stranger = createTable([
      categoryColumn('sex', ['x']),
      categoryColumn('region', ['east']),
      ...takeRows(source, [0]).columns.slice(2),
    ]);
    const { tilt } = tiltPool(concatRows([source, stranger]), target, { rows: 100, seed: 'a' });
    expect(tilt.outside).toBe(1);
  });

  test('refusals', () => {
    const women = takeRows(
      source,
      [...(getColumn(source, 'sex') as { codes: Int32Array }).codes.keys()].filter(
        (i) => (getColumn(source, 'sex') as { codes: Int32Array }).codes[i] === 0,
      ),
    );
    fails(() => tiltPool(women, target, { rows: 10, seed: 'a' }), 'CONSTRAINT_UNMET');
    fails(() => tiltPool(source, target, { rows: 1990, seed: 'a' }), 'NO_CAPACITY');
    fails(() => tiltPool(source, target, { rows: -1, seed: 'a' }), 'BAD_OPTION');
    fails(() => tiltPool(source, target, { rows: 1, seed: 'a', method: 'x' as never }), 'BAD_OPTION');
    fails(() => tiltPool(dropColumns(source, ['sex']), target, { rows: 1, seed: 'a' }), 'UNKNOWN_COLUMN');
  });
});

describe('cartLabelProbabilities', () => {
  const visitOrder = ['sex', 'region', 'role', 'skill', 'hired'];
  const model = fitCart(source, { visitOrder });

  test('leaf shares average to the label share of a sample', () => {
    const copy = sampleCart(model, { rows: 4000, seed: 'a' });
    const p = cartLabelProbabilities(model, copy, label);
    const mean = p.reduce((sum, one) => sum + one, 0) / 4000;
    const drawn = (getColumn(copy, 'hired') as { values: Uint8Array }).values.reduce((sum, y) => sum + y, 0) / 4000;
    expect(Math.abs(mean - drawn)).toBeLessThan(0.03);
    const other = cartLabelProbabilities(model, copy, { ...label, positive: false });
    for (let i = 0; i < 4000; i++) expect(p[i]! + other[i]!).toBeCloseTo(1, 12);
  });

  test('bad input', () => {
    fails(() => cartLabelProbabilities(model, source, { column: 'x' }), 'UNKNOWN_COLUMN');
    fails(() => cartLabelProbabilities(model, source, { column: 'skill' }), 'BAD_OPTION');
    fails(() => cartLabelProbabilities(model, source, { ...label, smoothing: -1 }), 'BAD_OPTION');
    fails(() => cartLabelProbabilities(model, source, { column: 'role', positive: 'x' }), 'BAD_OPTION');
    fails(() => cartLabelProbabilities(model, dropColumns(source, ['skill']), label), 'UNKNOWN_COLUMN');
    const cast = createTable([
      ...dropColumns(source, ['sex']).columns,
      booleanColumn('sex', new Array(2000).fill(true)),
    ]);
    fails(() => cartLabelProbabilities(model, cast, label), 'KIND_MISMATCH');
    fails(() => cartLabelProbabilities({ ...model, kind: 'x' as never }, source, label), 'BAD_MODEL');
  });
});
