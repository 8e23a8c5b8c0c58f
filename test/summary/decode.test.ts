import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
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
  summarize,
  summarizeAll,
  topValuesSummary,
} from '../../src/summary/index.ts';
import { createTable, numberColumn, textColumn } from '../../src/table/index.ts';
import { anyRow, SUMMARIZERS, tableOf, textOf } from './support.ts';

const code = (value: string) => expect.objectContaining({ name: 'SynthproofError', code: value });
const rows = [
  { sex: 'f', hired: true, x: 1.5, y: 1, name: 'Ada' },
  { sex: 'm', hired: false, x: -2, y: 1e300, name: 'Max' },
  { sex: null, hired: null, x: 0, y: Number.NaN, name: null },
  { sex: 'm', hired: true, x: 7, y: 3, name: 'Zoé' },
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Every place of a JSON value. */
function places(value: Json, path: (string | number)[] = []): (string | number)[][] {
  const found = [path];
  if (Array.isArray(value)) value.forEach((part, i) => void found.push(...places(part, [...path, i])));
  else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) found.push(...places(part, [...path, name]));
  return found;
}

/** A copy with another value at a place; undefined removes it. */
function changed(value: Json, path: readonly (string | number)[], other: unknown): unknown {
  if (path.length === 0) return other;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path[path.length - 1]!;
  if (other === undefined) delete at[last];
  else at[last] = other;
  return copy;
}

const HOSTILE: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0.5,
  1,
  2 ** 53,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'x',
  '3p-1',
  '0',
  '-1p0',
  '1p9999',
  '1e3',
  [],
  {},
  [[]],
  [null],
  [['f'], 1],
  [
    [['f'], [1]],
    [['f'], [1]],
  ],
  { kind: 'moments/1' },
  new Map(),
  10n,
  () => 0,
  JSON.parse('{"__proto__":1,"n":1}'),
  'f'.repeat(64),
  'A'.repeat(24),
  new Array(3),
  '\ud800',
];

describe('decode refuses what it did not write', () => {
  test.each(Object.entries(SUMMARIZERS))('%s: every place, every hostile value', (_, s) => {
    const encoded = JSON.parse(textOf(s, summarize(s, [tableOf(rows)]))) as Json;
    for (const path of places(encoded))
      for (const hostile of HOSTILE) {
        const value = changed(encoded, path, hostile);
        let state: unknown;
        try {
          state = s.decode(value);
        } catch (error) {
          expect(error, `${path.join('/')}: ${String(hostile)}`).toBeInstanceOf(SynthproofError);
          continue;
        }
        // What is accepted is a state that has this very form, reports, and merges.
        expect(textOf(s, state)).toBe(canonicalJson(value));
        expect(() => canonicalJson(s.report(state))).not.toThrow();
        s.merge(state, s.init());
      }
  });

  test.each(Object.entries(SUMMARIZERS))('%s: unknown fields, repeated and unsorted entries', (_, s) => {
    const encoded = JSON.parse(textOf(s, summarize(s, [tableOf(rows)]))) as Json;
    for (const path of places(encoded)) {
      let at: Json = encoded;
      for (const step of path) at = (at as Record<string | number, Json>)[step]!;
      if (Array.isArray(at) && at.length > 0) {
        expect(() => s.decode(changed(encoded, path, [...(at as Json[]), (at as Json[])[0]]))).toThrow(SynthproofError);
        const turned = [...(at as Json[])].reverse();
        if (
          canonicalJson(turned) !== canonicalJson(at) &&
          Array.isArray(at[0]) &&
          path.length <= 4 &&
          path[1] !== 'parameters'
        )
          if (at.every(Array.isArray)) expect(() => s.decode(changed(encoded, path, turned))).toThrow(SynthproofError);
      } else if (typeof at === 'object' && at !== null && !Array.isArray(at))
        expect(() => s.decode(changed(encoded, path, { ...at, extra: 1 }))).toThrow(SynthproofError);
    }
  });

  test('any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.values(SUMMARIZERS)), (value, s) => {
        expect(() => s.decode(value)).toThrow(SynthproofError);
      }),
      { numRuns: 500 },
    );
  });

  test('states of other summarizers', () => {
    const entries = Object.entries(SUMMARIZERS);
    for (const [name, s] of entries)
      for (const [other, t] of entries) {
        if (name === other) continue;
        expect(() => s.decode(t.encode(t.init())), `${name} ${other}`).toThrow(code('SPEC_MISMATCH'));
        if (name === 'product' || other === 'product') continue;
        expect(() => s.merge(s.init(), t.init())).toThrow(code('SPEC_MISMATCH'));
        expect(() => s.merge(t.init(), s.init())).toThrow(code('SPEC_MISMATCH'));
        expect(() => s.update(t.init(), tableOf(rows))).toThrow(code('SPEC_MISMATCH'));
        expect(() => s.report(t.init())).toThrow(code('SPEC_MISMATCH'));
      }
  });

  test('merging counts beyond 2^53 - 1 is refused rather than rounded', () => {
    const s = contingencySummary({ columns: ['a'] });
    const huge = s.decode({
      kind: s.kind,
      parameters: { columns: ['a'], maxCells: 1_000_000 },
      state: { cells: [[['x'], [2 ** 53 - 1]]] },
    });
    expect(() => s.merge(huge, huge)).toThrow(code('OUT_OF_RANGE'));
  });

  test('a megabyte of digits or nesting is refused at once', () => {
    const s = momentsSummary({ columns: ['x'] });
    const encoded = JSON.parse(textOf(s, s.init())) as Json;
    const sum = ['state', 'columns', 0, 'sum'];
    expect(() => s.decode(changed(encoded, sum, `${'f'.repeat(1_000_000)}p0`))).toThrow(code('BAD_RECORD'));
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect(() => s.decode(changed(encoded, sum, deep))).toThrow(SynthproofError);
    expect(() => s.decode(changed(encoded, ['parameters'], deep))).toThrow(SynthproofError);
  });
});

describe('options', () => {
  const key = new Uint8Array(32);
  test.each([
    ['no columns', 'BAD_OPTION', () => momentsSummary({ columns: [] })],
    ['columns twice', 'BAD_OPTION', () => contingencySummary({ columns: ['a', 'a'] })],
    ['columns no list', 'BAD_OPTION', () => contingencySummary({ columns: 'a' as never })],
    ['order', 'BAD_OPTION', () => momentsSummary({ columns: ['x'], order: 3 as never })],
    ['reference length', 'LENGTH_MISMATCH', () => coMomentsSummary({ columns: ['x'], reference: [1, 2] })],
    ['reference NaN', 'BAD_OPTION', () => coMomentsSummary({ columns: ['x'], reference: [Number.NaN] })],
    [
      'too many columns',
      'BAD_OPTION',
      () => coMomentsSummary({ columns: Array.from({ length: 513 }, (_, i) => `c${i}`) }),
    ],
    ['edges falling', 'BAD_OPTION', () => histogramSummary({ column: 'x', edges: [1, 0] })],
    ['edges equal', 'BAD_OPTION', () => histogramSummary({ column: 'x', edges: [0, -0] })],
    ['no edges', 'BAD_OPTION', () => histogramSummary({ column: 'x', edges: [] })],
    ['edge NaN', 'BAD_OPTION', () => histogramSummary({ column: 'x', edges: [Number.NaN] })],
    ['column no text', 'BAD_OPTION', () => histogramSummary({ column: 3 as never, edges: [1] })],
    ['relative error', 'OUT_OF_RANGE', () => quantileSummary({ column: 'x', relativeError: 0 })],
    ['probability', 'OUT_OF_RANGE', () => quantileSummary({ column: 'x', probabilities: [1.5] })],
    ['k', 'OUT_OF_RANGE', () => bottomKSummary({ columns: ['x'], k: 1, key })],
    ['short key', 'BAD_KEY', () => bottomKSummary({ columns: ['x'], key: new Uint8Array(15) })],
    ['text key', 'BAD_KEY', () => multisetDigestSummary({ columns: ['x'], key: 'secret' as never })],
    ['precision', 'OUT_OF_RANGE', () => distinctSummary({ columns: ['x'], precision: 19 })],
    ['cap', 'OUT_OF_RANGE', () => topValuesSummary({ column: 'x', cap: 1 })],
    ['top', 'OUT_OF_RANGE', () => topValuesSummary({ column: 'x', top: 0 })],
    ['max cells', 'OUT_OF_RANGE', () => groupCountsSummary({ columns: ['x'], maxCells: 0.5 })],
    ['no parts', 'EMPTY_INPUT', () => summarizeAll({})],
  ])('%s', (_, expected, make) => {
    expect(make).toThrow(code(expected));
  });

  test('unknown columns and kinds on update', () => {
    const table = createTable([textColumn('t', ['a']), numberColumn('x', [1])]);
    const on = (make: { init(): unknown; update(state: never, chunk: typeof table): unknown }) => () =>
      make.update(make.init() as never, table);
    expect(on(momentsSummary({ columns: ['t'] }))).toThrow(code('KIND_MISMATCH'));
    expect(on(histogramSummary({ column: 't', edges: [1] }))).toThrow(code('KIND_MISMATCH'));
    for (const s of [
      momentsSummary({ columns: ['z'] }),
      contingencySummary({ columns: ['z'] }),
      distinctSummary({ columns: ['x', 'z'] }),
      topValuesSummary({ column: 'z' }),
      groupCountsSummary({ columns: ['x'], label: { column: 'z' } }),
      bottomKSummary({ columns: ['z'], key }),
    ])
      expect(on(s as never)).toThrow(code('UNKNOWN_COLUMN'));
  });

  test('the key does not show in what is encoded, and parameters of the report do not bind the state', () => {
    const secret = new Uint8Array(32).fill(171);
    const s = bottomKSummary({ columns: ['x'], key: secret });
    expect(textOf(s, s.init())).not.toContain('abababab');
    const coarse = quantileSummary({ column: 'x', probabilities: [0.5] });
    const fine = quantileSummary({ column: 'x', probabilities: [0.1, 0.9] });
    const state = summarize(coarse, [tableOf(rows)]);
    expect(fine.report(fine.merge(fine.decode(coarse.encode(state)), state)).n).toBe(8);
  });

  test('chunks are never changed', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (some) => {
        const table = tableOf(some);
        const before = structuredClone(table);
        for (const s of Object.values(SUMMARIZERS)) s.update(s.init(), table);
        expect(table).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});
