import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  augmentCounterfactuals,
  counterfactualGap,
  pairScores,
  swapIdentities,
  termAssociations,
  weat,
} from '../../../src/bias/index.ts';
import { createRng, normal, uniform } from '../../../src/random/index.ts';
import { codeOf } from '../../code-of.ts';

describe('weat', () => {
  const rng = createRng('weat');
  const words = (n: number, centre: readonly number[], spread: number): number[][] =>
    Array.from({ length: n }, () => centre.map((c) => c + spread * normal(rng)));

  test('finds an association that is there and its direction', () => {
    const spec = {
      first: words(6, [1, 0, 0], 0.3),
      second: words(6, [0, 1, 0], 0.3),
      attributeA: words(4, [1, 0, 0], 0.3),
      attributeB: words(4, [0, 1, 0], 0.3),
    };
    const found = weat(spec);
    expect(found.pValue).toBeLessThan(0.01);
    expect(found.effectSize).toBeGreaterThan(1);
    expect(found.relativeNormDistance).toBeLessThan(0);
    const turned = weat({ ...spec, first: spec.second, second: spec.first });
    expect(turned.statistic).toBeCloseTo(-found.statistic, 12);
    expect(turned.pValue).toBeGreaterThan(0.99);
  });

  test('the p-value is valid where nothing is there, exact and drawn', () => {
    let exact = 0;
    let drawn = 0;
    for (let k = 0; k < 200; k++) {
      const list = (n: number): number[][] => words(n, [0, 0, 0, 0], 1);
      const spec = { first: list(4), second: list(4), attributeA: list(3), attributeB: list(3) };
      if (weat(spec).pValue <= 0.1) exact++;
      if (weat(spec, { maxExact: 1, rng: createRng(`w${k}`), arrangements: 99 }).pValue <= 0.1) drawn++;
    }
    expect(exact).toBeLessThanOrEqual(32);
    expect(drawn).toBeLessThanOrEqual(32);
  });

  test('equal vectors everywhere have no effect size', () => {
    const same = [
      [1, 1],
      [1, 1],
    ];
    const found = weat({ first: same, second: same, attributeA: same, attributeB: same });
    expect(found).toMatchObject({ effectSize: null, effectSizeSample: null, pValue: 1, coherence: null });
  });

  test('refuses bad input', () => {
    const one = [[1, 0]];
    const spec = { first: one, second: one, attributeA: one, attributeB: one };
    expect(codeOf(() => weat({ ...spec, first: [] }))).toBe('EMPTY_INPUT');
    expect(
      codeOf(() =>
        weat({
          ...spec,
          second: [
            [1, 0],
            [0, 1],
          ],
        }),
      ),
    ).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => weat({ ...spec, attributeA: [[1]] }))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => weat({ ...spec, attributeB: [[0, 0]] }))).toBe('BAD_VALUE');
    expect(codeOf(() => weat({ ...spec, attributeB: [[0, Number.NaN]] }))).toBe('BAD_NUMBER');
    expect(codeOf(() => weat(spec, { maxExact: 1 }))).toBe('NO_CAPACITY');
  });
});

describe('termAssociations', () => {
  test('counts documents, not words, and survives words that never occur', () => {
    const documents = [['she', 'nurse', 'nurse'], ['he'], ['she'], ['he', 'boss']];
    const { identity, targets } = termAssociations({
      documents,
      identityTerms: ['she', 'her'],
      targets: ['nurse', 'none', 'he'],
    });
    expect(identity).toBe(2);
    expect(targets.map((one) => [one.n, one.joint])).toEqual([
      [1, 1],
      [0, 0],
      [2, 0],
    ]);
    expect(targets[1]).toMatchObject({ pmi: null, npmi: -1, ppmi: 0 });
    expect(JSON.stringify(targets)).not.toMatch(/NaN|Infinity/);
    for (const one of targets) expect(one.adjustedPValue).toBeGreaterThanOrEqual(one.pValue);
  });

  test('refuses bad input', () => {
    const spec = { documents: [['a']], identityTerms: ['a'], targets: ['a'] };
    for (const key of ['documents', 'identityTerms', 'targets'])
      expect(codeOf(() => termAssociations({ ...spec, [key]: [] }))).toBe('EMPTY_INPUT');
    expect(codeOf(() => termAssociations({ ...spec, level: 1 }))).toBe('OUT_OF_RANGE');
  });
});

describe('swapIdentities', () => {
  const pairs = [
    ['he', 'she'],
    ['his', 'her'],
    ['him', 'her'],
    ['john', 'maría'],
  ] as const;

  test('keeps case and possessives, matches whole words, and flags what is ambiguous', () => {
    expect(swapIdentities("He met JOHN's sister; the shell is his.", pairs)).toEqual({
      text: "She met MARÍA's sister; the shell is her.",
      swapped: 3,
      ambiguous: [],
    });
    expect(swapIdentities('I saw her.', pairs).ambiguous).toEqual([
      { at: 6, word: 'her', counterparts: ['his', 'him'] },
    ]);
  });

  test('swapping twice gives any text back when no word is ambiguous', () => {
    const clear = [
      ['he', 'she'],
      ['man', 'woman'],
    ] as const;
    const word = fc.constantFrom('he', 'She', 'MAN', 'woman', 'other', ' ', '. ', "'s", '-', '😀');
    fc.assert(
      fc.property(fc.array(word), (parts) => {
        const text = parts.join(' ');
        expect(swapIdentities(swapIdentities(text, clear).text, clear).text).toBe(text);
      }),
    );
  });

  test('refuses bad input', () => {
    expect(codeOf(() => swapIdentities('x', []))).toBe('EMPTY_INPUT');
    expect(codeOf(() => swapIdentities('x', [['a', 'a']]))).toBe('BAD_OPTION');
    expect(codeOf(() => swapIdentities('x', [['two words', 'a']]))).toBe('BAD_OPTION');
    expect(codeOf(() => swapIdentities('x', [['', 'a']]))).toBe('BAD_OPTION');
  });
});

describe('augmentCounterfactuals', () => {
  test('afterwards both words of a pair occur equally often, and origins are told', () => {
    const texts = ['He wrote to her.', 'A woman spoke.', 'Nothing here.', 'He, he and HE.'];
    const done = augmentCounterfactuals(texts, [
      ['he', 'she'],
      ['him', 'her'],
      ['his', 'her'],
      ['man', 'woman'],
    ]);
    const all = done.texts.map((one) => one.text.toLowerCase()).join(' ');
    const count = (word: string): number => all.match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;
    expect([count('he'), count('man')]).toEqual([count('she'), count('woman')]);
    expect(done).toMatchObject({ added: 3, unchanged: 1, ambiguous: [0] });
    expect(done.texts.filter((one) => one.origin === 'original').map((one) => one.text)).toEqual(texts);
    expect(codeOf(() => augmentCounterfactuals(['x'], []))).toBe('EMPTY_INPUT');
  });
});

describe('counterfactualGap', () => {
  test('a scorer that ignores the swap has no gap; one that does not is found', () => {
    const rng = createRng('gap');
    const score = Float64Array.from({ length: 200 }, () => uniform(rng));
    const none = counterfactualGap(score, score, { threshold: 0.5 });
    expect([none.gap.value, none.pValue, none.flipRate?.value, none.meanAbsoluteGap]).toEqual([0, 1, 0, 0]);
    const biased = score.map((x) => x - 0.1 + 0.05 * uniform(rng));
    const found = counterfactualGap(score, biased, { threshold: 0.5 });
    expect(found.pValue).toBeLessThan(1e-10);
    expect(found.gap.interval!.lower).toBeGreaterThan(0);
    expect(found.flipRate!.value).toBeGreaterThan(0);
    expect(counterfactualGap(score, biased).flipRate).toBeNull();
  });

  test('refuses bad input', () => {
    expect(codeOf(() => counterfactualGap([1], [1]))).toBe('EMPTY_INPUT');
    expect(codeOf(() => counterfactualGap([1, 2], [1]))).toBe('LENGTH_MISMATCH');
    expect(codeOf(() => counterfactualGap([1, Number.NaN], [1, 2]))).toBe('BAD_NUMBER');
  });
});

describe('pairScores', () => {
  test('an ideal model scores 50, 100 and 100', () => {
    const pairs = [
      { stereotype: -1, antiStereotype: -2, unrelated: -9 },
      { stereotype: -2, antiStereotype: -1, unrelated: -9 },
    ];
    const found = pairScores(pairs);
    expect([found.stereotypeScore.value, found.languageModelingScore?.value, found.idealizedScore]).toEqual([
      50, 100, 100,
    ]);
    expect(found.pValue).toBe(1);
  });

  test('a model that always prefers the stereotype scores 100 and 0; ties count half', () => {
    const always = pairScores(
      Array.from({ length: 20 }, () => ({ stereotype: -1, antiStereotype: -2, unrelated: -3 })),
    );
    expect([always.stereotypeScore.value, always.idealizedScore]).toEqual([100, 0]);
    expect(always.pValue).toBeLessThan(1e-5);
    expect(pairScores([{ stereotype: -1, antiStereotype: -1 }])).toMatchObject({
      ties: 1,
      pValue: 1,
      idealizedScore: null,
    });
  });

  test('refuses bad input', () => {
    expect(codeOf(() => pairScores([]))).toBe('EMPTY_INPUT');
    expect(codeOf(() => pairScores([{ stereotype: Number.NaN, antiStereotype: 0 }]))).toBe('BAD_NUMBER');
    expect(
      codeOf(() =>
        pairScores([
          { stereotype: 0, antiStereotype: 0 },
          { stereotype: 0, antiStereotype: 0, unrelated: 0 },
        ]),
      ),
    ).toBe('LENGTH_MISMATCH');
  });
});
