import { expect, test } from 'vitest';
import { cartGenerator, fitCart, sampleCart } from '../../../src/generators/index.ts';
import {
  categoryColumn,
  concatRows,
  getColumn,
  replaceColumn,
  selectColumns,
  sliceRows,
  toRecords,
} from '../../../src/table/index.ts';
import { mixedTable } from '../make-table.ts';

const source = mixedTable(900);
const model = fitCart(source, { synthesize: ['score', 'member'] });
const keptNames = ['id', 'name', 'group', 'age', 'born', 'seen', 'one', 'none'];

test('kept cells are the same objects, replaced ones are drawn given them', () => {
  const out = sampleCart(model, { rows: 900, seed: 's', kept: source });
  for (const name of keptNames) expect(getColumn(out, name)).toEqual(getColumn(source, name));
  expect(getColumn(out, 'score')).not.toEqual(getColumn(source, 'score'));
  const known = toRecords(out).filter((record) => record['age'] !== null && record['member'] !== null);
  const right = known.filter((record) => (record['age'] as number) > 50 === record['member']).length;
  expect(right / known.length).toBeGreaterThan(0.95);
  expect(model.report.kept).toEqual(keptNames);
});

test('shards keep the rows at their offset', () => {
  const whole = sampleCart(model, { rows: 900, seed: 's', kept: source });
  const parts = [0, 300, 600].map((offset) => sampleCart(model, { rows: 300, seed: 's', offset, kept: source }));
  expect(toRecords(concatRows(parts))).toEqual(toRecords(whole));
});

test('only the kept columns are needed, and the generator object passes them on', () => {
  const kept = selectColumns(source, keptNames);
  const options = { rows: 900, seed: 's', kept };
  expect(toRecords(cartGenerator.sample(model, options))).toEqual(
    toRecords(sampleCart(model, { ...options, kept: source })),
  );
});

test('kept labels and values that training never saw are walked, not refused', () => {
  const group = categoryColumn(
    'group',
    Array.from({ length: 900 }, (_, i) => (i % 2 === 0 ? 'new' : 'a')),
  );
  const out = sampleCart(model, { rows: 900, seed: 's', kept: replaceColumn(source, group) });
  expect(getColumn(out, 'group')).toEqual(group);
  expect(out.rowCount).toBe(900);
});

test('refusals', () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'none';
  };
  expect(code(() => sampleCart(model, { rows: 5, seed: 's' }))).toBe('BAD_OPTION');
  expect(code(() => sampleCart(model, { rows: 901, seed: 's', kept: source }))).toBe('LENGTH_MISMATCH');
  expect(code(() => sampleCart(model, { rows: 5, seed: 's', kept: selectColumns(source, ['id']) }))).toBe(
    'UNKNOWN_COLUMN',
  );
  const wrong = replaceColumn(source, categoryColumn('age', new Array(900).fill('x')));
  expect(code(() => sampleCart(model, { rows: 5, seed: 's', kept: wrong }))).toBe('KIND_MISMATCH');
  expect(sliceRows(source, 0, 5).rowCount).toBe(5);
});
