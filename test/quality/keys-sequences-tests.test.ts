import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cardinalityBoundaryAdherence,
  csTest,
  interRowMsas,
  keyUniqueness,
  klSimilarity,
  referentialIntegrity,
  regexFormatAdherence,
  sequenceLengthSimilarity,
  statisticMsas,
} from '../../src/quality/index.ts';
import {
  booleanColumn,
  categoryColumn,
  datetimeColumn,
  integerColumn,
  numberColumn,
  textColumn,
} from '../../src/table/index.ts';
import type { Column } from '../../src/types.ts';

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'none';
};

// Known answers: the definitions written anew with pandas 1.5 and scipy 1.10.
const realKey = categoryColumn('k', ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'c', 'c', 'd']);
const realPair: [Column, Column] = [realKey, numberColumn('v', [1, 2, 4, 3, 9, 5, 5.5, null, 8, 7])];
const drawnKey = categoryColumn('k', ['p', 'p', 'q', 'q', 'q', 'r', 's', 's', 's', 's', 't', 't']);
const drawnPair: [Column, Column] = [drawnKey, numberColumn('v', [2, 3, 1, 1.5, 2, 9, 4, 4, null, 6, 10, 8])];
const compat = { mode: 'compat' } as const;

describe('sequences', () => {
  test.each([
    ['mean', 0.6],
    ['median', 0.6],
    ['std', 0],
    ['min', 0.6],
    ['max', 0.6],
  ] as const)('statisticMsas, %s', (statistic, expected) => {
    const measure = statisticMsas(realPair, drawnPair, { ...compat, statistic });
    expect(measure.value).toBeCloseTo(expected, 12);
    expect(measure.metric).toBe('statisticMsas');
    expect(measure.nReal).toBe(statistic === 'std' ? 3 : 4);
  });
  test.each([
    [1, false, 1 / 3],
    [1, true, 1 / 3],
    [2, false, 0],
    [2, true, 0.5],
  ])('interRowMsas, %i apart, logarithm %s', (rowsApart, logarithm, expected) => {
    expect(interRowMsas(realPair, drawnPair, { ...compat, rowsApart, logarithm }).value).toBeCloseTo(expected, 12);
  });
  test('lengths', () => {
    expect(sequenceLengthSimilarity(realKey, drawnKey, compat).value).toBeCloseTo(0.9, 12);
    expect(sequenceLengthSimilarity(realKey, categoryColumn('k', [null])).reason).toBe('NO_SYNTHETIC_VALUES');
  });
  test('what has no value is counted, logarithms of 0 and less too', () => {
    expect(interRowMsas(realPair, drawnPair).sequencesLeftOut).toBe(2);
    const zero: [Column, Column] = [categoryColumn('k', ['a', 'a']), numberColumn('v', [0, 1])];
    expect(interRowMsas(zero, drawnPair, { logarithm: true })).toMatchObject({ value: null, reason: 'NO_REAL_VALUES' });
    const none: [Column, Column] = [categoryColumn('k', [null, null]), numberColumn('v', [0, 1])];
    expect(statisticMsas(none, drawnPair).reason).toBe('NO_REAL_VALUES');
  });
  test('refusals', () => {
    const days: [Column, Column] = [realKey, datetimeColumn('v', new Array(10).fill(0), 'day')];
    expect(code(() => interRowMsas(days, days, { logarithm: true }))).toBe('KIND_MISMATCH');
    expect(code(() => interRowMsas(realPair, drawnPair, { rowsApart: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => statisticMsas(realPair, drawnPair, { statistic: 'mode' as 'mean' }))).toBe('BAD_OPTION');
    expect(code(() => statisticMsas([realKey, drawnKey], drawnPair))).toBe('LENGTH_MISMATCH');
    expect(code(() => statisticMsas([realKey, realKey], [realKey, realKey]))).toBe('KIND_MISMATCH');
  });
});

describe('keys', () => {
  const key = (...cells: (number | null)[]) => integerColumn('id', cells);
  test('uniqueness', () => {
    expect(keyUniqueness(key(1, 2), key(5, 5, null, 6))).toMatchObject({
      value: 0.5,
      duplicates: 1,
      missing: 1,
      realIsKey: true,
    });
    expect(keyUniqueness(key(1, 1), key(5)).realIsKey).toBe(false);
    expect(keyUniqueness(key(1), key())).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
    expect(code(() => keyUniqueness(key(1), textColumn('id', ['1'])))).toBe('KIND_MISMATCH');
  });
  test('referential integrity: missing cells count against it unless real ones are missing too', () => {
    const drawn: [Column, Column] = [key(1, 2), key(1, 2, 3, null)];
    expect(referentialIntegrity([key(1), key(1)], drawn)).toMatchObject({ value: 0.5, orphans: 1, missing: 1 });
    expect(referentialIntegrity([key(1), key(1, null, 7)], drawn)).toMatchObject({ value: 2 / 3, realOrphans: 1 });
    expect(referentialIntegrity([key(1), key(null)], [key(1), key(null)]).reason).toBe('NO_SYNTHETIC_VALUES');
    const texts: [Column, Column] = [textColumn('id', ['a']), categoryColumn('of', ['a', 'b'])];
    expect(referentialIntegrity(texts, texts).value).toBe(0.5);
    expect(code(() => referentialIntegrity([key(1), categoryColumn('of', ['1'])], drawn))).toBe('KIND_MISMATCH');
  });
  test('cardinality boundary', () => {
    const real: [Column, Column] = [key(1, 2, 3), key(1, 1, 1, 2)];
    expect(cardinalityBoundaryAdherence(real, [key(7, 8), key(7, 7, 7, 7, 8)])).toMatchObject({
      value: 0.5,
      realRange: [0, 3],
    });
    expect(cardinalityBoundaryAdherence([key(), key()], real)).toMatchObject({ value: null, realRange: null });
    expect(cardinalityBoundaryAdherence(real, [key(), key()]).reason).toBe('NO_SYNTHETIC_VALUES');
  });
});

const first = categoryColumn('c', [...'xxxxxyyyzz']);
const novel = categoryColumn('c', [...'xxxxyyyyyyw']);
const known = categoryColumn('c', [...'xxxxyyyyyy']);

describe('csTest', () => {
  test('strict is the test of homogeneity', () => {
    const measure = csTest(first, novel);
    expect(measure.value).toBeCloseTo(0.25371723109373373, 12);
    expect(measure.statistic).toBeCloseTo(4.072727272727272, 12);
    expect(measure.degreesOfFreedom).toBe(3);
  });
  test('compat is the reference, on shares', () => {
    expect(csTest(first, known, compat).value).toBeCloseTo(0.7710515858035664, 12);
    expect(csTest(first, novel, compat).statistic).toBeCloseTo(82_644.8925621091, 6);
    expect(csTest(first, novel, compat).value).toBe(0);
  });
  test('one level, missing cells, no rows', () => {
    const one = categoryColumn('c', ['a', 'a']);
    expect(csTest(one, one)).toMatchObject({ value: 1, degreesOfFreedom: 0 });
    expect(csTest(one, categoryColumn('c', [null, null])).degreesOfFreedom).toBe(1);
    expect(csTest(one, categoryColumn('c', []))).toMatchObject({ value: null, reason: 'NO_SYNTHETIC_VALUES' });
  });
});

describe('klSimilarity', () => {
  const flags = (n: number, every: number) =>
    booleanColumn(
      'b',
      Array.from({ length: n }, (_, i) => i % every === 0),
    );
  test('compat is the reference', () => {
    const mixed = booleanColumn('b', [true, false, false, true, false, false, true, false, false, true, true]);
    expect(klSimilarity([first, flags(10, 2)], [novel, mixed], compat).value).toBeCloseTo(0.40567872700329927, 10);
    expect(klSimilarity([first, flags(10, 2)], [known, flags(10, 2)], compat).value).toBeCloseTo(
      0.7298576455649394,
      10,
    );
    const numbers = (f: (i: number) => number | null) =>
      numberColumn(
        'n',
        Array.from({ length: 40 }, (_, i) => f(i)),
      );
    const real: [Column, Column] = [
      numbers((i) => (i === 3 ? null : ((i * 7) % 23) / 2)),
      numbers((i) => (i * 5) % 17),
    ];
    const drawn: [Column, Column] = [
      numbers((i) => ((i * 11) % 29) / 2),
      numbers((i) => (i === 5 ? null : (i * 3) % 19)),
    ];
    expect(klSimilarity(real, drawn, compat).value).toBeCloseTo(0.10865148094907774, 10);
  });
  test('law: 1 on equal tables, in [0, 1], finite', () => {
    const cells = fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.option(fc.integer({ min: -5, max: 5 }))), {
      minLength: 1,
      maxLength: 30,
    });
    const pairOf = (rows: [string | null, number | null][]): [Column, Column] => [
      categoryColumn(
        'a',
        rows.map(([a]) => a),
      ),
      integerColumn(
        'n',
        rows.map(([, n]) => n),
      ),
    ];
    fc.assert(
      fc.property(cells, cells, fc.constantFrom('strict', 'compat'), (a, b, mode) => {
        expect(klSimilarity(pairOf(a), pairOf(a), { mode }).value).toBeCloseTo(1, 12);
        const { value } = klSimilarity(pairOf(a), pairOf(b), { mode });
        expect(value! > 0 && value! <= 1).toBe(true);
      }),
    );
  });
  test('no rows, no finite range, refusals', () => {
    const none: [Column, Column] = [categoryColumn('a', []), booleanColumn('b', [])];
    expect(klSimilarity(none, none).reason).toBe('NO_REAL_VALUES');
    const wide: [Column, Column] = [numberColumn('a', [-1e308, 1e308]), numberColumn('b', [0, 1])];
    expect(klSimilarity(wide, wide).reason).toBe('NOT_FINITE');
    expect(klSimilarity(wide, wide, compat).reason).toBe('NOT_FINITE');
    expect(code(() => klSimilarity(none, none, { bins: 0 }))).toBe('OUT_OF_RANGE');
  });
});

describe('regexFormatAdherence', () => {
  const texts = (...cells: (string | null)[]) => textColumn('t', cells);
  test('whole texts, missing cells match', () => {
    const measure = regexFormatAdherence(texts('A1', 'x'), texts('B2', 'B22', null, 'b2'), '[A-Z][0-9]');
    expect(measure).toMatchObject({ value: 0.5, realMismatches: 1 });
    expect(regexFormatAdherence(texts('a'), texts('b', 'ab'), 'a|b').value).toBe(0.5);
  });
  test('groups must be real ones', () => {
    expect(regexFormatAdherence(texts('DE-1', 'FR-2'), texts('DE-9', 'IT-9'), '([A-Z]+)-[0-9]').value).toBe(0.5);
  });
  test('refusals', () => {
    expect(code(() => regexFormatAdherence(texts('a'), texts('a'), '('))).toBe('BAD_OPTION');
    expect(code(() => regexFormatAdherence(texts('a'), texts('a'), 'a)|(b'))).toBe('BAD_OPTION');
    expect(code(() => regexFormatAdherence(integerColumn('t', [1]), texts('a'), 'a'))).toBe('KIND_MISMATCH');
    expect(regexFormatAdherence(texts('a'), texts(), 'a').reason).toBe('NO_SYNTHETIC_VALUES');
  });
});
