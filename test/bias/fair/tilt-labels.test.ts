import { describe, expect, test } from 'vitest';
import { fairTarget } from '../../../src/bias/fair/fair-target.ts';
import { labelProbabilities } from '../../../src/bias/fair/label-probabilities.ts';
import { tiltLabels } from '../../../src/bias/fair/tilt-labels.ts';
import { booleanColumn } from '../../../src/table/boolean-column.ts';
import { categoryColumn } from '../../../src/table/category-column.ts';
import { dropColumns, fromColumns, getColumn, replaceColumn, sliceRows } from '../../../src/table/index.ts';
import { hiringTable } from './helpers.ts';

const table = hiringTable(3000);
const label = { column: 'hired' };
const probabilities = labelProbabilities(table, table, { label, learner: 'logistic' });
const target = fairTarget(table, { sensitive: ['sex', 'region'], label });
const labels = (of: typeof table): Uint8Array => (getColumn(of, 'hired') as { values: Uint8Array }).values;

describe('tiltLabels', () => {
  const { table: tilted, tilt } = tiltLabels(table, target, { probabilities, seed: 'a' });

  test('group totals are exact, features stay', () => {
    for (const group of tilt.groups) {
      expect(group.after).toBe(Math.round(group.wanted));
      expect(group.shift).not.toBe(null);
      // The exact total needs nearly the shift that the expected total asks for.
      expect(Math.abs(group.threshold - group.shift!)).toBeLessThan(0.35);
    }
    expect(dropColumns(tilted, ['hired'])).toEqual(dropColumns(table, ['hired']));
    expect(JSON.parse(JSON.stringify(tilt))).toEqual(tilt);
  });

  test('labels flip one way within a group, and no more than needed', () => {
    const [before, after] = [labels(table), labels(tilted)];
    const sex = getColumn(table, 'sex') as { codes: Int32Array };
    const region = getColumn(table, 'region') as { codes: Int32Array };
    const flips = new Map<number, Set<number>>();
    let changed = 0;
    for (let i = 0; i < before.length; i++) {
      if (before[i] === after[i]) continue;
      changed++;
      const group = sex.codes[i]! * 2 + region.codes[i]!;
      flips.set(group, (flips.get(group) ?? new Set()).add(after[i]!));
    }
    for (const ways of flips.values()) expect(ways.size).toBe(1);
    expect(changed).toBe(tilt.changed);
    expect(changed).toBe(tilt.groups.reduce((sum, group) => sum + Math.abs(group.after - group.before), 0));
  });

  test('strength 0 changes nothing; stronger tilts flip a superset', () => {
    const at = (strength: number) =>
      labels(
        tiltLabels(table, fairTarget(table, { sensitive: ['sex', 'region'], label, strength }), {
          probabilities,
          seed: 'a',
        }).table,
      );
    expect(at(0)).toEqual(labels(table));
    const [half, full] = [at(0.5), at(1)];
    const before = labels(table);
    for (let i = 0; i < before.length; i++) if (half[i] !== before[i]) expect(full[i]).toBe(half[i]);
  });

  test('shards with the thresholds of the whole give the same rows', () => {
    const parts = [0, 1000, 2500].map((start, k) => {
      const end = [1000, 2500, 3000][k]!;
      return tiltLabels(sliceRows(table, start, end), target, {
        probabilities: probabilities.slice(start, end),
        seed: 'a',
        offset: start,
        thresholds: tilt.groups,
      }).table;
    });
    expect(parts.flatMap((part) => [...labels(part)])).toEqual([...labels(tilted)]);
  });

  test('a table without labels gets them, by the same rule', () => {
    const bare = dropColumns(table, ['hired']);
    const drawn = tiltLabels(bare, target, { probabilities, seed: 'a' });
    expect(drawn.tilt.changed).toBe(null);
    expect(drawn.tilt.groups.map((group) => group.after)).toEqual(tilt.groups.map((group) => group.after));
  });

  test('labels of two levels of a category', () => {
    const source = fromColumns({ s: [...'aaaaaabbbbbb'], y: [...'nnnnyyyyyynn'] });
    const goal = fairTarget(source, { sensitive: ['s'], label: { column: 'y', positive: 'y' }, minGroupRows: 1 });
    const done = tiltLabels(source, goal, { probabilities: new Float64Array(12).fill(0.5), seed: 'b' });
    expect(done.tilt.groups.map((group) => group.after)).toEqual([3, 3]);
    expect(getColumn(done.table, 'y').kind).toBe('category');
  });
});

describe('bad input', () => {
  const fails = (run: () => unknown, code: string): void => {
    expect(run).toThrow(expect.objectContaining({ code }));
  };

  test('probabilities', () => {
    fails(() => tiltLabels(table, target, { probabilities: [0.5], seed: 'a' }), 'LENGTH_MISMATCH');
    const wrong = Float64Array.from(probabilities);
    wrong[7] = Number.NaN;
    fails(() => tiltLabels(table, target, { probabilities: wrong, seed: 'a' }), 'BAD_VALUE');
    const fixed = Float64Array.from(labels(table));
    fails(() => tiltLabels(table, target, { probabilities: fixed, seed: 'a' }), 'CONSTRAINT_UNMET');
    fails(() => tiltLabels(table, target, { probabilities, seed: 'a', offset: -1 }), 'BAD_OPTION');
  });

  test('targets', () => {
    const keep = fairTarget(table, { sensitive: ['sex'], label, keep: [['region']] });
    fails(() => tiltLabels(table, keep, { probabilities, seed: 'a' }), 'BAD_OPTION');
    const unnamed = fairTarget(table, { sensitive: ['sex'], label: { column: 'role' } });
    fails(() => tiltLabels(table, unnamed, { probabilities, seed: 'a' }), 'BAD_OPTION');
    fails(() => tiltLabels(table, { kind: 'x' } as never, { probabilities, seed: 'a' }), 'BAD_OPTION');
  });

  test('tables', () => {
    const gaps = replaceColumn(
      table,
      booleanColumn('hired', [null, ...Array.from(labels(table).subarray(1), (y) => y === 1)]),
    );
    fails(() => tiltLabels(gaps, target, { probabilities, seed: 'a' }), 'BAD_VALUE');
    const stranger = replaceColumn(table, categoryColumn('sex', new Array<string>(3000).fill('x')));
    fails(() => tiltLabels(stranger, target, { probabilities, seed: 'a' }), 'SPEC_MISMATCH');
    const third = replaceColumn(table, categoryColumn('hired', new Array<string>(3000).fill('maybe')));
    fails(() => tiltLabels(third, target, { probabilities, seed: 'a' }), 'SPEC_MISMATCH');
    fails(() => tiltLabels(dropColumns(table, ['sex']), target, { probabilities, seed: 'a' }), 'UNKNOWN_COLUMN');
  });

  test('labelProbabilities', () => {
    fails(() => labelProbabilities(sliceRows(table, 0, 0), table, { label }), 'EMPTY_INPUT');
    fails(() => labelProbabilities(table, table, { label, exclude: ['x'] }), 'UNKNOWN_COLUMN');
    fails(() => labelProbabilities(table, table, { label, learner: 'x' as never }), 'BAD_OPTION');
    fails(() => labelProbabilities(table, table, { label, signal: { aborted: true } }), 'ABORTED');
    const bare = fromColumns({ hired: [true, false, true] });
    for (const learner of ['boosted', 'logistic'] as const)
      expect([...labelProbabilities(bare, bare, { label, learner })]).toEqual([2 / 3, 2 / 3, 2 / 3]);
  });
});
