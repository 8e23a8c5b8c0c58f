import { describe, expect, test } from 'vitest';
import { createPrivacyLedger, type NoiseSource, privacySpent, unsafeSeededNoise } from '../../../src/dp/index.ts';
import {
  type DpColumnDomain,
  type DpTreeModel,
  type DpTreeOptions,
  dpTreeGenerator,
  fitDpTree,
  sampleDpTree,
} from '../../../src/generators/dp-tree/index.ts';
import { fingerprintModel } from '../../../src/generators/fingerprint-model.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import { createRng, uniform, uniformInt } from '../../../src/random/index.ts';
import {
  booleanColumn,
  categoryColumn,
  concatRows,
  createTable,
  datetimeColumn,
  formatCsv,
  integerColumn,
  missingCount,
  numberColumn,
  schemaOf,
  textColumn,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';

const DAY = 86_400_000;
const noise = (seed = 'test') => unsafeSeededNoise(seed);
const hash = (table: Table): string => sha256Hex(formatCsv(table));

/** Dependent columns of every kind. */
function people(rows: number): Table {
  const rng = createRng('people');
  const cells = Array.from({ length: rows }, (_, i) => {
    const group = uniform(rng) < 0.5 ? 'a' : uniform(rng) < 0.5 ? 'b' : 'c';
    const age = (group === 'a' ? 20 : group === 'b' ? 40 : 60) + uniformInt(rng, 20);
    return { group, age, name: `Person ${i}`, pay: age * 10 + 5 * uniform(rng), member: age >= 60 };
  });
  const gaps = cells.map((_, i) => i % 10 === 3);
  return createTable([
    textColumn(
      'name',
      cells.map(({ name }) => name),
    ),
    categoryColumn(
      'group',
      cells.map(({ group }) => group),
    ),
    integerColumn(
      'age',
      cells.map(({ age }, i) => (gaps[i] ? null : age)),
    ),
    numberColumn(
      'pay',
      cells.map(({ pay }) => pay),
    ),
    booleanColumn(
      'member',
      cells.map(({ member }) => member),
    ),
    datetimeColumn(
      'born',
      cells.map(({ age }) => -age * 365 * DAY),
      'day',
    ),
  ]);
}

const domain: readonly DpColumnDomain[] = [
  { name: 'name', kind: 'identifier' },
  { name: 'group', kind: 'category', labels: ['c', 'b', 'a'], missing: false },
  { name: 'age', kind: 'integer', min: 0, max: 99, bins: 20 },
  { name: 'pay', kind: 'number', min: 0, max: 1000, bins: 20, decimals: 1, missing: false },
  { name: 'member', kind: 'boolean', missing: false },
  { name: 'born', kind: 'datetime', unit: 'day', min: -100 * 365 * DAY, max: 0, bins: 10 },
];
const source = people(4000);
const options = { domain, epsilon: 3, delta: 1e-6, noise: noise() };
const model = fitDpTree(source, options);
const rows = 1500;
const whole = sampleDpTree(model, { rows, seed: 'seed' });

test('declared columns in order, values inside the declared bounds, placeholders for identifiers', () => {
  const kinds = (table: Table) => schemaOf(table).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(whole)).toEqual(kinds(source));
  for (const { name, group, age, pay, member, born } of toRecords(whole)) {
    expect(String(name)).toMatch(/^synthetic-name-\d+$/);
    expect(['a', 'b', 'c', 'other']).toContain(group);
    if (age !== null) expect(Number.isInteger(age) && (age as number) >= 0 && (age as number) <= 99).toBe(true);
    expect((pay as number) >= 0 && (pay as number) <= 1000 && Number((pay as number).toFixed(1)) === pay).toBe(true);
    expect(typeof member).toBe('boolean');
    if (born !== null) expect(Math.abs((born as number) % DAY)).toBe(0);
  }
});

test('the model says what it is, and may be published', () => {
  expect(dpTreeGenerator.id).toBe(model.kind);
  expect(model.embedsTrainingValues).toBe(false);
  expect(model.neighbours).toBe('add-remove-one-row');
  expect(model.noiseSource).toBe('seeded-unsafe');
  expect(model.claim).toMatch(/^no privacy claim/);
  const own: NoiseSource = { source: 'crypto', nextUint32: () => options.noise.nextUint32() };
  const claim = '(3, 0.000001)-DP with respect to add/remove of one row, given the declared domain';
  expect(fitDpTree(source, { ...options, noise: own }).claim).toBe(claim);
  const foreign = fitDpTree(source, { ...options, noise: { ...own, source: 'dice' }, publicRows: 4000 });
  expect(foreign.claim).toBe(
    '(3, 0.000001)-DP with respect to add/remove of one row, given the declared domain and number of rows, if the noise of "dice" is cryptographic',
  );
  expect(foreign.report).toMatchObject({ rows: 4000, rowsFrom: 'declared' });
  expect(model.report.rowsFrom).toBe('noisy');
  expect(Math.abs(model.report.rows - 4000)).toBeLessThan(60);
  expect(JSON.stringify(model)).not.toContain('Person');
});

test('the ledger holds three charges of a third each, just within the budget', () => {
  const { charges, budget, spent } = model.ledger;
  expect(charges.map(({ label, times }) => [label, times])).toEqual([
    ['one-way counts', 5],
    ['choice of the tree', 4],
    ['two-way counts', 4],
  ]);
  for (const { rho } of charges) expect(rho / budget.rho).toBeCloseTo(1 / 3, 3);
  expect(spent).toBeLessThanOrEqual(budget.rho);
  expect(privacySpent(model.ledger).epsilon).toBeLessThanOrEqual(3);
});

describe('reproducible sampling of the released model', () => {
  test.each([1, 2, 7, 64])('%d shards give one table', (count) => {
    const size = Math.ceil(rows / count);
    const parts: Table[] = [];
    for (let start = 0; start < rows; start += size)
      parts.push(sampleDpTree(model, { rows: Math.min(size, rows - start), seed: 'seed', offset: start }));
    expect(hash(concatRows(parts))).toBe(hash(whole));
  });

  test('a model read back from JSON samples the same, another seed not', () => {
    const copy = JSON.parse(JSON.stringify(model)) as DpTreeModel;
    expect(copy).toEqual(model);
    expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
    expect(hash(sampleDpTree(copy, { rows, seed: 'seed' }))).toBe(hash(whole));
    expect(hash(sampleDpTree(copy, { rows, seed: 'other' }))).not.toBe(hash(whole));
  });

  test('other noise gives another model', () => {
    expect(fitDpTree(source, { ...options, noise: noise('other') }).digest).not.toBe(model.digest);
  });
});

test('learns shares and dependence, also that of missing cells', () => {
  const records = toRecords(whole);
  expect(records.filter(({ group }) => group === 'a').length / rows).toBeCloseTo(0.5, 1);
  expect(missingCount(whole.columns[2]!) / rows).toBeCloseTo(0.1, 1);
  const known = records.filter(({ age }) => age !== null);
  const agree = known.filter(({ age, member }) => (age as number) >= 60 === member).length / known.length;
  expect(agree).toBeGreaterThan(0.9);
});

describe('refusals', () => {
  /** A table that throws when it is looked at. */
  const untouchable = new Proxy({} as Table, {
    get() {
      throw new Error('the data was touched');
    },
  });
  const refused = (code: string) => expect.objectContaining({ code });

  test('an undeclared domain', () => {
    for (const bad of [
      { ...options, domain: undefined as never },
      { ...options, domain: [] },
      { ...options, domain: [{ name: 'age', kind: 'integer' } as never] },
      { ...options, domain: [{ name: 'group', kind: 'category' } as never] },
      { ...options, domain: [{ name: 'group', kind: 'category', labels: [] } as never] },
    ])
      expect(() => fitDpTree(untouchable, bad)).toThrow(refused('UNDECLARED_DOMAIN'));
    expect(() => fitDpTree(source, { ...options, domain: domain.slice(1) })).toThrow(refused('UNDECLARED_DOMAIN'));
  });

  test('over budget, before the data is touched', () => {
    const ledger = createPrivacyLedger({ epsilon: 4, delta: 1e-6 });
    const first = fitDpTree(source, { ...options, ledger });
    expect(first.ledger.charges.length).toBe(3);
    expect(() => fitDpTree(untouchable, { ...options, ledger: first.ledger })).toThrow(refused('OVER_BUDGET'));
    const second = fitDpTree(source, { ...options, epsilon: 0.5, ledger: first.ledger });
    expect(second.ledger.charges.length).toBe(6);
    expect(() => fitDpTree(untouchable, options)).toThrow('the data was touched');
  });

  test('bad options', () => {
    const withColumn = (column: object): DpTreeOptions => ({ ...options, domain: [column as DpColumnDomain] });
    const x = { name: 'x', kind: 'integer', min: 0, max: 9 };
    for (const bad of [
      { ...options, epsilon: 0 },
      { ...options, epsilon: Number.NaN },
      { ...options, delta: 0 },
      { ...options, noise: undefined as never },
      { ...options, publicRows: -1 },
      { ...options, maxCells: 0 },
      { ...options, domain: [...domain, domain[1]!] },
      withColumn({ ...x, kind: 'money' }),
      withColumn({ ...x, min: 9 }),
      withColumn({ ...x, max: Number.POSITIVE_INFINITY }),
      withColumn({ ...x, bins: 0 }),
      withColumn({ ...x, bins: 1.5 }),
      withColumn({ ...x, edges: [0, 5, 5, 9] }),
      withColumn({ ...x, edges: [0, 2.5, 9] }),
      withColumn({ ...x, edges: [1, 9] }),
      withColumn({ ...x, kind: 'number', decimals: 16 }),
      withColumn({ ...x, kind: 'number', min: -1e308, max: 1e308 }),
      withColumn({ name: 'x', kind: 'category', labels: ['a', 'a'] }),
      withColumn({ name: 'x', kind: 'category', labels: Array.from({ length: 100_001 }, (_, i) => `${i}`) }),
    ])
      expect(() => fitDpTree(untouchable, bad)).toThrow(/expected|declared|column/);
    const kind = { name: 'age', kind: 'boolean' } as const;
    const mixed = domain.map((column) => (column.name === 'age' ? kind : column));
    expect(() => fitDpTree(source, { ...options, domain: mixed })).toThrow(refused('KIND_MISMATCH'));
    const absent = [...domain, { name: 'nobody', kind: 'boolean' } as const];
    expect(() => fitDpTree(source, { ...options, domain: absent })).toThrow(refused('UNKNOWN_COLUMN'));
    expect(() => fitDpTree(source, { ...options, signal: { aborted: true } })).toThrow(refused('ABORTED'));
  });

  test('damaged models', () => {
    const damage = (change: (copy: any) => void): DpTreeModel => {
      const copy = JSON.parse(JSON.stringify(model));
      change(copy);
      return copy as DpTreeModel;
    };
    const last = model.order.findLast((position) => model.columns[position]!.tables.length === 2)!;
    for (const change of [
      (copy: any) => (copy.kind = 'cart'),
      (copy: any) => copy.order.pop(),
      (copy: any) => copy.order.reverse(),
      (copy: any) => (copy.columns[last].groups[0] = 99),
      (copy: any) => copy.columns[last].weights.fill(0),
      (copy: any) => (copy.columns[last].tables[0].weights[0] = null),
      (copy: any) => (copy.columns[last].size = 1e9),
      (copy: any) => copy.columns[2].edges.reverse(),
    ])
      expect(() => sampleDpTree(damage(change), { rows: 1, seed: 's' })).toThrow(/model:/);
    expect(() => sampleDpTree(model, { rows: -1, seed: 's' })).toThrow(/rows/);
  });
});

describe('no cell can cause an error or a look-up: the data only ever adds to counts', () => {
  const fitted = (table: Table, declared: readonly DpColumnDomain[], publicRows?: number) =>
    fitDpTree(table, { domain: declared, epsilon: 1000, delta: 0.1, noise: noise(), publicRows });
  const values = (table: Table, declared: readonly DpColumnDomain[]) =>
    toRecords(sampleDpTree(fitted(table, declared), { rows: 300, seed: 's' })).map((record) => record['x']);

  test('no rows at all, one row, and one column that is not read', () => {
    const none = createTable([booleanColumn('x', [])]);
    expect(values(none, [{ name: 'x', kind: 'boolean', missing: false }]).length).toBe(300);
    const one = createTable([integerColumn('x', [7])]);
    expect(values(one, [{ name: 'x', kind: 'integer', min: 0, max: 9, missing: false }]).length).toBe(300);
    const id = fitted(one, [{ name: 'x', kind: 'identifier' }]);
    expect(id.ledger.spent).toBe(0);
    expect(sampleDpTree(id, { rows: 2, seed: 's' }).columns[0]!.kind).toBe('text');
  });

  test('constant and all-missing columns', () => {
    const constant = createTable([integerColumn('x', new Array(500).fill(7))]);
    const drawn = values(constant, [{ name: 'x', kind: 'integer', min: 0, max: 9, missing: false }]);
    expect(drawn.filter((value) => value === 7).length).toBeGreaterThan(290);
    const missing = createTable([numberColumn('x', new Array(500).fill(null))]);
    const absent = values(missing, [{ name: 'x', kind: 'number', min: 0, max: 9 }]);
    expect(absent.filter((value) => value === null).length).toBeGreaterThan(290);
  });

  test('numbers beyond the bounds, infinities and NaN have a declared place', () => {
    const wild = createTable([
      {
        kind: 'number',
        name: 'x',
        values: Float64Array.from({ length: 900 }, (_, i) => [-1e308, Number.POSITIVE_INFINITY, Number.NaN][i % 3]!),
      },
    ]);
    const drawn = values(wild, [{ name: 'x', kind: 'number', min: 0, max: 10, bins: 10, decimals: 0 }]);
    const share = (test: (value: unknown) => boolean) => drawn.filter(test).length / 300;
    expect(share((value) => value === null)).toBeCloseTo(1 / 3, 0);
    expect(share((value) => value === 0 || value === 1)).toBeGreaterThan(0.2);
    expect(share((value) => value === 9 || value === 10)).toBeGreaterThan(0.2);
  });

  test('undeclared labels count as other, or as the first; labels that look like numbers or keys stay labels', () => {
    const labels = ['10', '9', '__proto__', 'constructor'];
    const cells = Array.from({ length: 1000 }, (_, i) => [...labels, 'secret name'][i % 5]!);
    const table = createTable([categoryColumn('x', cells)]);
    const declared = { name: 'x', kind: 'category', labels, missing: false } as const;
    const drawn = values(table, [declared]);
    expect(new Set(drawn)).toEqual(new Set([...labels, 'other']));
    const closed = values(table, [{ ...declared, other: null }]);
    expect(new Set(closed)).toEqual(new Set(labels));
    expect(closed.filter((value) => value === '10').length / 300).toBeCloseTo(0.4, 0);
    expect(JSON.stringify(fitted(table, [declared]))).not.toContain('secret');
  });

  test('10,000 declared levels', () => {
    const labels = Array.from({ length: 10_000 }, (_, i) => `level ${i}`);
    const table = createTable([
      categoryColumn('x', labels.slice(0, 2000)),
      booleanColumn(
        'y',
        labels.slice(0, 2000).map((_, i) => i % 2 === 0),
      ),
    ]);
    const big = fitDpTree(table, {
      domain: [
        { name: 'x', kind: 'category', labels },
        { name: 'y', kind: 'boolean' },
      ],
      epsilon: 1,
      delta: 1e-6,
      noise: noise(),
    });
    expect(sampleDpTree(big, { rows: 10, seed: 's' }).rowCount).toBe(10);
  });

  test('duplicate names and unequal lengths are refused: they are the schema, not cells', () => {
    const x = numberColumn('x', [1, 2]);
    const declared = [{ name: 'x', kind: 'number', min: 0, max: 1 } as const];
    expect(() => fitted({ rowCount: 2, columns: [x, x] }, declared)).toThrow(/x/);
    expect(() => fitted({ rowCount: 2, columns: [x, numberColumn('y', [1])] }, declared)).toThrow();
  });
});

test('edges give heaps a bin of their own, days stay days, and each whole value can have one', () => {
  const table = createTable([
    integerColumn(
      'x',
      Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? 500 : 0)),
    ),
  ]);
  const drawn = toRecords(
    sampleDpTree(
      fitDpTree(table, {
        domain: [{ name: 'x', kind: 'integer', min: 0, max: 999, edges: [0, 1, 999], missing: false }],
        epsilon: 100,
        delta: 1e-6,
        noise: noise(),
      }),
      { rows: 3000, seed: 's' },
    ),
  ).map((record) => record['x'] as number);
  expect(drawn.filter((value) => value === 0).length / 3000).toBeCloseTo(2 / 3, 1);
  expect(drawn.every((value) => value >= 0 && value <= 999)).toBe(true);
  const own = fitDpTree(table, {
    domain: [{ name: 'x', kind: 'integer', min: 0, max: 3, missing: false }],
    epsilon: 1,
    delta: 1e-6,
    noise: noise(),
  });
  expect(own.columns[0]!.edges).toEqual([0, 1, 2, 3, 4]);
});
