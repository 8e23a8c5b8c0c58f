import fc from 'fast-check';
import { canonicalJson } from '../../src/hash/index.ts';
import {
  bottomKSummary,
  coMomentsSummary,
  contingencySummary,
  distinctSummary,
  groupCountsSummary,
  histogramSummary,
  momentsSummary,
  multisetDigestSummary,
  quantileSummary,
  type Summarizer,
  summarizeAll,
  topValuesSummary,
} from '../../src/summary/index.ts';
import { booleanColumn, categoryColumn, createTable, numberColumn, textColumn } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';

/** One row of the tables of these tests. */
export interface Row {
  readonly sex: string | null;
  readonly hired: boolean | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly name: string | null;
}

/** Rows as a table; labels are those that occur, so chunks differ in their codes. */
export function tableOf(rows: readonly Row[]): Table {
  return createTable([
    categoryColumn(
      'sex',
      rows.map((row) => row.sex),
    ),
    booleanColumn(
      'hired',
      rows.map((row) => row.hired),
    ),
    numberColumn(
      'x',
      rows.map((row) => row.x),
    ),
    numberColumn(
      'y',
      rows.map((row) => row.y),
    ),
    textColumn(
      'name',
      rows.map((row) => row.name),
    ),
  ]);
}

const awkward = fc.constantFrom(
  null,
  0,
  -0,
  1,
  -1,
  0.1,
  0.3,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  1e-300,
  1e300,
  -1e300,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  9007199254740992,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
);
const number = fc.oneof(awkward, fc.double(), fc.integer({ min: -20, max: 20 }));

/** Any row. */
export const anyRow: fc.Arbitrary<Row> = fc.record({
  sex: fc.constantFrom('f', 'm', 'x', '', null),
  hired: fc.constantFrom(true, false, null),
  x: number,
  y: number,
  name: fc.oneof(fc.constantFrom('Ada', 'Max', 'Zoé', '"', '[null]', null), fc.string({ maxLength: 20 })),
});

const key = new Uint8Array(32).fill(7);

/** Every summarizer, with parameters so small that caps are passed. */
export const SUMMARIZERS: Readonly<Record<string, Summarizer<Table, unknown, unknown>>> = {
  moments: momentsSummary({ columns: ['x', 'hired'] }),
  sums: momentsSummary({ columns: ['y'], order: 1 }),
  coMoments: coMomentsSummary({ columns: ['x', 'y', 'hired'] }),
  coMomentsReferred: coMomentsSummary({ columns: ['x', 'y'], reference: [0.1, -3] }),
  groupCounts: groupCountsSummary({
    columns: ['sex', 'x'],
    label: { column: 'hired' },
    prediction: { column: 'y', positive: 1 },
  }),
  groupCountsPlain: groupCountsSummary({ columns: ['sex'], prediction: { column: 'name', positive: 'Ada' } }),
  contingency: contingencySummary({ columns: ['name', 'sex', 'hired'] }),
  histogram: histogramSummary({ column: 'x', edges: [-10, 0, 0.1, 7, 1e16, 1e300] }),
  histogramBy: histogramSummary({ column: 'y', edges: [0], by: ['hired', 'sex'] }),
  quantiles: quantileSummary({ column: 'x', relativeError: 0.02 }),
  bottomK: bottomKSummary({ columns: ['name', 'x'], k: 4, key }),
  distinct: distinctSummary({ columns: ['x', 'name'], precision: 4 }),
  distinctOne: distinctSummary({ columns: ['sex'], precision: 5, seed: 's' }),
  topValues: topValuesSummary({ column: 'name', cap: 3 }),
  multisetDigest: multisetDigestSummary({ columns: ['x', 'name', 'sex', 'hired'], key }),
  product: summarizeAll({ a: momentsSummary({ columns: ['x'] }), b: contingencySummary({ columns: ['sex'] }) }),
};

/** The canonical text of a state. */
export function textOf<State>(summarizer: Summarizer<Table, State, unknown>, state: State): string {
  return canonicalJson(summarizer.encode(state));
}

/** A small generator of words for tests. */
export function words(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
}
