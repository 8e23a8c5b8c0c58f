import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { massage, repairDisparateImpact, resampleGroups } from '../../../src/bias/index.ts';
import { createRng, normal, uniform } from '../../../src/random/index.ts';
import { ksStatistic } from '../../../src/stats/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  getColumn,
  integerColumn,
  numberColumn,
  toRecords,
} from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { codeOf } from '../../code-of.ts';

/** Rows of groups a, b, c with positive rates that differ. */
function people(seed: string, rows = 300): { table: Table; score: Float64Array } {
  const rng = createRng(seed);
  const group: string[] = [];
  const label: boolean[] = [];
  const score = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    group.push(['a', 'b', 'c'][i % 3]!);
    score[i] = uniform(rng);
    label.push(uniform(rng) < score[i]! * (1 - 0.25 * (i % 3)));
  }
  return { table: createTable([categoryColumn('group', group), booleanColumn('label', label)]), score };
}

const rateBy = (table: Table): Record<string, number> => {
  const seen: Record<string, [number, number]> = {};
  for (const { group, label } of toRecords(table) as { group: string; label: boolean }[]) {
    seen[group] ??= [0, 0];
    seen[group][0]++;
    if (label) seen[group][1]++;
  }
  return Object.fromEntries(Object.entries(seen).map(([group, [n, k]]) => [group, k / n]));
};

describe('massage', () => {
  const spec = { deprived: { column: 'group', positive: 'c' }, label: { column: 'label' } };

  test('closes the gap to within one swap, keeps the positive rate, and changes nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { table, score } = people(seed);
        const done = massage(table, { ...spec, score });
        expect(done.promoted.length).toBe(done.demoted.length);
        const { label: before } = { label: toRecords(table).filter((row) => row.label).length };
        expect(toRecords(done.table).filter((row) => row.label).length).toBe(before);
        if (done.discriminationBefore > 0)
          expect(Math.abs(done.discriminationAfter)).toBeLessThanOrEqual(0.5 / 100 + 0.5 / 200 + 1e-12);
        expect(table.columns[1]).not.toBe(done.promoted.length ? done.table.columns[1] : null);
      }),
      { numRuns: 30 },
    );
  });

  test('works on two-valued categories and leaves rows without label, group or score alone', () => {
    const table = createTable([
      categoryColumn('group', ['c', 'c', null, 'a', 'a', 'a']),
      categoryColumn('label', ['no', 'no', 'no', 'yes', 'yes', null]),
    ]);
    const done = massage(table, {
      deprived: { column: 'group', positive: 'c' },
      label: { column: 'label', positive: 'yes' },
      score: [0.1, 0.3, 0.9, 0.6, 0.5, 0.9],
    });
    expect(done).toMatchObject({ promoted: [1], demoted: [4], leftOut: 2, discriminationAfter: 0 });
    expect(toRecords(done.table).map((row) => row.label)).toEqual(['no', 'yes', 'no', 'yes', 'no', null]);
  });

  test('does nothing when the group is ahead', () => {
    const { table, score } = people('ahead');
    const done = massage(table, { deprived: { column: 'group', positive: 'a' }, label: { column: 'label' }, score });
    expect(done.discriminationBefore).toBeLessThan(0);
    expect([done.promoted, done.demoted, done.table]).toEqual([[], [], table]);
  });

  test('refuses bad input', () => {
    const { table, score } = people('bad');
    expect(codeOf(() => massage(table, { ...spec, score: [1] }))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => massage(table, { ...spec, deprived: { column: 'x', positive: 'c' }, score }))).toBe(
      'UNKNOWN_COLUMN',
    );
    expect(codeOf(() => massage(table, { ...spec, deprived: { column: 'group', positive: 'z' }, score }))).toBe(
      'BAD_OPTION',
    );
    const one = createTable([categoryColumn('group', ['c', 'c']), booleanColumn('label', [true, false])]);
    expect(codeOf(() => massage(one, { ...spec, score: [1, 2] }))).toBe('EMPTY_INPUT');
    const numeric = createTable([categoryColumn('group', ['c', 'c', 'a', 'a']), integerColumn('label', [0, 0, 1, 1])]);
    expect(
      codeOf(() => massage(numeric, { ...spec, label: { column: 'label', positive: 1 }, score: [1, 2, 3, 4] })),
    ).toBe('KIND_MISMATCH');
  });
});

describe('resampleGroups', () => {
  const spec = { sensitive: ['group'], label: { column: 'label' } };

  test.each(['uniform', 'preferential'])('%s sampling equalises the rates and keeps the number of rows', (method) => {
    const { table, score } = people('sample', 600);
    const done = resampleGroups(table, method === 'uniform' ? { ...spec, rng: createRng('r') } : { ...spec, score });
    expect(done.table.rowCount).toBe(600);
    const rates = Object.values(rateBy(done.table));
    expect(Math.max(...rates) - Math.min(...rates)).toBeLessThan(2 / 200);
    expect(done.cells.reduce((sum, cell) => sum + cell.after, 0)).toBe(600);
    for (const cell of done.cells) expect(Math.abs(cell.after - cell.wanted)).toBeLessThan(1);
  });

  test('preferential sampling drops and doubles the rows nearest the border', () => {
    const table = createTable([
      categoryColumn('group', ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b']),
      booleanColumn('label', [true, true, true, false, true, false, false, false]),
    ]);
    const done = resampleGroups(table, { ...spec, score: [0.9, 0.6, 0.8, 0.3, 0.7, 0.4, 0.2, 0.1] });
    // Group a loses its weakest positive (row 1) and gains its strongest negative (row 3); b the other way round.
    expect([...done.rows]).toEqual([0, 2, 3, 3, 4, 4, 6, 7]);
  });

  test('the same stream gives the same rows; missing labels are counted', () => {
    const table = createTable([
      categoryColumn('group', ['a', 'b', 'a', 'b', null]),
      booleanColumn('label', [true, true, false, false, null]),
    ]);
    const draw = () => resampleGroups(table, { ...spec, rng: createRng('one') });
    expect([...draw().rows]).toEqual([...draw().rows]);
    expect(draw().leftOut).toBe(1);
  });

  test('refuses what no copy can mend, and unclear methods', () => {
    const table = createTable([
      categoryColumn('group', ['a', 'a', 'a', 'b', 'b', 'b']),
      booleanColumn('label', [true, true, false, false, false, false]),
    ]);
    expect(codeOf(() => resampleGroups(table, { ...spec, rng: createRng('r') }))).toBe('BAD_VALUE');
    expect(codeOf(() => resampleGroups(table, spec))).toBe('BAD_OPTION');
    expect(codeOf(() => resampleGroups(table, { ...spec, rng: createRng('r'), score: [1, 2, 3, 4] }))).toBe(
      'BAD_OPTION',
    );
    expect(codeOf(() => resampleGroups(table, { ...spec, score: [1] }))).toBe('LENGTH_MISMATCH');
    const none = createTable([categoryColumn('group', ['a']), booleanColumn('label', [null])]);
    expect(codeOf(() => resampleGroups(none, { ...spec, rng: createRng('r') }))).toBe('EMPTY_INPUT');
  });
});

describe('repairDisparateImpact', () => {
  const rng = createRng('repair');
  const group = Array.from({ length: 400 }, (_, i) => (i % 3 === 0 ? 'a' : 'b'));
  const values = group.map((one) => normal(rng) * (one === 'a' ? 1 : 2) + (one === 'a' ? 0 : 3));
  const table = createTable([
    categoryColumn('group', group),
    numberColumn('x', values),
    integerColumn('n', values.map(Math.round)),
  ]);
  const of = (repaired: Table, name: string, one: string): Float64Array =>
    (getColumn(repaired, name) as { values: Float64Array }).values.filter((_, i) => group[i] === one);

  test.each(['textbook', 'unique-quantiles'] as const)(
    '%s: the distributions of the groups become equal, ranks stay',
    (method) => {
      const before = ksStatistic(of(table, 'x', 'a'), of(table, 'x', 'b'));
      const { table: repaired, columns } = repairDisparateImpact(table, {
        sensitive: ['group'],
        columns: ['x'],
        method,
      });
      expect(before).toBeGreaterThan(0.5);
      expect(ksStatistic(of(repaired, 'x', 'a'), of(repaired, 'x', 'b'))).toBeLessThan(0.05);
      const order = (t: Table): number[] => {
        const x = of(t, 'x', 'a');
        return [...x.keys()].sort((i, j) => of(table, 'x', 'a')[i]! - of(table, 'x', 'a')[j]!);
      };
      const after = of(repaired, 'x', 'a');
      const ranked = order(table).map((i) => after[i]!);
      expect(ranked).toEqual([...ranked].sort((p, q) => p - q));
      expect(columns[0]!.changed).toBeGreaterThan(200);
    },
  );

  test('level 0 changes nothing, half a level goes half the way', () => {
    const at = (level: number): Table =>
      repairDisparateImpact(table, { sensitive: ['group'], columns: ['x'], level }).table;
    expect(at(0).columns[1]).toEqual(table.columns[1]);
    const [none, half, full] = [0, 0.5, 1].map((level) => of(at(level), 'x', 'a'));
    expect(half![7]).toBeCloseTo((none![7]! + full![7]!) / 2, 10);
  });

  test('integers stay whole; missing cells stay missing and are counted', () => {
    const holes = createTable([categoryColumn('group', ['a', 'a', 'b', 'b']), integerColumn('n', [1, null, 4, 9])]);
    const { table: repaired, columns } = repairDisparateImpact(holes, { sensitive: ['group'], columns: ['n'] });
    expect(columns[0]).toMatchObject({ column: 'n', missing: 1 });
    expect(toRecords(repaired)[1]!.n).toBeNull();
    for (const { n } of toRecords(repairDisparateImpact(table, { sensitive: ['group'], columns: ['n'] }).table))
      expect(Number.isInteger(n)).toBe(true);
  });

  test('refuses bad input', () => {
    const spec = { sensitive: ['group'], columns: ['x'] };
    expect(codeOf(() => repairDisparateImpact(table, { ...spec, level: 2 }))).toBe('OUT_OF_RANGE');
    expect(codeOf(() => repairDisparateImpact(table, { ...spec, columns: ['group'] }))).toBe('KIND_MISMATCH');
    expect(codeOf(() => repairDisparateImpact(table, { ...spec, columns: ['y'] }))).toBe('UNKNOWN_COLUMN');
    expect(codeOf(() => repairDisparateImpact(table, { ...spec, method: 'best' as 'textbook' }))).toBe('BAD_OPTION');
    const bad = createTable([categoryColumn('group', ['a']), numberColumn('x', [Number.NaN])]);
    expect(codeOf(() => repairDisparateImpact(bad, spec))).toBe('BAD_VALUE');
  });
});
