import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  distinctN,
  lempelZivRatio,
  lexicalDiversity,
  logOddsRatio,
  mattr,
  mtld,
  ngramNovelty,
  ngrams,
  selfBleu,
  topicEntropy,
  vendiScore,
  vendiScoreFromVectors,
} from '../../src/text/index.ts';
import { code, makeTexts } from './support.ts';

const tokens = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
const corpus = fc.array(tokens, { maxLength: 6 });

describe('distinctN', () => {
  test('equals the plain count', () => {
    fc.assert(
      fc.property(corpus, fc.integer({ min: 1, max: 4 }), (texts, n) => {
        const runs = texts.flatMap((text) => ngrams(text, n).map((run) => JSON.stringify(run)));
        const { value, n: count, reason } = distinctN(texts, n);
        expect(count).toBe(runs.length);
        if (runs.length === 0) expect(reason).toBe('TOO_FEW_TOKENS');
        else expect(value).toBe(new Set(runs).size / runs.length);
      }),
    );
  });

  test('at a sample size: all runs give the plain share, one run gives 1, and it falls in between', () => {
    const texts = [['a', 'b', 'a', 'b', 'a', 'c']];
    expect(distinctN(texts, 1, { sampleSize: 6 }).value).toBe(0.5);
    expect(distinctN(texts, 1, { sampleSize: 1 }).value).toBeCloseTo(1, 14);
    // Two draws are equal with chance (3 * 2 + 2 * 1) / 30.
    expect(distinctN(texts, 1, { sampleSize: 2 }).value).toBeCloseTo((2 - 8 / 30) / 2, 14);
    expect(distinctN(texts, 1, { sampleSize: 7 }).reason).toBe('TOO_FEW_TOKENS');
  });
});

describe('selfBleu', () => {
  test('copies score 1, strangers 0, order of texts does not count', () => {
    expect(
      selfBleu([
        ['a', 'b', 'c', 'd', 'e'],
        ['a', 'b', 'c', 'd', 'e'],
      ]).value,
    ).toBeCloseTo(1, 14);
    expect(selfBleu([['a'], ['b']]).value).toBe(0);
    expect(selfBleu([['a'], []]).value).toBe(0);
    expect(selfBleu([['a']]).reason).toBe('TOO_FEW_TEXTS');
    fc.assert(
      fc.property(fc.array(tokens, { minLength: 2, maxLength: 6 }), (texts) => {
        const { value } = selfBleu(texts, 3);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(selfBleu(texts.slice().reverse(), 3).value).toBeCloseTo(value!, 12);
      }),
    );
  });
});

describe('mattr and mtld', () => {
  test('known answers', () => {
    expect(mattr(['a', 'a', 'b'], 2).value).toBe(0.75);
    expect(mattr(['a'], 2).reason).toBe('TOO_FEW_TOKENS');
    expect(mtld(['a', 'b', 'c']).reason).toBe('NO_REPETITION');
    expect(mtld([]).reason).toBe('TOO_FEW_TOKENS');
    expect(code(() => mtld(['a'], 1))).toBe('OUT_OF_RANGE');
  });
});

test('lexicalDiversity of nothing is null, never NaN', () => {
  expect(lexicalDiversity([[]])).toMatchObject({ tokens: 0, ttr: null, hdd: null, yuleK: null, chao1: null });
  expect(lexicalDiversity([['a']])).toMatchObject({ tokens: 1, ttr: 1, hdd: null, chao1: 1, goodTuringCoverage: 0 });
});

test('ngramNovelty: a corpus is nothing new to itself', () => {
  fc.assert(
    fc.property(corpus, corpus, (texts, other) => {
      const own = ngramNovelty(texts, texts, 2);
      expect(own.value === null ? own.reason : own.value).toBe(own.n === 0 ? 'TOO_FEW_TOKENS' : 0);
      const seen = new Set(other.flatMap((text) => ngrams(text, 2).map(String)));
      const runs = texts.flatMap((text) => ngrams(text, 2).map(String));
      if (runs.length > 0)
        expect(ngramNovelty(texts, other, 2).value).toBe(runs.filter((run) => !seen.has(run)).length / runs.length);
    }),
  );
});

describe('lempelZivRatio', () => {
  test('repeating texts raises it, random text stays about 1', () => {
    const texts = makeTexts(40, 30, 'lz');
    const once = lempelZivRatio(texts).value!;
    expect(lempelZivRatio([...texts, ...texts, ...texts]).value!).toBeGreaterThan(2 * once);
    expect(lempelZivRatio(['q']).value).toBeCloseTo(16 / 17, 14);
    expect(lempelZivRatio([]).reason).toBe('EMPTY_INPUT');
  });
});

describe('topicEntropy', () => {
  test('even is 1, one of many is 0', () => {
    expect(topicEntropy(['a', 'b', null]).value).toBe(1);
    expect(topicEntropy(['a', 'a'], { topics: ['a', 'b'] })).toMatchObject({ value: 0, bits: 0, empty: 1, topics: 2 });
    expect(topicEntropy(['a']).reason).toBe('ONE_LEVEL');
    expect(topicEntropy([null]).reason).toBe('EMPTY_INPUT');
    expect(topicEntropy(['a', 'b', 'c', 'd']).bits).toBeCloseTo(2, 14);
  });
});

describe('vendiScore', () => {
  test('vectors and their cosines agree, at every order', () => {
    const vectors = [
      [1, 2, 0],
      [0, 1, 1],
      [3, 0, 1],
      [1, 1, 1],
    ];
    const norm = (v: readonly number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
    const cosines = vectors.flatMap((a) =>
      vectors.map((b) => a.reduce((sum, x, i) => sum + x * b[i]!, 0) / norm(a) / norm(b)),
    );
    for (const order of [0, 0.5, 1, 2, 3, Number.POSITIVE_INFINITY])
      expect(vendiScoreFromVectors(vectors, { order }).value).toBeCloseTo(vendiScore(cosines, { order }).value!, 10);
    // An item of weight 0 does not exist.
    expect(vendiScoreFromVectors(vectors, { weights: [1, 1, 1, 0] }).value).toBeCloseTo(
      vendiScoreFromVectors(vectors.slice(0, 3)).value!,
      10,
    );
  });

  test('bad input', () => {
    expect(vendiScore([]).reason).toBe('EMPTY_INPUT');
    expect(vendiScoreFromVectors([]).reason).toBe('EMPTY_INPUT');
    expect(code(() => vendiScore([1, 0]))).toBe('LENGTH_MISMATCH');
    expect(code(() => vendiScore([2]))).toBe('BAD_VALUE');
    expect(code(() => vendiScore([1], { order: -1 }))).toBe('OUT_OF_RANGE');
    expect(code(() => vendiScore([1], { weights: [0] }))).toBe('BAD_VALUE');
    expect(code(() => vendiScore([1], { weights: [Number.NaN] }))).toBe('BAD_NUMBER');
    expect(code(() => vendiScoreFromVectors([[0, 0]]))).toBe('BAD_VALUE');
    expect(code(() => vendiScoreFromVectors([[1], [1, 2]]))).toBe('LENGTH_MISMATCH');
    expect(code(() => vendiScoreFromVectors([[Number.NaN]]))).toBe('BAD_NUMBER');
  });
});

describe('logOddsRatio', () => {
  test('turning the corpora round turns the signs', () => {
    const ab = logOddsRatio([5, 3, 0], [1, 3, 9], [1, 2, 3]);
    const ba = logOddsRatio([1, 3, 9], [5, 3, 0], [1, 2, 3]);
    expect(Array.from(ab.z)).toEqual(Array.from(ba.z, (z) => -z));
    expect(code(() => logOddsRatio([1], [1], 1))).toBe('EMPTY_INPUT');
    expect(code(() => logOddsRatio([1, 2], [1], 1))).toBe('LENGTH_MISMATCH');
    expect(code(() => logOddsRatio([1, 2], [1, -1], 1))).toBe('BAD_NUMBER');
    expect(code(() => logOddsRatio([1, 2], [1, 1], 0))).toBe('BAD_NUMBER');
  });
});
