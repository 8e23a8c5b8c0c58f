import { type Constraint, checkConstraints, constrainGenerator } from '../../src/generators/constraints/index.ts';
import { mixReal, withOrigin } from '../../src/generators/hybrid/index.ts';
import {
  cartGenerator,
  fitArf,
  fitBayesianNetwork,
  fitCart,
  fitCopula,
  fitIndependent,
  sampleArf,
  sampleBayesianNetwork,
  sampleCart,
  sampleCopula,
  sampleIndependent,
} from '../../src/generators/index.ts';
import { fitRelational, type RelationalSample, sampleRelational } from '../../src/generators/relational/index.ts';
import { sampleCartConditional } from '../../src/generators/trees/sample-cart-conditional.ts';
import { sha256Hex } from '../../src/hash/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { ksStatistic } from '../../src/stats/index.ts';
import {
  cellAt,
  concatRows,
  createTable,
  datetimeColumn,
  dropColumns,
  equalTables,
  formatCsv,
  fromColumns,
  getColumn,
  groupCodes,
  missingCount,
  replaceColumn,
  sliceRows,
  toRecords,
} from '../../src/table/index.ts';
import type { Cell, Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'generators';
const DAY = 86_400_000;

/** Measures what constraints, partial and mixed tables, related tables and conditional draws promise; one size for short and full runs. */
export const evidence: Evidence = async function* ({ data }) {
  yield* related();
  const csv = data('adult.csv');
  if (csv === null) {
    const bound = 'skipped: adult.csv is not on this machine';
    yield { area: AREA, figure: 'constraints, mixes and conditional draws on Adult', value: null, bound, ok: true };
    return;
  }
  const { train, holdout } = readAdult(csv);
  yield* constrained(sliceRows(train, 0, 8000));
  yield* mixed(sliceRows(train, 0, 4000), sliceRows(holdout, 0, 2000));
  yield* protectedCells(sliceRows(train, 0, 8000));
  yield* conditional(sliceRows(train, 0, 8000));
};

/** Customers and orders: members order more, and each amount follows the one before. */
function shop(customers: number, seed: string): { customer: Table; order: Table } {
  const rng = createRng(seed);
  const ids = Array.from({ length: customers }, (_, i) => 100 + i);
  const member = ids.map(() => uniform(rng) < 0.4);
  const region = ids.map(() => ['north', 'south', 'west'][Math.floor(3 * uniform(rng))]!);
  const rows: { of: number; day: number; amount: number; way: string }[] = [];
  ids.forEach((of, i) => {
    let amount = region[i] === 'north' ? 200 : 50;
    let day = 19_000 + Math.floor(100 * uniform(rng));
    for (let n = Math.floor((member[i] ? 8 : 4) * uniform(rng)); n > 0; n--) {
      amount = Math.round((0.8 * amount + 0.2 * (20 + 200 * uniform(rng))) * 100) / 100;
      rows.push({ of, day: day * DAY, amount, way: amount > 100 ? 'card' : 'cash' });
      day += 1 + Math.floor(20 * uniform(rng));
    }
  });
  const plain = fromColumns({
    of: rows.map((row) => row.of),
    amount: rows.map((row) => row.amount),
    way: rows.map((row) => row.way),
  });
  const days = datetimeColumn(
    'day',
    rows.map((row) => row.day),
    'day',
  );
  return { customer: fromColumns({ id: ids, member, region }), order: createTable([...plain.columns, days]) };
}

function* related(): Generator<Figure> {
  const inputs = Array.from({ length: 10 }, (_, i) => shop(1000, `shop ${i}`));
  const link = { key: 'id', foreignKey: 'of', orderBy: 'day' } as const;
  const fit = ({ customer, order }: { customer: Table; order: Table }) =>
    fitRelational({ parent: customer, child: order, ...link });
  fit(inputs[0]!);
  const start = performance.now();
  const models = inputs.map(fit);
  const seconds = (performance.now() - start) / 1000;
  yield within(AREA, 'relational: 10 fits of 1,000 parents with about 2,300 children each, seconds', seconds, 0, 5);
  let integrity = 1;
  let least = 1;
  let lagGap = 0;
  models.forEach((model, i) => {
    const { customer, order } = inputs[i]!;
    const { parent, child } = sampleRelational(model, { rows: 1000, seed: 'evidence' });
    const keys = new Set(cells(parent, 'id'));
    const kept = cells(child, 'of').filter((cell) => keys.has(cell)).length / child.rowCount;
    integrity = Math.min(integrity, keys.size === 1000 ? kept : 0);
    least = Math.min(least, 1 - ksStatistic(childCounts(customer, order), childCounts(parent, child)));
    lagGap = Math.max(lagGap, Math.abs(lag(order) - lag(child)));
  });
  yield within(AREA, 'relational: referential integrity, least of 10', integrity, 1, 1);
  yield within(AREA, 'relational: KS similarity of child counts, least of 10', least, 0.95, 1);
  yield within(
    AREA,
    'relational: lag-1 correlation of siblings, largest difference from the source of 10',
    lagGap,
    0,
    0.1,
  );
  const hashes = [1, 2, 7, 64].map((count) => {
    const shards = Array.from({ length: count }, (_, k) => {
      const offset = Math.floor((1000 * k) / count);
      const rows = Math.floor((1000 * (k + 1)) / count) - offset;
      return sampleRelational(models[0]!, { rows, offset, seed: 'shards' });
    });
    const join = (part: (shard: RelationalSample) => Table) => formatCsv(concatRows(shards.map(part)));
    return sha256Hex(join((shard) => shard.parent) + join((shard) => shard.child));
  });
  yield equalHashes('relational: SHA-256 of parents and children in 1, 2, 7 and 64 shards', hashes);
}

function cells(table: Table, name: string): Cell[] {
  const column = getColumn(table, name);
  return Array.from({ length: table.rowCount }, (_, row) => cellAt(column, row));
}

function childCounts(parent: Table, child: Table): Float64Array {
  const of = new Map<Cell, number>();
  for (const cell of cells(child, 'of')) of.set(cell, (of.get(cell) ?? 0) + 1);
  return Float64Array.from(cells(parent, 'id'), (cell) => of.get(cell) ?? 0);
}

function lag(table: Table): number {
  const of = cells(table, 'of');
  const amount = cells(table, 'amount') as number[];
  const pairs = amount.slice(1).flatMap((value, i) => (of[i] === of[i + 1] ? [[amount[i]!, value] as const] : []));
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const product = (a: 0 | 1, b: 0 | 1, ma: number, mb: number) =>
    pairs.reduce((sum, pair) => sum + (pair[a] - ma) * (pair[b] - mb), 0);
  return product(0, 1, x, y) / Math.sqrt(product(0, 0, x, x) * product(1, 1, y, y));
}

function* constrained(train: Table): Generator<Figure> {
  const rules: Constraint[] = [
    { kind: 'fixedCombinations', columns: ['education', 'education-num'] },
    { kind: 'range', column: 'age', min: 18, max: 80 },
    {
      kind: 'predicate',
      name: 'no wife is male',
      columns: ['relationship', 'sex'],
      holds: ({ relationship, sex }) => relationship !== 'Wife' || sex === 'Female',
    },
  ];
  const generator = constrainGenerator(cartGenerator, rules);
  const model = generator.fit(train, {});
  const draw = (rows: number, offset: number) => generator.sample(model, { rows, offset, seed: 'evidence' });
  const check = checkConstraints(draw(8000, 0), rules, { source: train });
  const share = 1 - check.violatingRows / check.rows;
  yield within(AREA, 'constraints on Adult (8,000 rows): share of rows that satisfy all three', share, 1, 1);
  const hashes = [1, 2, 7, 64].map((count) => sha256Hex(formatCsv(inShards(draw, 2000, count))));
  yield equalHashes('constraints on Adult: SHA-256 of the sample in 1, 2, 7 and 64 shards', hashes);
}

function inShards(draw: (rows: number, offset: number) => Table, rows: number, count: number): Table {
  const parts = Array.from({ length: count }, (_, k) => {
    const offset = Math.floor((rows * k) / count);
    return draw(Math.floor((rows * (k + 1)) / count) - offset, offset);
  });
  return concatRows(parts);
}

function equalHashes(figure: string, hashes: readonly string[]): Figure {
  const ok = new Set(hashes).size === 1;
  return { area: AREA, figure, value: hashes[0]!.slice(0, 16), bound: 'all equal', ok };
}

function* mixed(real: Table, holdout: Table): Generator<Figure> {
  const synthesize = ['income-per-year', 'hours-per-week'];
  const options = { rows: 4000, seed: 'evidence', kept: real };
  const partial = sampleCart(fitCart(real, { synthesize }), options);
  const samples: readonly (readonly [string, Table])[] = [
    ['CART', partial],
    ['copula', sampleCopula(fitCopula(real, { synthesize }), options)],
    ['Bayesian network', sampleBayesianNetwork(fitBayesianNetwork(real, { synthesize }), options)],
    ['ARF', sampleArf(fitArf(real, { synthesize, trees: 5, maxRounds: 1 }), options)],
    ['independent', sampleIndependent(fitIndependent(real, { synthesize }), options)],
  ];
  for (const [name, sample] of samples) {
    const equal = equalTables(dropColumns(sample, synthesize), dropColumns(real, synthesize));
    yield within(AREA, `partial synthesis on Adult, ${name}: kept cells equal (1 = all)`, equal ? 1 : 0, 1, 1);
  }
  const all = concatRows([real, holdout]);
  const mix = mixReal(all, withOrigin(partial, 'partial'), { ratio: 0.4, rows: 5000, holdout, seed: 'evidence' });
  const held = new Set(toRecords(holdout).map((row) => JSON.stringify(row)));
  const rows = toRecords(dropColumns(mix.table, ['origin']));
  const origins = cells(mix.table, 'origin');
  const leaked = rows.filter((row, i) => origins[i] === 'real' && held.has(JSON.stringify(row))).length;
  yield within(AREA, 'mix on Adult (2,000 real, 3,000 partial): hold-out rows mixed in', leaked, 0, 0);
  const sources = { real: toRecords(all), partial: toRecords(partial), synthetic: [] };
  const known = rows.filter((row, i) => {
    const source = sources[origins[i] as keyof typeof sources][mix.sourceRows[i]!];
    return JSON.stringify(source) === JSON.stringify(row);
  }).length;
  yield within(
    AREA,
    'mix on Adult: share of rows that are the real or partial row their origin says',
    known / rows.length,
    1,
    1,
  );
}

/** Missing cells at random rates, and rare levels. */
function* protectedCells(train: Table): Generator<Figure> {
  const rng = createRng('missing');
  let table = train;
  for (const [name, rate] of [
    ['age', 0.1],
    ['occupation', 0.3],
    ['hours-per-week', 0.02],
  ] as const) {
    const column = getColumn(train, name);
    const validity = new Uint8Array(Math.ceil(train.rowCount / 8));
    for (let row = 0; row < train.rowCount; row++) if (uniform(rng) >= rate) validity[row >> 3]! |= 1 << (row & 7);
    table = replaceColumn(table, { ...column, validity });
  }
  const drawn = sampleCart(fitCart(table), { rows: train.rowCount, seed: 'evidence' });
  let least = 1;
  let rare = 0;
  table.columns.forEach((column, c) => {
    const other = drawn.columns[c]!;
    const gap = Math.abs(missingCount(column) - missingCount(other)) / train.rowCount;
    least = Math.min(least, 1 - gap);
    if (column.kind !== 'category') return;
    const rows = new Map<string, number>();
    const { codes, labels } = groupCodes(column);
    for (const code of codes) if (code >= 0) rows.set(labels[code]!, (rows.get(labels[code]!) ?? 0) + 1);
    for (const cell of new Set(cells(drawn, column.name)))
      if (cell !== null && (rows.get(String(cell)) ?? 5) < 5) rare++;
  });
  yield within(
    AREA,
    'CART on Adult (8,000 rows, three columns with holes): least missing-rate similarity',
    least,
    0.99,
    1,
  );
  yield within(AREA, 'CART on Adult: levels with fewer than 5 training rows in the sample', rare, 0, 0);
}

function* conditional(train: Table): Generator<Figure> {
  const given = { sex: 'Female', 'income-per-year': '>50K' };
  const ahead = fitCart(train, { visitOrder: ['sex', 'income-per-year'] });
  const exact = sampleCartConditional(ahead, { rows: 2000, seed: 'evidence', given });
  const plain = sampleCart(ahead, { rows: 60_000, seed: 'plain' });
  yield within(
    AREA,
    'conditional CART, given columns first: KS of age with rows picked from a plain sample',
    ageDistance(plain, exact.table, given),
    0,
    0.06,
  );
  const auto = fitCart(train);
  const rare = { age: 60, 'income-per-year': '>50K' };
  const start = performance.now();
  const chosen = sampleCartConditional(auto, { rows: 2000, seed: 'evidence', given: rare });
  const seconds = (performance.now() - start) / 1000;
  yield within(AREA, 'conditional CART, given age and income late: 2,000 rows, seconds', seconds, 0, 10);
  yield within(
    AREA,
    'conditional CART: mean effective sample size of 64 candidates',
    chosen.effectiveSampleSize!.mean,
    2,
    64,
  );
  const wide = sampleCart(auto, { rows: 200_000, seed: 'plain' });
  const hours = picked(wide, rare, 'hours-per-week');
  const distance = ksStatistic(hours, Float64Array.from(cells(chosen.table, 'hours-per-week') as number[]));
  yield within(AREA, 'conditional CART: KS of hours-per-week with rows picked from a plain sample', distance, 0, 0.08);
}

function ageDistance(plain: Table, drawn: Table, given: Record<string, Cell>): number {
  return ksStatistic(picked(plain, given, 'age'), Float64Array.from(cells(drawn, 'age') as number[]));
}

/** A column of the rows that happen to have the given cells. */
function picked(table: Table, given: Record<string, Cell>, name: string): Float64Array {
  const values = cells(table, name) as number[];
  const wanted = Object.entries(given).map(([key, cell]) => ({ of: cells(table, key), cell }));
  return Float64Array.from(values.filter((_, row) => wanted.every(({ of, cell }) => of[row] === cell)));
}
