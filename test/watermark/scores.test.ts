import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combScore } from '../../src/watermark/comb-score.ts';
import { contrastScore } from '../../src/watermark/contrast-score.ts';
import { combCounts } from '../../src/watermark/internal-comb-counts.ts';

test('a table without dependence has score 0 and no z', () => {
  expect(
    contrastScore(
      [
        [2, 4],
        [1, 2],
      ],
      [
        [1, -1],
        [1, 1],
      ],
    ),
  ).toEqual({ score: 0, squares: 0, z: null });
  expect(contrastScore([], [])).toEqual({ score: 0, squares: 0, z: null });
  expect(combScore([], 1, () => 1)).toEqual({ score: 0, squares: 0, z: null });
});

test('turning all signs turns the score', () => {
  const cells = fc.array(fc.tuple(fc.nat(20), fc.boolean()), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(cells, { minLength: 2, maxLength: 6 }), (rows) => {
      const counts = rows.map((row) => row.map(([count]) => count));
      const signs = rows.map((row) => row.map(([, plus]) => (plus ? 1 : -1)));
      const score = contrastScore(counts, signs);
      const turned = contrastScore(
        counts,
        signs.map((row) => row.map((sign) => -sign)),
      );
      expect(turned.score).toBeCloseTo(-score.score, 9);
      expect(turned.squares).toBe(score.squares);
    }),
  );
});

test('comb bins equal a plain histogram with plain neighbours', () => {
  const signOf = (bin: number): number => ((((bin * 7) % 5) + 5) % 5 < 2 ? 1 : -1);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 80 }), (tenths) => {
      const values = tenths.map((tenth) => tenth / 10);
      const step = 1.5;
      const bins = values.map((value) => Math.floor(value / step));
      const first = Math.min(...bins);
      const last = Math.max(...bins);
      let score = 0;
      let squares = 0;
      for (let bin = first; bin <= last; bin++) {
        let around = 0;
        let sides = 0;
        for (let other = Math.max(first, bin - 3); other <= Math.min(last, bin + 3); other++)
          if (other !== bin) {
            around += bins.filter((b) => b === other).length;
            sides++;
          }
        const expected = sides === 0 ? 0 : around / sides;
        const weight = (bins.filter((b) => b === bin).length - expected) / Math.sqrt(expected + 0.5);
        score += signOf(bin) * weight;
        squares += weight * weight;
      }
      const ours = combScore(values, step, signOf);
      expect(ours.score).toBeCloseTo(score, 9);
      expect(ours.squares).toBeCloseTo(squares, 8);
    }),
  );
});

test('counting in cells equals counting by sorting, with heavy and listed values left out', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.integer({ min: -50, max: 50 }).map((x) => x / 4),
          fc.constant(Number.NaN),
          fc.constant(0),
        ),
        { maxLength: 120 },
      ),
      fc.array(
        fc.integer({ min: -50, max: 50 }).map((x) => x / 4),
        { maxLength: 3 },
      ),
      (values, listed) => {
        const near = combCounts(Float64Array.from(values), 0.7, listed);
        // One far value makes the range too wide for cells; it adds one bin at the end.
        const far = combCounts(Float64Array.from([...values, 1e9]), 0.7, listed);
        expect(Array.from(far.occupied).slice(0, -1)).toEqual(Array.from(near.occupied));
        expect(Array.from(far.counts).slice(0, -1)).toEqual(Array.from(near.counts));
        expect([...far.heavy].sort()).toEqual([...near.heavy].sort());
      },
    ),
  );
});

test('infinite values and values without an exact bin are left out of the counts', () => {
  expect(Array.from(combCounts(Float64Array.of(1, Infinity, -Infinity, 1e300, Number.NaN), 0.5, []).counts)).toEqual([
    1,
  ]);
});

test.each([
  [
    'rows of unequal length',
    () =>
      contrastScore(
        [[1, 2], [1]],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    'LENGTH_MISMATCH',
  ],
  ['too few signs', () => contrastScore([[1, 2]], []), 'LENGTH_MISMATCH'],
  ['a step of 0', () => combScore([1], 0, () => 1), 'BAD_NUMBER'],
  ['NaN', () => combScore([Number.NaN], 1, () => 1), 'BAD_NUMBER'],
  ['a bin beyond 2^53', () => combScore([1e300], 1, () => 1), 'OUT_OF_RANGE'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
