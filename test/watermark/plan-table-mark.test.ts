import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/hash/canonical-json.ts';
import { fromRecords } from '../../src/table/from-records.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import type { TableMarkPlan } from '../../src/watermark/index.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { mixedTable, olympians } from './fixtures.ts';

const roles = (plan: TableMarkPlan) =>
  Object.fromEntries(plan.columns.map((column) => [column.name, column.lockedBecause ?? column.role]));

test('columns get their roles', () => {
  const plan = planTableMark(mixedTable(2000), {
    tableId: 't',
    label: 'class',
    locked: ['children'],
    contextOnly: ['region'],
  });
  expect(roles(plan)).toEqual({
    id: 'all-distinct',
    note: 'text',
    income: 'carrier',
    age: 'carrier',
    born: 'carrier',
    region: 'context',
    member: 'carrier',
    children: 'listed',
    class: 'label',
  });
  expect(plan.carriers).toBe(4);
  expect(plan.lowCardinality).toBe(false);
  const [income, born] = [plan.columns[2]!, plan.columns[4]!];
  expect(income.decimals).toBe(2);
  expect(income.combStep).toBeGreaterThan(0);
  expect(born.unit).toBe('day');
  expect(plan.columns[6]!.labels).toEqual(['false', 'true']);
});

test('an identifier can be unlocked', () => {
  const plan = planTableMark(mixedTable(500), { tableId: 't', unlocked: ['id'] });
  expect(roles(plan)['id']).toBe('carrier');
});

test('the plan is plain JSON, short, and the same for the same reference', () => {
  const table = olympians();
  const plan = planTableMark(sliceRows(table, 0, 3000), { tableId: 't', rows: 5000 });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  expect(canonicalJson(plan)).toBe(
    canonicalJson(planTableMark(sliceRows(table, 0, 3000), { tableId: 't', rows: 5000 })),
  );
  expect(JSON.stringify(plan).length).toBeLessThan(10_000);
});

test('names and other unique texts never enter the plan', () => {
  const table = olympians();
  const text = JSON.stringify(planTableMark(table, { tableId: 't' }));
  const names = table.columns.find((column) => column.name === 'name')!;
  if (names.kind !== 'text') throw new Error('names are text');
  for (let i = 0; i < 200; i++) expect(text).not.toContain(names.values[i]!);
});

test('constant, empty and many-levelled columns are locked, and a table may have nothing to carry', () => {
  const rows = Array.from({ length: 1500 }, (_, i) => ({ same: 'x', code: `c${i % 700}`, void: null }));
  const plan = planTableMark(fromRecords(rows), { tableId: 't', unlocked: ['code'] });
  expect(roles(plan)['same']).toBe('constant');
  expect(roles(plan)['code']).toMatch(/too-many-levels|text/);
  expect(roles(plan)['void']).toMatch(/no-values|text/);
  expect(plan.carriers).toBe(0);
});

test('a table without fine-grained columns gets wide contexts and few channels', () => {
  const rows = Array.from({ length: 4000 }, (_, i) => ({ a: `${i % 3}x`, b: i % 5, c: i % 7 > 2 }));
  const plan = planTableMark(fromRecords(rows), { tableId: 't', rows: 1500 });
  expect(plan.lowCardinality).toBe(true);
  expect(plan.parameters).toMatchObject({ contextTarget: 187, contextMax: 14, channelMax: 8 });
  expect(planTableMark(fromRecords(rows), { tableId: 't', rows: 1e6 }).parameters.contextTarget).toBe(8192);
  expect(planTableMark(fromRecords(rows), { tableId: 't', rows: 10 }).parameters.contextTarget).toBe(64);
});

test('zero-inflated numbers keep their zeros out of the comb', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({ x: i % 2 ? 0 : ((i * 7919) % 10007) / 10 }));
  const column = planTableMark(fromRecords(rows), { tableId: 't' }).columns[0]!;
  expect(column.combStep).toBeGreaterThan(0);
  expect(column.combSkip).toEqual([0]);
});

test('whole numbers on a coarse grid get no comb', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({ pay: 1000 * ((i * 7919) % 400) }));
  expect(planTableMark(fromRecords(rows), { tableId: 't' }).columns[0]!.combStep).toBeUndefined();
});

const table = mixedTable(50);
test.each([
  ['an empty tableId', () => planTableMark(table, { tableId: '' }), 'BAD_OPTION'],
  ['no row', () => planTableMark(sliceRows(table, 0, 0), { tableId: 't' }), 'EMPTY_INPUT'],
  ['an unknown label', () => planTableMark(table, { tableId: 't', label: 'clas' }), 'UNKNOWN_COLUMN'],
  ['an unknown locked column', () => planTableMark(table, { tableId: 't', locked: ['x'] }), 'UNKNOWN_COLUMN'],
  ['an unknown context column', () => planTableMark(table, { tableId: 't', contextOnly: ['x'] }), 'UNKNOWN_COLUMN'],
  ['an unknown unlocked column', () => planTableMark(table, { tableId: 't', unlocked: ['x'] }), 'UNKNOWN_COLUMN'],
  ['another preset', () => planTableMark(table, { tableId: 't', preset: 'swap' as never }), 'BAD_OPTION'],
  ['rows of 0', () => planTableMark(table, { tableId: 't', rows: 0 }), 'OUT_OF_RANGE'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
