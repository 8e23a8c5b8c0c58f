import { describe, expect, test } from 'vitest';
import { unsafeSeededNoise } from '../../src/dp/index.ts';
import {
  cartGenerator,
  constrainGenerator,
  type DpColumnDomain,
  fitArf,
  fitBayesianNetwork,
  fitCart,
  fitCopula,
  fitDpTree,
  fitIndependent,
  fitRelational,
  fitSmote,
  mixReal,
  outsideGenerator,
  oversample,
  sampleArf,
  sampleBayesianNetwork,
  sampleCart,
  sampleCopula,
  sampleDpTree,
  sampleIndependent,
  sampleRelational,
  sampleSmote,
} from '../../src/generators/index.ts';
import {
  categoryColumn,
  createTable,
  integerColumn,
  isMissing,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Column, Table } from '../../src/types.ts';
import {
  AWKWARD_ROWS,
  cells,
  constantColumns,
  manyLevels,
  numberLookalikes,
  plainColumns,
  withNumber,
} from '../awkward-tables.ts';

/** Sound tables, however odd. */
const odd: readonly [string, Table][] = [
  ['constant columns', createTable([...plainColumns(), ...constantColumns(() => true)])],
  ['constant where not missing', createTable([...plainColumns(), ...constantColumns((i) => i % 2 === 0)])],
  [
    'nothing but constants',
    createTable([
      categoryColumn(
        'y',
        cells(() => 'yes'),
      ),
      numberColumn(
        'x',
        cells(() => 1),
      ),
    ]),
  ],
  [
    'all-missing columns',
    createTable([
      ...plainColumns(),
      ...constantColumns(() => false),
      textColumn(
        't',
        cells(() => null),
      ),
    ]),
  ],
  [
    '10,000 levels, two rows each',
    createTable([
      ...plainColumns(20_000),
      categoryColumn(
        'c',
        cells((i) => `l${i % 10_000}`, 20_000),
      ),
    ]),
  ],
  ['10,000 levels, one row each', createTable(manyLevels())],
  [
    'labels and names that look like numbers',
    createTable([
      categoryColumn(
        'y',
        cells((i) => String(i % 3)),
      ),
      ...numberLookalikes(),
      numberColumn(
        'x',
        cells((i) => i / 4),
      ),
    ]),
  ],
];

/** Tables that are refused, with the code. */
const broken: readonly [string, Table, string][] = [
  ['duplicate names', { rowCount: AWKWARD_ROWS, columns: [...plainColumns(), ...plainColumns()] }, 'DUPLICATE_COLUMN'],
  [
    'NaN that is not marked missing',
    withNumber(Float64Array.from(cells((i) => (i === 7 ? Number.NaN : i)))),
    'BAD_VALUE',
  ],
  ['infinity', withNumber(Float64Array.from(cells((i) => (i === 7 ? Infinity : i)))), 'BAD_VALUE'],
  ['unequal lengths', withNumber(new Float64Array(50)), 'LENGTH_MISMATCH'],
  ['a wrong number of rows', { rowCount: 7, columns: plainColumns() }, 'LENGTH_MISMATCH'],
  ['no rows', createTable(plainColumns(0)), 'EMPTY_INPUT'],
  ['no columns', { rowCount: 0, columns: [] }, 'EMPTY_INPUT'],
];

const domainOf = (table: Table): DpColumnDomain[] =>
  table.columns.map((column): DpColumnDomain => {
    const { name } = column;
    if (column.kind === 'text') return { name, kind: 'identifier' };
    if (column.kind === 'category')
      return { name, kind: 'category', labels: column.labels.length > 0 ? column.labels : ['a'] };
    if (column.kind === 'boolean') return { name, kind: 'boolean' };
    const unit = column.kind === 'datetime' ? column.unit : undefined;
    return { name, kind: column.kind, min: 0, max: 8_640_000_000, unit };
  });
const rows = 50;
const seed = 's';
/** Every generator: fit with as few rows a leaf as it takes, and sample. */
const generators: readonly [string, (table: Table) => Table][] = [
  ['cart', (table) => sampleCart(fitCart(table, { minLeaf: 1 }), { rows, seed })],
  ['copula', (table) => sampleCopula(fitCopula(table, { minCell: 1 }), { rows, seed })],
  ['copula, normal', (table) => sampleCopula(fitCopula(table, { minCell: 1, marginal: 'normal' }), { rows, seed })],
  [
    'copula, polychoric',
    (table) => sampleCopula(fitCopula(table, { minCell: 1, latent: 'polychoric' }), { rows, seed }),
  ],
  ['bayesian network', (table) => sampleBayesianNetwork(fitBayesianNetwork(table, { minBin: 1 }), { rows, seed })],
  ['arf', (table) => sampleArf(fitArf(table, { trees: 2, maxRounds: 1, minLeaf: 1 }), { rows, seed })],
  ['independent', (table) => sampleIndependent(fitIndependent(table, { minLeaf: 1 }), { rows, seed })],
  ['smote', (table) => sampleSmote(fitSmote(table, { target: 'y', k: 1 }), { rows, seed })],
  [
    'constrained',
    (table) => {
      const generator = constrainGenerator(cartGenerator, [
        { kind: 'predicate', name: 'p', columns: ['y'], holds: () => true },
      ]);
      return generator.sample(generator.fit(table, { minLeaf: 1 }), { rows, seed });
    },
  ],
  [
    'relational, as parent',
    (table) => {
      const key = integerColumn(
        'key',
        cells((i) => i, table.rowCount),
      );
      const parent = { rowCount: table.rowCount, columns: [...table.columns, key] };
      const child = createTable([
        integerColumn(
          'of',
          cells((i) => i % Math.max(1, table.rowCount), 200),
        ),
        numberColumn(
          'v',
          cells((i) => i % 9, 200),
        ),
      ]);
      const tables = [{ minLeaf: 1 }, { minLeaf: 1 }];
      const model = fitRelational({ parent, child, key: 'key', foreignKey: 'of' }, { tables });
      const drawn = sampleRelational(model, { rows, seed }).parent;
      return { rowCount: rows, columns: drawn.columns.filter(({ name }) => name !== 'key') };
    },
  ],
];

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
};

const present = (column: Column): number[] => {
  const found: number[] = [];
  for (let i = 0; i < rows; i++) if (!isMissing(column, i)) found.push(i);
  return found;
};

function expectSound(out: Table, source: Table): void {
  expect(out.columns.map(({ name, kind }) => [name, kind])).toEqual(
    source.columns.map(({ name, kind }) => [name, kind]),
  );
  expect(out.rowCount).toBe(rows);
  out.columns.forEach((column, c) => {
    const real = source.columns[c]!;
    const shown = present(column);
    let observed = 0;
    for (let i = 0; i < source.rowCount; i++) if (!isMissing(real, i)) observed++;
    if (observed === 0) expect(shown).toEqual([]);
    if (observed === source.rowCount) expect(shown.length).toBe(rows);
    if (column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime')
      for (const i of shown) expect(Number.isFinite(column.values[i])).toBe(true);
    if (column.name === 'k') for (const i of shown) expect((column as { values: Float64Array }).values[i]).toBe(5.5);
  });
}

describe.each(generators)('%s', (_, run) => {
  test.each(odd)('%s: a sound sample', (_name, table) => expectSound(run(table), table));
  test.each(broken)('%s: refused', (_name, table, wanted) => expect(code(() => run(table))).toBe(wanted));
});

describe('one row', () => {
  const one = createTable(plainColumns(1));
  test.each(generators)('%s: a sample of that row, or a refusal', (name, run) => {
    if (name === 'smote') expect(code(() => run(one))).toBe('BAD_OPTION');
    else expectSound(run(one), one);
  });
  test('defaults refuse to learn from one person', () => {
    for (const learn of [fitCart, fitCopula, fitBayesianNetwork, fitArf, fitIndependent])
      expect(code(() => learn(one, {}))).toBe('BAD_OPTION');
  });
});

describe('dp tree: the domain is declared, so no cell is an error', () => {
  const run = (table: Table, domain = domainOf(table)): Table =>
    sampleDpTree(fitDpTree(table, { domain, epsilon: 1, delta: 1e-9, noise: unsafeSeededNoise('t') }), { rows, seed });
  test.each([
    ...odd,
    ['one row', createTable(plainColumns(1))] as const,
    ['no rows', createTable(plainColumns(0))] as const,
  ])('%s', (_, table) => {
    const out = run(table);
    expect(out.rowCount).toBe(rows);
    expect(out.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
  });
  test.each(broken.slice(1, 3))('%s counts as missing, or as the nearest bin', (_, table) => {
    const drawn = run(table).columns[2] as Extract<Column, { kind: 'number' }>;
    for (const i of present(drawn)) expect(Number.isFinite(drawn.values[i])).toBe(true);
  });
  test('shape', () => {
    const domain = domainOf(createTable(plainColumns()));
    expect(code(() => run({ rowCount: AWKWARD_ROWS, columns: [...plainColumns(), ...plainColumns()] }, domain))).toBe(
      'DUPLICATE_COLUMN',
    );
    const short = withNumber(new Float64Array(50));
    expect(code(() => run(short))).toBe('LENGTH_MISMATCH');
    expect(code(() => run({ rowCount: 0, columns: [] }))).toBe('UNDECLARED_DOMAIN');
  });
});

describe('what joins tables', () => {
  test.each(odd)('%s', (_, table) => {
    const outside = outsideGenerator({ id: 'o', table });
    expect(outside.sample(outside.fit(table, {}), { rows, seed })).toMatchObject({ rowCount: rows });
    expect(mixReal(table, table, { ratio: 0.5, seed }).table.rowCount).toBe(2 * table.rowCount);
    expect(oversample(table, { target: 'y', k: 1, seed }).table.rowCount).toBeGreaterThanOrEqual(table.rowCount);
  });
  test.each(broken.filter(([, , wanted]) => wanted === 'LENGTH_MISMATCH' || wanted === 'DUPLICATE_COLUMN'))(
    '%s: refused',
    (_, table, wanted) => {
      expect(code(() => outsideGenerator({ id: 'o', table }))).toBe(wanted);
      expect(code(() => mixReal(table, table, { ratio: 0.5, seed }))).toBe(wanted);
      expect(code(() => oversample(table, { target: 'y', k: 1, seed }))).toBe(wanted);
    },
  );
});
