import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyGroupThresholds, type GroupThresholds, groupThresholds } from '../../../src/bias/index.ts';
import { createRng } from '../../../src/random/create-rng.ts';
import { uniform } from '../../../src/random/uniform.ts';
import { booleanColumn } from '../../../src/table/boolean-column.ts';
import { categoryColumn } from '../../../src/table/category-column.ts';
import { createTable } from '../../../src/table/create-table.ts';
import { numberColumn } from '../../../src/table/number-column.ts';
import type { Table } from '../../../src/types.ts';
import { checkJsonSafe } from '../helpers.ts';

type Row = readonly [group: string, label: boolean, score: number | null];

function tableOf(rows: readonly Row[]): Table {
  return createTable([
    categoryColumn(
      'sex',
      rows.map((row) => row[0]),
    ),
    booleanColumn(
      'y',
      rows.map((row) => row[1]),
    ),
    numberColumn(
      'score',
      rows.map((row) => row[2]),
    ),
  ]);
}

const base = { sensitive: ['sex'], label: { column: 'y' }, score: 'score', minN: 1 } as const;

/** Random rows in which every group has both labels. */
const rowsOf = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean(), fc.integer({ min: 0, max: 6 })), {
    minLength: 4,
    maxLength: 40,
  })
  .map((rows): Row[] => [
    ...rows.map(([g, y, s]): Row => [g, y, s / 6]),
    ...['a', 'b', 'c'].flatMap((g): Row[] => [
      [g, true, 0.7],
      [g, false, 0.3],
    ]),
  ]);

/** Rates (selection, true, false positive) of one group when rows above a threshold are selected. */
function ratesAt(rows: readonly Row[], threshold: number): [number, number, number] {
  const rate = (of: readonly Row[]): number => of.filter((row) => row[2]! > threshold).length / of.length;
  return [rate(rows), rate(rows.filter((row) => row[1])), rate(rows.filter((row) => !row[1]))];
}

describe('groupThresholds', () => {
  test('laws: the constraint holds exactly, and nothing on a fine grid does better', () => {
    const constraints = fc.constantFrom('demographic-parity', 'equal-opportunity', 'equalized-odds');
    fc.assert(
      fc.property(
        rowsOf,
        constraints,
        fc.constantFrom('accuracy', 'balanced-accuracy'),
        (rows, constraint, objective) => {
          const fitted = groupThresholds(tableOf(rows), { ...base, constraint, objective });
          checkJsonSafe(fitted);
          const spread = (values: readonly (number | null)[]): number =>
            Math.max(...(values as number[])) - Math.min(...(values as number[]));
          if (constraint === 'demographic-parity')
            expect(spread(fitted.rules.map((rule) => rule.selectionRate))).toBeLessThan(1e-12);
          else expect(spread(fitted.rules.map((rule) => rule.truePositiveRate))).toBeLessThan(1e-12);
          if (constraint === 'equalized-odds')
            expect(spread(fitted.rules.map((rule) => rule.falsePositiveRate))).toBeLessThan(1e-12);
          expect(fitted.value).toBeLessThanOrEqual(fitted.unconstrained + 1e-12);
          // Every common rate on a grid, each group at its best mix of two thresholds.
          const groups = ['a', 'b', 'c'].map((g) => rows.filter((row) => row[0] === g));
          const positives = rows.filter((row) => row[1]).length;
          const negatives = rows.length - positives;
          const gain =
            objective === 'accuracy' ? [1 / rows.length, 1 / rows.length] : [0.5 / positives, 0.5 / negatives];
          const points = groups.map((mine) =>
            [-1, 0, 1, 2, 3, 4, 5, 6].map((t) => {
              const [selected, tpr, fpr] = ratesAt(mine, t === -1 ? -1 : (t + 0.5) / 6);
              const p = mine.filter((row) => row[1]).length;
              const worth = gain[0]! * p * tpr + gain[1]! * (mine.length - p) * (1 - fpr);
              return {
                x: constraint === 'demographic-parity' ? selected : constraint === 'equal-opportunity' ? tpr : fpr,
                worth,
                tpr,
              };
            }),
          );
          const bestAt = (
            list: readonly { x: number; worth: number; tpr: number }[],
            x: number,
            of: 'worth' | 'tpr',
          ): number => {
            let best = -Infinity;
            for (const a of list)
              for (const b of list)
                if (a.x <= x && x <= b.x) {
                  const mix = b.x === a.x ? 0 : (x - a.x) / (b.x - a.x);
                  best = Math.max(best, a[of] + mix * (b[of] - a[of]), b.x === a.x ? b[of] : -Infinity);
                }
            return best;
          };
          for (let x = 0; x <= 1; x += 0.05) {
            const here =
              constraint === 'equalized-odds'
                ? gain[0]! * positives * Math.min(...points.map((list) => bestAt(list, x, 'tpr'))) +
                  gain[1]! * negatives * (1 - x)
                : points.reduce((sum, list) => sum + bestAt(list, x, 'worth'), 0);
            expect(fitted.value).toBeGreaterThanOrEqual(here - 1e-9);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('small and one-sided groups get the fallback and are named', () => {
    const rows: Row[] = [];
    for (let i = 0; i < 60; i++) rows.push([i % 2 ? 'a' : 'b', i % 3 === 0, (i % 7) / 7]);
    rows.push(['c', true, 0.9], ['d', false, null]);
    const fitted = groupThresholds(tableOf(rows), { ...base, minN: 5 });
    expect(fitted.small).toEqual([{ group: 'c', n: 1, reason: 'few-rows' }]);
    expect(fitted.leftOut).toBe(1);
    const done = applyGroupThresholds(tableOf(rows), fitted, { rng: createRng('x'), probability: 'p' });
    expect(done).toMatchObject({ byFallback: 1, leftOut: 1 });
    expect(done.table.columns.map((column) => column.name)).toEqual(['sex', 'y', 'score', 'decision', 'p']);
    expect(() => groupThresholds(tableOf(rows.slice(-2)), base)).toThrow(
      expect.objectContaining({ code: 'EMPTY_INPUT' }),
    );
    expect(() => groupThresholds(tableOf(rows), { ...base, constraint: 'fair' as never })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
  });

  test('neighbouring doubles are told apart', () => {
    const high = 1 + 2 ** -52;
    const rows: Row[] = ['a', 'b'].flatMap((g): Row[] => [
      [g, false, 1],
      [g, true, high],
    ]);
    const fitted = groupThresholds(tableOf(rows), base);
    expect(fitted.value).toBe(1);
    const done = applyGroupThresholds(tableOf(rows), fitted, { rng: createRng('x') });
    expect(done.selected).toBe(2);
  });
});

describe('applyGroupThresholds', () => {
  const rng = createRng('rows');
  const rows: Row[] = Array.from({ length: 4000 }, () => {
    const g = uniform(rng) < 0.4 ? 'a' : 'b';
    const y = uniform(rng) < (g === 'a' ? 0.2 : 0.5);
    return [g, y, Math.round(20 * (0.35 * uniform(rng) + (y ? (g === 'a' ? 0.2 : 0.45) : 0)))];
  });

  test('decided rates are near the expected ones; same seed, same decisions; survives JSON', () => {
    const fitted = groupThresholds(tableOf(rows), base);
    const again = JSON.parse(JSON.stringify(fitted)) as GroupThresholds;
    const done = applyGroupThresholds(tableOf(rows), again, { rng: createRng('decide') });
    expect(applyGroupThresholds(tableOf(rows), fitted, { rng: createRng('decide') })).toEqual(done);
    const decision = done.table.columns.at(-1)!;
    if (decision.kind !== 'boolean') throw new Error('no boolean');
    for (const rule of fitted.rules) {
      const mine = rows.flatMap((row, i) => (row[0] === rule.group && row[1] ? [decision.values[i]!] : []));
      const rate = mine.reduce((sum, x) => sum + x, 0) / mine.length;
      expect(Math.abs(rate - rule.truePositiveRate!)).toBeLessThan(4 * Math.sqrt(0.25 / mine.length));
    }
  });

  test('a broken model is refused', () => {
    const fitted = groupThresholds(tableOf(rows), base);
    const broken = [
      { ...fitted, kind: 'x' },
      { ...fitted, rules: [{ ...fitted.rules[0]!, mix: 2 }] },
      { ...fitted, fallback: { ...fitted.fallback, lower: { select: 'above', threshold: Number.NaN } } },
      { ...fitted, fallback: undefined },
      null,
    ];
    for (const one of broken)
      expect(() => applyGroupThresholds(tableOf(rows), one as never, { rng: createRng('x') })).toThrow(
        expect.objectContaining({ code: 'BAD_MODEL' }),
      );
  });
});
