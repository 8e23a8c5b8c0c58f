import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { cellText } from '../../src/table/cell-text.ts';
import { concatRows } from '../../src/table/concat-rows.ts';
import { dropColumns } from '../../src/table/drop-columns.ts';
import { formatCsv } from '../../src/table/format-csv.ts';
import { fromRecords } from '../../src/table/from-records.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { schemaOf } from '../../src/table/schema-of.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Column, Table } from '../../src/types.ts';
import { detectTableMark } from '../../src/watermark/detect-table-mark.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { selectMarkedRows } from '../../src/watermark/select-marked-rows.ts';
import { mixedTable, olympians, shuffled, testKey } from './fixtures.ts';

const key = testKey(1);
const allText = (table: Table): Table => ({
  rowCount: table.rowCount,
  columns: table.columns.map((column) =>
    textColumn(
      column.name,
      Array.from({ length: table.rowCount }, (_, row) => cellText(column, row)),
    ),
  ),
});

describe.each([
  ['every column kind', mixedTable(8000), 'class'],
  ['Olympians', sliceRows(olympians(), 0, 8000), undefined],
])('%s', (_, pool, label) => {
  const plan = planTableMark(sliceRows(pool, 0, 3000), { tableId: 'release-1', rows: 4000, label });
  const marked = selectMarkedRows(pool, plan, { key, candidates: 2 }).table;
  const verdict = detectTableMark(marked, plan, { key });

  test('the mark is found, and nothing else is', () => {
    expect(verdict.decision).toBe('marked');
    expect(verdict.log10P!).toBeLessThan(-40);
    expect(detectTableMark(pool, plan, { key }).decision).toBe('not-detected');
    expect(detectTableMark(marked, plan, { key: testKey(2) }).decision).toBe('not-detected');
    expect(detectTableMark(marked, { ...plan, tableId: 'release-2' }, { key }).decision).toBe('not-detected');
  });

  test('order of rows and columns changes no bit', () => {
    expect(detectTableMark(shuffled(marked, 'a'), plan, { key })).toEqual(verdict);
    const turned = { rowCount: marked.rowCount, columns: [...marked.columns].reverse() };
    expect(detectTableMark(shuffled(turned, 'b'), plan, { key })).toEqual(verdict);
  });

  test('the plan may come back from JSON', () => {
    expect(detectTableMark(marked, JSON.parse(JSON.stringify(plan)), { key })).toEqual(verdict);
  });

  test('CSV changes nothing, read with the schema, by guessing, or as text', () => {
    const csv = formatCsv(marked);
    expect(detectTableMark(parseCsv(csv, { schema: schemaOf(marked) }), plan, { key })).toEqual(verdict);
    expect(detectTableMark(parseCsv(csv), plan, { key })).toEqual(verdict);
    expect(detectTableMark(allText(marked), plan, { key })).toEqual(verdict);
  });

  test('it survives losing half of the rows, nine tenths, and mixing with as many others', () => {
    const half = shuffled(marked, 'half');
    expect(detectTableMark(sliceRows(half, 0, 2000), plan, { key }).log10P!).toBeLessThan(-20);
    expect(detectTableMark(sliceRows(half, 0, 400), plan, { key }).log10P!).toBeLessThan(-4);
    const mixed = concatRows([marked, sliceRows(shuffled(pool, 'mix'), 0, 4000)]);
    expect(detectTableMark(mixed, plan, { key }).decision).toBe('marked');
  });

  test('extra columns do not matter, missing ones are named and cost part of the mark', () => {
    const extra: Column = textColumn(
      'extra',
      Array.from({ length: 4000 }, (_, i) => `e${i}`),
    );
    expect(detectTableMark({ rowCount: 4000, columns: [extra, ...marked.columns] }, plan, { key })).toEqual(verdict);
    const lost = plan.columns.find((column) => column.role === 'carrier' && column.coding === 'level')!.name;
    const less = detectTableMark(dropColumns(marked, [lost]), plan, { key });
    expect(less.columnsMissing).toEqual([lost]);
    expect(less.blocksMissing).toBeGreaterThan(0);
    expect(less.decision).toBe('marked');
    expect(less.log10P!).toBeGreaterThan(verdict.log10P!);
  });

  test('the verdict is JSON-safe and adds up', () => {
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
    expect(verdict.rowsUsed + verdict.rowsSkipped).toBe(verdict.rows);
    expect(verdict.units).toBe(verdict.layers[0]!.units + verdict.layers[1]!.units);
    expect(verdict.layers[2]!.units).toBe(verdict.units);
    const least = Math.min(...verdict.layers.map((layer) => layer.log10P!));
    expect(verdict.log10P).toBeCloseTo(least + Math.log10(3), 9);
    expect(detectTableMark(marked, plan, { key, hypotheses: 1000 }).log10P).toBeCloseTo(verdict.log10P! + 3, 9);
  });
});

test('noise in every number leaves most of the mark of the categories', () => {
  const pool = sliceRows(olympians(), 0, 8000);
  const plan = planTableMark(sliceRows(pool, 0, 3000), { tableId: 't', rows: 4000 });
  const marked = selectMarkedRows(pool, plan, { key, candidates: 2 }).table;
  const rng = createRng('noise');
  const columns = marked.columns.map((column) =>
    column.name === 'height' && column.kind === 'number'
      ? { ...column, values: column.values.map((value) => value + 0.02 * normal(rng)) }
      : column.name === 'weight' && column.kind === 'integer'
        ? { ...column, values: column.values.map((value) => Math.round(value + 3 * normal(rng))) }
        : column,
  );
  expect(detectTableMark({ rowCount: 4000, columns }, plan, { key }).log10P!).toBeLessThan(-15);
});

test('a table of categories only is marked from 1,500 rows', () => {
  const rng = createRng('levels');
  const level = (levels: number) => Math.floor(levels * Math.sqrt((rng.nextUint32() + 0.5) / 2 ** 32));
  const rows = Array.from({ length: 6000 }, () =>
    Object.fromEntries([2, 3, 7, 2, 5, 4, 6, 3, 5].map((levels, k) => [`c${k}`, `v${level(levels)}`])),
  );
  const pool = fromRecords(rows);
  const plan = planTableMark(pool, { tableId: 't', rows: 1500 });
  expect(plan.lowCardinality).toBe(true);
  const marked = selectMarkedRows(pool, plan, { key, candidates: 4 }).table;
  expect(detectTableMark(marked, plan, { key }).log10P!).toBeLessThan(-50);
  expect(detectTableMark(pool, plan, { key }).decision).toBe('not-detected');
});

test('heavy repetition of rows makes no false alarm', () => {
  const table = olympians();
  const plan = planTableMark(sliceRows(table, 0, 2000), { tableId: 't' });
  const repeated = takeRows(
    table,
    Array.from({ length: 6000 }, (_, i) => i % 40),
  );
  for (let k = 0; k < 60; k++) expect(detectTableMark(repeated, plan, { key: testKey(k) }).log10P!).toBeGreaterThan(-3);
});

describe('what cannot be tested', () => {
  const table = mixedTable(300);
  const plan = planTableMark(table, { tableId: 't' });
  test.each([
    ['no-rows', sliceRows(table, 0, 0), plan],
    ['no-columns', fromRecords([{ other: 1 }]), plan],
    [
      'too-few-units',
      sliceRows(table, 0, 2),
      planTableMark(table, { tableId: 't', locked: ['income', 'age', 'born', 'region'] }),
    ],
    ['no-carriers', table, planTableMark(fromRecords([{ a: 1 }, { a: 1 }]), { tableId: 't' })],
  ] as const)('%s', (reason, suspect, suspectPlan) => {
    const verdict = detectTableMark(suspect, suspectPlan, { key });
    expect(verdict).toMatchObject({ decision: 'cannot-test', reason, pValue: null, log10P: null });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  test('cells of other kinds, unknown levels and extremes are skipped, never an error', () => {
    const odd = fromRecords([
      { income: 'n/a', age: 0.5, born: 'yesterday', region: 'up', member: 'perhaps', children: '3.0' },
      { income: '1e999', age: -0, born: '2020-02-30', region: '', member: '1', children: 'x' },
      { income: null, age: 1e300, born: null, region: 'North', member: 'TRUE', children: '9007199254740993' },
    ]);
    const verdict = detectTableMark(odd, plan, { key });
    expect(verdict.rows).toBe(3);
    expect(verdict.cellsSkipped).toBeGreaterThan(6);
    expect(verdict.decision).not.toBe('marked');
  });
});

const small = mixedTable(60);
const smallPlan = planTableMark(small, { tableId: 't' });
test.each([
  ['alpha 0', () => detectTableMark(small, smallPlan, { key, alpha: 0 }), 'OUT_OF_RANGE'],
  ['alpha 1', () => detectTableMark(small, smallPlan, { key, alpha: 1 }), 'OUT_OF_RANGE'],
  ['no hypothesis', () => detectTableMark(small, smallPlan, { key, hypotheses: 0 }), 'OUT_OF_RANGE'],
  ['a short key', () => detectTableMark(small, smallPlan, { key: new Uint8Array(3) }), 'BAD_KEY'],
  ['no plan', () => detectTableMark(small, null as never, { key }), 'BAD_RECORD'],
  ['a later version', () => detectTableMark(small, { ...smallPlan, version: 2 as never }, { key }), 'BAD_RECORD'],
  ['an aborted job', () => detectTableMark(small, smallPlan, { key, signal: { aborted: true } }), 'ABORTED'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
