import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fairTarget } from '../../../src/bias/fair/fair-target.ts';
import type { FairTarget, FairTargetSpec } from '../../../src/bias/fair/fair-target-types.ts';
import { booleanColumn, categoryColumn, createTable, fromColumns, numberColumn } from '../../../src/table/index.ts';
import type { Table } from '../../../src/types.ts';
import { hiringTable } from './helpers.ts';

const LABEL = { column: 'hired' };
const table = hiringTable(3000);

const total = (target: FairTarget, value: string, axis: number): number =>
  target.cells.filter((cell) => cell.values[axis] === value).reduce((sum, cell) => sum + cell.target, 0);

/** Log odds ratio of sex and label in a target of two by two. */
function logOdds(shares: readonly number[]): number {
  return Math.log((shares[0]! * shares[3]!) / (shares[1]! * shares[2]!));
}

describe('independence', () => {
  test('labels have one share in every joint group, totals stay', () => {
    const target = fairTarget(table, { sensitive: ['sex', 'region'], label: LABEL });
    expect(target.labelGap.source).toBeGreaterThan(0.15);
    expect(target.labelGap.target).toBeLessThan(1e-12);
    for (const group of target.groups) expect(group.targetShare).toBeCloseTo(group.sourceShare, 12);
    const yes = target.cells.filter((cell) => cell.values[2] === 'true');
    expect(total(target, 'true', 2)).toBeCloseTo(
      yes.reduce((sum, cell) => sum + cell.source, 0),
      12,
    );
    expect(JSON.parse(JSON.stringify(target))).toEqual(target);
  });

  test('a known answer: four cells', () => {
    const source = fromColumns({ s: ['a', 'a', 'a', 'b', 'b', 'b'], y: [true, false, false, true, true, false] });
    const target = fairTarget(source, { sensitive: ['s'], label: { column: 'y' }, minGroupRows: 1 });
    expect(target.cells.map((cell) => cell.target)).toEqual([0.25, 0.25, 0.25, 0.25]);
    // 1 / sum(target^2 / source) with sources 1/3, 1/6, 1/6, 1/3.
    expect(target.effectiveShare).toBeCloseTo(1 / (0.0625 * (3 + 6 + 6 + 3)), 12);
    expect(target.maxWeight).toBeCloseTo(1.5, 12);
  });

  test('labels of three levels', () => {
    const source = fromColumns({
      s: ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'b', 'b'],
      y: ['x', 'y', 'z', 'z', 'x', 'x', 'x', 'y', 'z', 'z'],
    });
    const target = fairTarget(source, { sensitive: ['s'], label: { column: 'y' }, minGroupRows: 1 });
    expect(target.positive).toBe(null);
    expect(target.labelGap.target).toBeLessThan(1e-12);
  });
});

describe('strength', () => {
  test('scales the log odds ratio and keeps both margins', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })),
        fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })),
        (strength, [a, b], [c, d]) => {
          const counts = [a, b, c, d];
          const s = counts.flatMap((n, k) => new Array<string>(n).fill(k < 2 ? 'p' : 'q'));
          const y = counts.flatMap((n, k) => new Array<boolean>(n).fill(k % 2 === 1));
          const source = createTable([categoryColumn('s', s), booleanColumn('y', y)]);
          const target = fairTarget(source, { sensitive: ['s'], label: { column: 'y' }, minGroupRows: 1, strength });
          const q = target.cells.map((cell) => cell.target);
          expect(logOdds(q)).toBeCloseTo((1 - strength) * logOdds(counts), 5);
          expect(q[0]! + q[1]!).toBeCloseTo((a + b) / (a + b + c + d), 8);
          expect(q[1]! + q[3]!).toBeCloseTo((b + d) / (a + b + c + d), 8);
        },
      ),
    );
  });

  test('0 is the source', () => {
    const target = fairTarget(table, { sensitive: ['sex', 'region'], label: LABEL, strength: 0 });
    for (const cell of target.cells) expect(cell.target).toBeCloseTo(cell.source, 10);
    expect(target.effectiveShare).toBeCloseTo(1, 8);
  });
});

describe('margins', () => {
  test('group shares are met at every strength', () => {
    for (const strength of [0, 0.4, 1]) {
      const groupShares = { sex: { f: 0.5, m: 0.5 }, region: { east: 0.4, west: 0.6 } };
      const target = fairTarget(table, { sensitive: ['sex', 'region'], label: LABEL, groupShares, strength });
      expect(total(target, 'f', 0)).toBeCloseTo(0.5, 8);
      expect(total(target, 'east', 1)).toBeCloseTo(0.4, 8);
    }
  });

  test('kept margins stay as in the source', () => {
    const target = fairTarget(table, { sensitive: ['sex'], label: LABEL, keep: [['region', 'hired'], ['role']] });
    expect(target.columns).toEqual(['sex', 'hired', 'region', 'role']);
    expect(target.labelGap.target).toBeLessThan(1e-9);
    for (const region of ['east', 'west'])
      for (const hired of ['false', 'true']) {
        const cells = target.cells.filter((cell) => cell.values[1] === hired && cell.values[2] === region);
        const sum = (key: 'source' | 'target') => cells.reduce((all, cell) => all + cell[key], 0);
        expect(sum('target')).toBeCloseTo(sum('source'), 8);
      }
  });

  test('a target of the caller', () => {
    const cells = [
      { group: ['f'], label: 'true', share: 0.2 },
      { group: ['f'], label: 'false', share: 0.3 },
      { group: ['m'], label: 'true', share: 0.1 },
      { group: ['m'], label: 'false', share: 0.4 },
    ];
    const target = fairTarget(table, { sensitive: ['sex'], label: LABEL, target: cells });
    expect(target.aim).toBe('given');
    expect(target.cells.map((cell) => cell.target)).toEqual([0.3, 0.2, 0.4, 0.1]);
  });
});

describe('what cannot be met is refused, with the margin that blocks', () => {
  // Husbands are men and wives women, so keeping (relationship, hired) fixes most of (sex, hired).
  const couples = createTable([
    categoryColumn('sex', [...new Array(600).fill('m'), ...new Array(300).fill('f')]),
    categoryColumn('relationship', [
      ...new Array(550).fill('husband'),
      ...new Array(50).fill('single'),
      ...new Array(280).fill('wife'),
      ...new Array(20).fill('single'),
    ]),
    booleanColumn(
      'hired',
      Array.from({ length: 900 }, (_, i) => (i < 600 ? i % 2 === 0 : i % 10 === 0)),
    ),
  ]);
  const refusal = (source: Table, spec: FairTargetSpec): string => {
    try {
      fairTarget(source, spec);
    } catch (error) {
      return `${(error as { code: string }).code} ${(error as Error).message}`;
    }
    return 'met';
  };

  test('kept margins', () => {
    const spec = { sensitive: ['sex'], label: LABEL, keep: [['sex'], ['relationship', 'hired']] };
    expect(refusal(couples, spec)).toMatch(/^CONSTRAINT_UNMET keep: the margin \(relationship, hired\) cannot be kept/);
    expect(refusal(couples, { ...spec, keep: [['relationship']] })).toBe('met');
  });

  test('empty cells, and the way round them', () => {
    const source = createTable([
      categoryColumn('s', [...'aaaabbbbcc']),
      booleanColumn(
        'y',
        [...'1100100100'].map((one) => one === '1'),
      ),
    ]);
    const spec = { sensitive: ['s'], label: { column: 'y' }, minGroupRows: 1 };
    expect(refusal(source, spec)).toMatch(/^CONSTRAINT_UNMET emptyCells: the group \(c\)/);
    const target = fairTarget(source, { ...spec, emptyCells: 'back-off' });
    expect(target.backedOff).toEqual([['c']]);
    expect(target.groups.map((group) => group.targetLabels[1]!.toFixed(4))).toEqual(['0.5000', '0.5000', '0.0000']);
    expect(target.cells.reduce((sum, cell) => sum + cell.target, 0)).toBeCloseTo(1, 12);
    const given = [
      { group: ['c'], label: 'true', share: 0.5 },
      { group: ['a'], label: 'false', share: 0.5 },
    ];
    expect(refusal(source, { ...spec, target: given })).toMatch(/^CONSTRAINT_UNMET/);
  });

  test('groups and levels that are not there', () => {
    const spec = { sensitive: ['sex'], label: LABEL };
    expect(refusal(table, { ...spec, groupShares: { sex: { f: 0.5, x: 0.5 } } })).toMatch(
      /^CONSTRAINT_UNMET groupShares: no source row has sex = "x"/,
    );
    expect(refusal(table, { ...spec, target: [{ group: ['x'], label: 'true', share: 1 }] })).toMatch(
      /^CONSTRAINT_UNMET/,
    );
  });
});

describe('bad input', () => {
  const spec = { sensitive: ['sex'], label: LABEL };
  const cases: [string, Table, FairTargetSpec, string][] = [
    ['no sensitive column', table, { ...spec, sensitive: [] }, 'BAD_OPTION'],
    ['an unknown sensitive column', table, { ...spec, sensitive: ['gender'] }, 'UNKNOWN_COLUMN'],
    ['an unknown label', table, { ...spec, label: { column: 'offer' } }, 'UNKNOWN_COLUMN'],
    ['an unknown kept column', table, { ...spec, keep: [['offer']] }, 'UNKNOWN_COLUMN'],
    ['an unknown column with shares', table, { ...spec, groupShares: { region: { east: 1 } } }, 'UNKNOWN_COLUMN'],
    ['the label among the sensitive columns', table, { ...spec, sensitive: ['hired'] }, 'BAD_OPTION'],
    ['an unknown positive level', table, { ...spec, label: { column: 'role', positive: 'boss' } }, 'BAD_OPTION'],
    ['strength below 0', table, { ...spec, strength: -0.1 }, 'OUT_OF_RANGE'],
    ['strength above 1', table, { ...spec, strength: 1.1 }, 'OUT_OF_RANGE'],
    ['strength NaN', table, { ...spec, strength: Number.NaN }, 'OUT_OF_RANGE'],
    ['shares that do not add up', table, { ...spec, groupShares: { sex: { f: 0.5, m: 0.6 } } }, 'OUT_OF_RANGE'],
    ['a negative share', table, { ...spec, groupShares: { sex: { f: -0.5, m: 1.5 } } }, 'OUT_OF_RANGE'],
    [
      'a target that does not add up',
      table,
      { ...spec, target: [{ group: ['f'], label: 'true', share: 0.4 }] },
      'OUT_OF_RANGE',
    ],
    ['a target and shares', table, { ...spec, target: [], groupShares: {} }, 'BAD_OPTION'],
    ['an empty margin', table, { ...spec, keep: [[]] }, 'BAD_OPTION'],
    ['small groups', hiringTable(30), { ...spec, minGroupRows: 25 }, 'BAD_VALUE'],
    ['minGroupRows of 0', table, { ...spec, minGroupRows: 0 }, 'BAD_OPTION'],
    ['no rows', hiringTable(0), spec, 'EMPTY_INPUT'],
    ['one label level', fromColumns({ sex: ['f', 'm'], hired: [true, true] }), spec, 'EMPTY_INPUT'],
    [
      'all labels missing',
      createTable([categoryColumn('sex', ['f', 'm']), booleanColumn('hired', [null, null])]),
      spec,
      'EMPTY_INPUT',
    ],
    [
      'a continuous column',
      createTable([...table.columns, numberColumn('pay', new Float64Array(3000))]),
      { ...spec, keep: [['pay']] },
      'KIND_MISMATCH',
    ],
  ];
  test.each(cases)('%s', (_, source, given, code) => {
    expect(() => fairTarget(source, given)).toThrow(expect.objectContaining({ code }));
  });

  test('missing labels are left out and counted, missing groups are a group', () => {
    const source = createTable([
      categoryColumn('sex', ['f', 'f', 'm', 'm', null, null, 'f']),
      booleanColumn('hired', [true, false, true, false, true, false, null]),
    ]);
    const target = fairTarget(source, { ...spec, minGroupRows: 1 });
    expect([target.rows, target.leftOut]).toEqual([6, 1]);
    expect(target.groups.map((group) => group.values[0])).toEqual(['f', 'm', '(missing)']);
  });

  test('large weights are a warning', () => {
    const source = createTable([
      categoryColumn('s', [...new Array(1000).fill('a'), ...new Array(1000).fill('b')]),
      booleanColumn(
        'y',
        Array.from({ length: 2000 }, (_, i) => i < 990 || i === 1500),
      ),
    ]);
    expect(fairTarget(source, { sensitive: ['s'], label: { column: 'y' } }).warnings).toEqual([
      'LOW_EFFECTIVE_SHARE',
      'LARGE_WEIGHT',
    ]);
  });
});
