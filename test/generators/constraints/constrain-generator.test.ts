import { describe, expect, test, vi } from 'vitest';
import {
  type ConstrainedModel,
  type Constraint,
  checkConstraints,
  constrainGenerator,
} from '../../../src/generators/constraints/index.ts';
import {
  type CartModel,
  cartGenerator,
  fingerprintModel,
  independentGenerator,
} from '../../../src/generators/index.ts';
import { sha256Hex } from '../../../src/hash/index.ts';
import {
  concatRows,
  equalTables,
  formatCsv,
  fromColumns,
  getColumn,
  isMissing,
  schemaOf,
  takeRows,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { stays } from './source.ts';

function caught(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    return error as { code: string; message: string };
  }
  return { code: 'none', message: '' };
}

const source = stays(1500);
const rules: Constraint[] = [
  { kind: 'fixedCombinations', columns: ['city', 'country'] },
  { kind: 'inequality', low: 'start', high: 'end', strict: true },
  { kind: 'inequality', low: 'checkin', high: 'checkout' },
  { kind: 'sum', columns: ['room', 'food'], total: 'bill' },
  { kind: 'range', column: 'room', min: 60, max: 700 },
  {
    kind: 'predicate',
    name: 'no short stay in Turin',
    columns: ['city', 'room'],
    holds: (c) => c['city'] !== 'Turin' || (c['room'] as number) > 80,
  },
];
const cart = constrainGenerator(cartGenerator, rules);
const model = cart.fit(source, {});
const sample = cart.sample(model, { rows: 1200, seed: 's' });

test('every row satisfies every constraint, with the source’s columns', () => {
  expect(checkConstraints(sample, rules, { source }).ok).toBe(true);
  const kinds = (table: Table) => schemaOf(table).columns.map(({ name, kind, unit }) => ({ name, kind, unit }));
  expect(kinds(sample)).toEqual(kinds(source));
  expect(sample.rowCount).toBe(1200);
});

test('the report says how each is met and which source rows were left out', () => {
  expect(model.report.methods).toEqual(['fused', 'difference', 'difference', 'total', 'rejection', 'rejection']);
  expect(model.report.dropped).toBeGreaterThan(0);
  expect(model.report.violations.map((one) => one.violations > 0)).toEqual([false, false, false, false, true, true]);
  expect(model.embedsTrainingValues).toBe(true);
  expect(model.inner.columns.map((column) => column.name)).toEqual([
    'city & country',
    'start',
    'end',
    'checkin',
    'checkout',
    'room',
    'food',
    'bed',
  ]);
});

test('missing cells and sums stay as they were', () => {
  const share = (table: Table, name: string) => {
    let missing = 0;
    for (let row = 0; row < table.rowCount; row++) if (isMissing(getColumn(table, name), row)) missing++;
    return missing / table.rowCount;
  };
  for (const name of ['end', 'food', 'bill'])
    expect(Math.abs(share(sample, name) - share(source, name))).toBeLessThan(0.03);
  for (const { food, bill } of toRecords(sample)) expect(food === null).toBe(bill === null);
});

test('the model survives JSON and samples the same', () => {
  const copy = JSON.parse(JSON.stringify(model)) as ConstrainedModel<CartModel>;
  expect(copy).toEqual(model);
  expect(fingerprintModel(copy)).toBe(fingerprintModel(model));
  expect(equalTables(cart.sample(copy, { rows: 1200, seed: 's' }), sample)).toBe(true);
});

const hash = (table: Table) => sha256Hex(formatCsv(table));
function shards(count: number, draw: (offset: number, rows: number) => Table, rows: number): Table {
  const parts: Table[] = [];
  for (let k = 0; k < count; k++) {
    const start = Math.floor((rows * k) / count);
    parts.push(draw(start, Math.floor((rows * (k + 1)) / count) - start));
  }
  return concatRows(parts);
}

test.each([1, 2, 7, 64])('%d shards give one table', (count) => {
  const whole = shards(count, (offset, rows) => cart.sample(model, { rows, seed: 's', offset }), 1200);
  expect(hash(whole)).toBe(hash(sample));
});

describe('rejection', () => {
  const plain = constrainGenerator(independentGenerator, rules.slice(0, 3), { method: 'reject' });
  const fitted = plain.fit(source, {});
  const drawn = plain.sample(fitted, { rows: 500, seed: 's' });
  test('meets the same constraints with columns as they are', () => {
    expect(fitted.report.methods).toEqual(['rejection', 'rejection', 'rejection']);
    expect(fitted.steps).toEqual([]);
    expect(checkConstraints(drawn, rules.slice(0, 3), { source }).ok).toBe(true);
  });
  test.each([2, 7, 64])('%d shards give one table', (count) => {
    const whole = shards(count, (offset, rows) => plain.sample(fitted, { rows, seed: 's', offset }), 500);
    expect(hash(whole)).toBe(hash(drawn));
  });
  test('rows that need no second try are those of the wrapped generator', () => {
    const range: Constraint[] = [{ kind: 'range', column: 'bed', max: 300 }];
    const generator = constrainGenerator(cartGenerator, range, { onViolation: 'keep' });
    const made = generator.fit(source, {});
    const bare = cartGenerator.sample(made.inner, { rows: 300, seed: 's' });
    const held = generator.sample(made, { rows: 300, seed: 's' });
    const good = toRecords(bare).flatMap((record, row) => ((record['bed'] as number) <= 300 ? [row] : []));
    expect(good.length).toBeLessThan(300);
    expect(toRecords(takeRows(held, good))).toEqual(toRecords(takeRows(bare, good)));
  });
  test('an error states the acceptance rate, and no short table is returned', () => {
    const never = constrainGenerator(cartGenerator, [{ kind: 'range', column: 'bed', min: 390 }], {
      onViolation: 'keep',
      maxTries: 3,
    });
    const error = caught(() => never.sample(never.fit(source, {}), { rows: 100, seed: 's' }));
    expect(error.code).toBe('CONSTRAINT_UNMET');
    expect(error.message).toMatch(/acceptance rate 0\.0\d+ \(\d+ of \d+ draws\)/);
  });
});

describe('unique', () => {
  const rule: Constraint[] = [{ kind: 'unique', columns: ['bed'] }];
  const generator = constrainGenerator(cartGenerator, rule);
  const made = generator.fit(source, {});
  const drawn = generator.sample(made, { rows: 300, seed: 's' });
  test('no row repeats another', () => {
    expect(checkConstraints(drawn, rule).ok).toBe(true);
    expect(made.report.dropped).toBe(0);
    expect(made.report.violations[0]!.violations).toBeGreaterThan(1000);
  });
  test.each([2, 7, 64])('%d shards give one table', (count) => {
    expect(hash(shards(count, (offset, rows) => generator.sample(made, { rows, seed: 's', offset }), 300))).toBe(
      hash(drawn),
    );
  });
  test('more rows than values', () => {
    expect(caught(() => generator.sample(made, { rows: 500, seed: 's' })).code).toBe('CONSTRAINT_UNMET');
  });
});

test('chains, cycles and overlaps fall back to what is possible', () => {
  const table = fromColumns({
    a: Array.from({ length: 300 }, (_, i) => i % 7),
    b: Array.from({ length: 300 }, (_, i) => (i % 7) + (i % 3)),
    c: Array.from({ length: 300 }, (_, i) => (i % 7) + (i % 3) + (i % 5)),
  });
  const chain: Constraint[] = [
    { kind: 'inequality', low: 'b', high: 'c' },
    { kind: 'inequality', low: 'a', high: 'b' },
    { kind: 'inequality', low: 'a', high: 'c' },
    { kind: 'fixedCombinations', columns: ['a', 'b'] },
    { kind: 'fixedCombinations', columns: ['b', 'c'] },
  ];
  for (const list of [chain.slice(0, 3), chain, [chain[1]!, { kind: 'inequality', low: 'b', high: 'a' } as const]]) {
    const made = constrainGenerator(cartGenerator, list);
    const fitted = made.fit(table, { minLeaf: 5 });
    const out = made.sample(fitted, { rows: 200, seed: 's' });
    expect(checkConstraints(out, list, { source: table }).ok).toBe(true);
  }
  const methods = constrainGenerator(cartGenerator, chain.slice(0, 3)).fit(table, {}).report.methods;
  expect(methods).toEqual(['difference', 'difference', 'rejection']);
});

test('a constant total is met by computing the last part', () => {
  const share = Array.from({ length: 200 }, (_, i) => (i % 11) / 10);
  const table = fromColumns({ yes: share, no: share.map((p) => Math.round((1 - p) * 10) / 10) });
  const rule: Constraint[] = [{ kind: 'sum', columns: ['yes', 'no'], total: 1 }];
  const made = constrainGenerator(cartGenerator, rule);
  const fitted = made.fit(table, {});
  expect(fitted.report.methods).toEqual(['total']);
  expect(checkConstraints(made.sample(fitted, { rows: 100, seed: 's' }), rule).ok).toBe(true);
});

test('rare combinations are pooled by the generator and never shown', () => {
  const table = fromColumns({
    city: [...Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'Bern' : 'Paris')), 'Nowhere'],
    country: [...Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'CH' : 'FR')), 'XX'],
  });
  const rule: Constraint[] = [{ kind: 'fixedCombinations', columns: ['city', 'country'] }];
  const made = constrainGenerator(cartGenerator, rule);
  const fitted = made.fit(table, {});
  expect(fitted.inner.report.pooled).toHaveLength(1);
  const cities = new Set(toRecords(made.sample(fitted, { rows: 500, seed: 's' })).map((record) => record['city']));
  expect(cities).toEqual(new Set(['Bern', 'Paris']));
});

test('partial synthesis is passed on when columns stay as they are', () => {
  const rule: Constraint[] = [{ kind: 'inequality', low: 'checkin', high: 'checkout' }];
  const made = constrainGenerator(cartGenerator, rule, { method: 'reject' });
  const fitted = made.fit(source, { synthesize: ['checkout'] });
  const options = { rows: 1500, seed: 's', kept: source };
  const out = made.sample(fitted, options);
  expect(checkConstraints(out, rule).ok).toBe(true);
  expect(toRecords(out).map((record) => record['bed'])).toEqual(toRecords(source).map((record) => record['bed']));
});

test('progress and abort', () => {
  const onProgress = vi.fn();
  const options = { rows: 50, seed: 's', onProgress };
  cart.sample(model, options);
  expect(onProgress.mock.lastCall).toEqual([{ stage: 'sample', done: 50, total: 50 }]);
  const aborted = { rows: 50, seed: 's', signal: { aborted: true } };
  expect(caught(() => cart.sample(model, aborted)).code).toBe('ABORTED');
});

test('no rows', () => {
  expect(cart.sample(model, { rows: 0, seed: 's' }).rowCount).toBe(0);
});

describe('refused', () => {
  test('source rows that violate, when asked', () => {
    const strict = constrainGenerator(cartGenerator, rules, { onViolation: 'error' });
    expect(caught(() => strict.fit(source, {})).code).toBe('BAD_VALUE');
  });
  test('a source of which no row is left', () => {
    const none = constrainGenerator(cartGenerator, [{ kind: 'range', column: 'bed', min: 1e6 }]);
    expect(caught(() => none.fit(source, {})).code).toBe('EMPTY_INPUT');
  });
  test('combinations that all differ', () => {
    const ids = fromColumns({
      a: Array.from({ length: 30 }, (_, i) => i),
      b: Array.from({ length: 30 }, (_, i) => i % 3),
    });
    const each = constrainGenerator(cartGenerator, [{ kind: 'fixedCombinations', columns: ['a', 'b'] }]);
    expect(caught(() => each.fit(ids, {})).code).toBe('BAD_OPTION');
  });
  test.each([[{ maxTries: 0 }], [{ onViolation: 'ignore' }], [{ method: 'magic' }]])('option %j', (options) => {
    expect(caught(() => constrainGenerator(cartGenerator, rules, options as never)).code).toBe('BAD_OPTION');
  });
  test.each<[string, (copy: never) => unknown]>([
    ['another kind', (copy) => Object.assign(copy, { kind: 'cart' })],
    ['another version', (copy) => Object.assign(copy, { version: 2 })],
    ['another generator', (copy) => Object.assign(copy, { generator: 'copula' })],
    ['other constraints', (copy) => Object.assign(copy, { constraints: [] })],
    ['no columns', (copy) => Object.assign(copy, { columns: [] })],
    ['no steps', (copy) => Object.assign(copy, { steps: null })],
    ['no combinations', (copy) => Object.assign(copy, { allowed: [] })],
    ['damaged combinations', (copy) => Object.assign(copy, { allowed: [[1], null, null, null, null, null] })],
    ['another step', (copy) => Object.assign(copy, { steps: [{ step: 'magic' }] })],
    [
      'a step of another column',
      (copy) => Object.assign(copy, { steps: [{ step: 'total', column: 'x', plus: [], minus: [], decimals: 0 }] }),
    ],
  ])('model with %s', (_, damage) => {
    const copy = JSON.parse(JSON.stringify(model)) as never;
    damage(copy);
    expect(caught(() => cart.sample(copy, { rows: 1, seed: 's' })).code).toBe('BAD_MODEL');
  });
});
