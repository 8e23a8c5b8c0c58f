import { describe, expect, test } from 'vitest';
import {
  type BayesianNetworkModel,
  bayesianNetworkGenerator,
  fitBayesianNetwork,
  sampleBayesianNetwork,
} from '../../../src/generators/bayesian-network/index.ts';
import { fingerprintModel } from '../../../src/generators/fingerprint-model.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import { createRng, uniform, uniformInt } from '../../../src/random/index.ts';
import {
  categoryColumn,
  concatRows,
  createTable,
  dropColumns,
  formatCsv,
  fromColumns,
  getColumn,
  integerColumn,
  missingCount,
  numberColumn,
  schemaOf,
  selectColumns,
  sliceRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { mixedTable } from '../make-table.ts';

const source = mixedTable(1200);
const model = fitBayesianNetwork(source);
const rows = 1500;
const whole = sampleBayesianNetwork(model, { rows, seed: 'seed' });
const hash = (table: Table): string => sha256Hex(formatCsv(table));
const column = (table: Table, name: string): unknown[] => toRecords(table).map((record) => record[name]);

test('keeps columns, kinds, units and order', () => {
  const kinds = (table: Table) => schemaOf(table).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(whole)).toEqual(kinds(source));
  expect(whole.rowCount).toBe(rows);
  expect(bayesianNetworkGenerator.id).toBe(model.kind);
});

test.each([1, 2, 7, 64])('%d shards give one table', (count) => {
  const size = Math.ceil(rows / count);
  const parts: Table[] = [];
  for (let start = 0; start < rows; start += size)
    parts.push(sampleBayesianNetwork(model, { rows: Math.min(size, rows - start), seed: 'seed', offset: start }));
  expect(hash(concatRows(parts))).toBe(hash(whole));
});

test('another seed gives other rows, a model read back from JSON the same', () => {
  const copy = JSON.parse(JSON.stringify(model)) as BayesianNetworkModel;
  expect(copy).toEqual(model);
  expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
  expect(hash(sampleBayesianNetwork(copy, { rows, seed: 'seed' }))).toBe(hash(whole));
  expect(hash(sampleBayesianNetwork(model, { rows, seed: 'other' }))).not.toBe(hash(whole));
});

test('a model does not depend on the order of the rows', () => {
  const swapped = concatRows([sliceRows(source, 700, 1200), sliceRows(source, 0, 700)]);
  expect(fitBayesianNetwork(swapped)).toEqual(model);
});

describe('what is learnt', () => {
  test('missing shares, also where they depend on another column', () => {
    for (const name of ['name', 'group', 'age', 'score', 'member', 'born']) {
      const share = (table: Table) => missingCount(getColumn(table, name)) / table.rowCount;
      expect(Math.abs(share(whole) - share(source))).toBeLessThan(0.05);
    }
    const inGroup = (group: string) => {
      const found = toRecords(whole).filter((record) => record['group'] === group);
      return found.filter((record) => record['score'] === null).length / found.length;
    };
    expect(inGroup('a')).toBeGreaterThan(0.35);
    expect(inGroup('c')).toBeLessThan(0.15);
  });

  test('an interaction of two columns, which one parent cannot show', () => {
    const rng = createRng('xor');
    const a = Array.from({ length: 2000 }, () => uniformInt(rng, 2) === 1);
    const b = a.map(() => uniformInt(rng, 2) === 1);
    // Weak single effects, so that both are placed and the pair is then found.
    const c = a.map((bit, i) => (uniform(rng) < 0.1 ? bit : bit !== b[i]));
    const table = fromColumns({ a, b, c });
    const agreement = (maxParents: 1 | 2) => {
      const drawn = toRecords(
        sampleBayesianNetwork(fitBayesianNetwork(table, { maxParents }), { rows: 2000, seed: 's' }),
      );
      return drawn.filter((record) => record['c'] === (record['a'] !== record['b'])).length / 2000;
    };
    expect(agreement(1)).toBeLessThan(0.7);
    expect(agreement(2)).toBeGreaterThan(0.9);
  });

  test('numeric draws are training values of bins of at least minBin rows', () => {
    expect(model.report.bins.every(({ smallestBin }) => smallestBin >= 20)).toBe(true);
    const known = new Set(column(source, 'score'));
    expect(column(whole, 'score').every((value) => known.has(value))).toBe(true);
  });

  test('parents come before children, and tables stay below maxCells', () => {
    const small = fitBayesianNetwork(source, { maxCells: 60 });
    const seen = new Set<string>();
    for (const { column: name, parents } of small.report.network) {
      expect(parents.every((parent) => seen.has(parent))).toBe(true);
      seen.add(name);
    }
    for (const { tables, states } of small.columns)
      for (const { parents } of tables) {
        const cells = parents.reduce((product, parent) => product * small.columns[parent]!.states, states);
        if (parents.length > 0) expect(cells).toBeLessThanOrEqual(60);
      }
  });

  test('unseen parent combinations fall back, smoothing fills the seen ones', () => {
    const table = fromColumns({ a: ['x', 'x', 'y', 'y'], b: ['p', 'p', 'q', 'q'] });
    const options = { minBin: 1, rareLevelMin: 0, maxParents: 1 } as const;
    const plain = sampleBayesianNetwork(fitBayesianNetwork(table, options), { rows: 400, seed: 's' });
    const smooth = sampleBayesianNetwork(fitBayesianNetwork(table, { ...options, smoothing: 1 }), {
      rows: 400,
      seed: 's',
    });
    const pairs = (drawn: Table) => new Set(toRecords(drawn).map((record) => `${record['a']}${record['b']}`));
    expect([...pairs(plain)].sort()).toEqual(['xp', 'yq']);
    expect(pairs(smooth).size).toBe(4);
    const kept = fitBayesianNetwork(table, { ...options, synthesize: ['b'] });
    const drawn = sampleBayesianNetwork(kept, {
      rows: 3,
      seed: 's',
      kept: createTable([categoryColumn('a', ['x', 'never seen', null])]),
    });
    expect(column(drawn, 'b')[0]).toBe('p');
    expect(column(drawn, 'b').every((value) => value === 'p' || value === 'q')).toBe(true);
  });
});

test('partial synthesis keeps the other cells and depends on them', () => {
  const partial = fitBayesianNetwork(source, { synthesize: ['member', 'score'] });
  const kept = dropColumns(source, ['member', 'score']);
  const drawn = sampleBayesianNetwork(partial, { rows: 1200, seed: 's', kept });
  expect(formatCsv(selectColumns(drawn, ['age', 'group', 'id']))).toBe(
    formatCsv(selectColumns(source, ['age', 'group', 'id'])),
  );
  const right = toRecords(drawn).filter(({ age, member }) => age !== null && member !== null);
  const agree = right.filter(({ age, member }) => member === (age as number) > 50).length / right.length;
  expect(agree).toBeGreaterThan(0.95);
  expect(() => sampleBayesianNetwork(partial, { rows: 3, seed: 's' })).toThrow(/kept/);
});

describe('hostile tables', () => {
  const loose = { minBin: 1, rareLevelMin: 0 } as const;
  const first = (table: Table, options = {}) =>
    toRecords(sampleBayesianNetwork(fitBayesianNetwork(table, options), { rows: 3, seed: 's' }))[0]!;

  test('constant, all-missing and single-row columns', () => {
    const table = fromColumns({ c: [7, 7, 7], t: [true, true, true], n: [null, null, null] as (number | null)[] });
    expect(first(table, loose)).toEqual({ c: 7, t: true, n: null });
    const one = createTable([numberColumn('x', [1.5]), categoryColumn('y', ['a'])]);
    expect(first(one, loose)).toEqual({ x: 1.5, y: 'a' });
    expect(() => fitBayesianNetwork(fromColumns({ x: [1.5] }))).toThrow(/minBin/);
  });

  test('a 10,000-level category is modelled alone, and the report says so', () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => `level ${i % 10_000}`);
    const table = createTable([
      categoryColumn('big', labels),
      categoryColumn(
        'x',
        labels.map((_, i) => `${i % 7}`),
      ),
    ]);
    const fitted = fitBayesianNetwork(table, { rareLevelMin: 0 });
    expect(fitted.report.network.every(({ parents }) => parents.length === 0)).toBe(true);
    expect(sampleBayesianNetwork(fitted, { rows: 50, seed: 's' }).rowCount).toBe(50);
    const pooled = fitBayesianNetwork(table);
    expect(pooled.report.pooled).toMatchObject([{ column: 'big', levels: 10_000, rows: 20_000, label: 'other' }]);
  });

  test('NaN, infinity, duplicate names and unequal lengths are refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const table = createTable([{ kind: 'number', name: 'x', values: Float64Array.of(1, value) }]);
      expect(() => fitBayesianNetwork(table, loose)).toThrow(/finite/);
    }
    const x = numberColumn('x', [1, 2]);
    expect(() => fitBayesianNetwork({ rowCount: 2, columns: [x, x] }, loose)).toThrow(/x/);
    expect(() => fitBayesianNetwork({ rowCount: 2, columns: [x, numberColumn('y', [1])] }, loose)).toThrow();
    expect(() => fitBayesianNetwork({ rowCount: 0, columns: [] }, loose)).toThrow(/at least one column/);
  });

  test('labels that look like numbers or like object keys stay labels', () => {
    const labels = ['10', '9', '1e3', '__proto__', 'constructor', 'missing', 'null'];
    const typed = createTable([
      categoryColumn('label', [...labels, ...labels]),
      integerColumn(
        'x',
        Array.from({ length: 14 }, (_, i) => i % 7),
      ),
    ]);
    const drawn = toRecords(sampleBayesianNetwork(fitBayesianNetwork(typed, loose), { rows: 200, seed: 's' }));
    expect(drawn.every((record) => record['label'] === labels[record['x'] as number])).toBe(true);
  });

  test('extreme numbers', () => {
    const values = [-1e308, 1e308, 5e-324, -0, 0, 1, 2, 3];
    const table = fromColumns({ x: values, y: values.map((value) => value > 0) });
    const drawn = column(
      sampleBayesianNetwork(fitBayesianNetwork(table, loose), { rows: 100, seed: 's' }),
      'x',
    ) as number[];
    expect(drawn.every((value) => values.includes(value))).toBe(true);
  });
});

test('bad options and damaged models are refused', () => {
  for (const options of [
    { maxParents: 3 as 2 },
    { maxBins: 0 },
    { minBin: 0 },
    { maxCells: 0.5 },
    { maxCells: 1e9 },
    { smoothing: -1 },
    { smoothing: Number.NaN },
    { parentCandidates: 0 },
    { synthesize: [] },
    { identifiers: ['nobody'] },
  ])
    expect(() => fitBayesianNetwork(source, options)).toThrow();
  expect(() => fitBayesianNetwork(source, { signal: { aborted: true } })).toThrow(/aborted/);
  const damage = (change: (copy: any) => void): BayesianNetworkModel => {
    const copy = JSON.parse(JSON.stringify(model));
    change(copy);
    return copy as BayesianNetworkModel;
  };
  const at = model.columns.findIndex(({ name }) => name === 'score');
  for (const bad of [
    damage((copy) => {
      copy.kind = 'cart';
    }),
    damage((copy) => {
      copy.order.reverse();
    }),
    damage((copy) => {
      copy.order.pop();
    }),
    damage((copy) => {
      copy.columns[at].tables.pop();
    }),
    damage((copy) => {
      copy.columns[at].tables[0].weights[0] = -1;
    }),
    damage((copy) => {
      copy.columns[at].tables[0].states[0] = 1e9;
    }),
    damage((copy) => {
      copy.columns[at].tables[0].starts[1] = 1e9;
    }),
    damage((copy) => {
      copy.columns[at].counts[0] = 1.5;
    }),
    damage((copy) => {
      copy.columns[at].bins[1] = 0;
    }),
    damage((copy) => {
      copy.columns[at].states = 1e9;
    }),
  ])
    expect(() => sampleBayesianNetwork(bad, { rows: 1, seed: 's' })).toThrow(/model:/);
  for (const options of [{ rows: -1 }, { rows: 1.5 }, { rows: 1, offset: -1 }, { rows: 2, offset: 2 ** 53 - 1 }])
    expect(() => sampleBayesianNetwork(model, { seed: 's', ...options })).toThrow();
});
