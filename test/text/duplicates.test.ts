import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exactDuplicates,
  minHash,
  minHashSimilarity,
  nearDuplicates,
  segmentWords,
  shingleJaccard,
} from '../../src/text/index.ts';
import { code, makeTexts, mutate } from './support.ts';

/** Jaccard of word shingles, the obvious way. */
function plainJaccard(a: string, b: string, size: number): number {
  const set = (text: string): Set<string> => {
    const words = segmentWords(text);
    const width = Math.min(size, words.length);
    const found = new Set<string>();
    for (let i = 0; width > 0 && i + width <= words.length; i++) found.add(JSON.stringify(words.slice(i, i + width)));
    return found;
  };
  const left = set(a);
  const right = set(b);
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((shingle) => right.has(shingle)).length;
  return shared / (left.size + right.size - shared);
}

test('exactDuplicates: first stays; case, forms and white space do not count unless asked', () => {
  const texts = ['A cafe\u0301', 'b', 'a  CAFÉ ', 'b', ''];
  expect(exactDuplicates(texts)).toEqual({
    keep: [0, 1, 4],
    dropped: [
      { index: 2, duplicateOf: 0 },
      { index: 3, duplicateOf: 1 },
    ],
  });
  expect(exactDuplicates(texts, { match: 'verbatim' }).dropped).toEqual([{ index: 3, duplicateOf: 1 }]);
  expect(code(() => exactDuplicates([null as never]))).toBe('BAD_VALUE');
});

describe('shingleJaccard', () => {
  test('equals the plain count of sets', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 14 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 6 }), (a, b, size) => {
        expect(shingleJaccard(a, b, { size })).toBe(plainJaccard(a, b, size));
        expect(shingleJaccard(b, a, { size })).toBe(shingleJaccard(a, b, { size }));
      }),
      { numRuns: 300 },
    );
  });

  test('characters see short texts', () => {
    expect(shingleJaccard('colour', 'color', { unit: 'character', size: 2 })).toBe(0.5);
    expect(shingleJaccard('', '', { size: 2 })).toBe(0);
  });
});

describe('minHash', () => {
  test('known words: a change here breaks stored signatures', () => {
    expect([...minHash('the cat sat on the mat today').slice(0, 4)]).toMatchInlineSnapshot(`
      [
        504770543,
        1046889620,
        1356165748,
        860904002,
      ]
    `);
    expect([...minHash('', { permutations: 2 })]).toEqual([4294967295, 4294967295]);
  });

  test('the estimate is unbiased and has the variance of independent draws', () => {
    const base = makeTexts(150, 60, 'bias');
    let difference = 0;
    let squares = 0;
    let expected = 0;
    base.forEach((text, i) => {
      const other = mutate(text, i % 12, `m${i}`);
      const jaccard = shingleJaccard(text, other);
      const estimate = minHashSimilarity(minHash(text), minHash(other));
      difference += estimate - jaccard;
      squares += (estimate - jaccard) ** 2;
      expected += (jaccard * (1 - jaccard)) / 128;
    });
    expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(expected));
    expect(squares / expected).toBeGreaterThan(0.6);
    expect(squares / expected).toBeLessThan(1.5);
  });

  test('bad calls', () => {
    expect(code(() => minHash('a', { permutations: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => minHash('a', { size: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => minHashSimilarity(new Uint32Array(2), new Uint32Array(3)))).toBe('LENGTH_MISMATCH');
    expect(code(() => minHashSimilarity(new Uint32Array(0), new Uint32Array(0)))).toBe('EMPTY_INPUT');
  });
});

describe('nearDuplicates', () => {
  test('finds planted near-duplicates, verified on the shingles, and nothing else', () => {
    const texts = makeTexts(300, 80, 'near');
    const copies = texts.slice(0, 120).map((text, i) => mutate(text, 1 + (i % 2), `c${i}`));
    const close = copies.map((copy, i) => shingleJaccard(copy, texts[i]!) >= 0.8);
    const { keep, dropped, unchecked } = nearDuplicates([...texts, ...copies]);
    const found = new Set(dropped.map(({ index }) => index - 300));
    const planted = close.filter(Boolean).length;
    expect(planted).toBeGreaterThan(50);
    expect(close.filter((is, i) => is && found.has(i)).length / planted).toBeGreaterThanOrEqual(0.95);
    for (const { index, duplicateOf, jaccard } of dropped) {
      expect(duplicateOf).toBe(index - 300);
      expect(jaccard).toBe(shingleJaccard(texts[duplicateOf]!, copies[index - 300]!));
      expect(jaccard).toBeGreaterThanOrEqual(0.8);
    }
    expect(keep.length + dropped.length).toBe(420);
    expect(unchecked).toBe(0);
  });

  test('a threshold met exactly counts; texts without words are kept and counted', () => {
    const a = Array.from({ length: 20 }, (_, i) => `w${i}`).join(' ');
    expect(nearDuplicates([a, `${a} x`, '', '...'], { size: 1, threshold: 20 / 21 })).toMatchObject({
      keep: [0, 2, 3],
      dropped: [{ index: 1, duplicateOf: 0, jaccard: 20 / 21 }],
      withoutShingles: 2,
    });
    expect(nearDuplicates([])).toEqual({ keep: [], dropped: [], compared: 0, unchecked: 0, withoutShingles: 0 });
  });

  test('what goes beyond maxComparisons is counted', () => {
    const text = makeTexts(1, 40, 'x')[0]!;
    const texts = Array.from({ length: 10 }, (_, i) => mutate(text, 1, `u${i}`));
    const { compared, unchecked } = nearDuplicates(texts, { threshold: 1, maxComparisons: 5 });
    expect(compared).toBe(5);
    expect(unchecked).toBeGreaterThan(0);
  });

  test('progress, abort and bad options', () => {
    const stages: string[] = [];
    nearDuplicates(['a b'], { onProgress: ({ stage }) => stages.push(stage) });
    expect(stages).toContain('near-duplicates');
    expect(code(() => nearDuplicates(['a'], { signal: { aborted: true } }))).toBe('ABORTED');
    expect(code(() => nearDuplicates(['a'], { threshold: 0 }))).toBe('OUT_OF_RANGE');
    expect(code(() => nearDuplicates(['a'], { threshold: Number.NaN }))).toBe('OUT_OF_RANGE');
    expect(code(() => nearDuplicates(['a'], { bands: 22 }))).toBe('BAD_OPTION');
    expect(code(() => nearDuplicates([1 as never]))).toBe('BAD_VALUE');
  });
});
