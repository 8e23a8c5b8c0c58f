import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binLevel, binOf, fillBins } from '../../src/watermark/internal-bins.ts';
import { quantileBins } from '../../src/watermark/quantile-bins.ts';

const numbers = fc.array(
  fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  {
    minLength: 1,
    maxLength: 200,
  },
);

test('edges rise and never lie on the value above them; order of values changes nothing', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 2, max: 64 }), (values, base) => {
      const { edges, midRanks } = quantileBins(values, base);
      expect(edges.length).toBeLessThan(base);
      expect(midRanks.length).toBe(edges.length + 1);
      for (let k = 1; k < edges.length; k++) expect(edges[k]!).toBeGreaterThan(edges[k - 1]!);
      const counts = new Array(midRanks.length).fill(0);
      for (const value of values) counts[binOf(value, edges)]++;
      expect(counts.every((count) => count > 0)).toBe(true);
      expect(quantileBins([...values].reverse(), base)).toEqual({ edges, midRanks });
    }),
  );
});

test('the fast binning equals the plain search', () => {
  fc.assert(
    fc.property(numbers, numbers, (values, probes) => {
      const { edges } = quantileBins(values, 64);
      const all = Float64Array.from([...probes, ...edges, Infinity, -Infinity, Number.NaN, 0, -0]);
      const out = new Int16Array(all.length);
      fillBins(out, all, edges);
      all.forEach((value, i) => {
        expect(out[i]).toBe(Number.isNaN(value) ? -1 : binOf(value, edges));
      });
    }),
  );
});

test('the fast binning works on few, equal and extreme edges', () => {
  for (const edges of [[], [0], [1, 1 + 2 ** -52], [-1e308, 1e308], [0, 5e-324]]) {
    const probes = Float64Array.of(-1e308, -1, 0, 5e-324, 1, 1 + 2 ** -52, 1e308);
    const out = new Int16Array(probes.length);
    fillBins(out, probes, Float64Array.from(edges));
    expect(Array.from(out)).toEqual(Array.from(probes, (value) => binOf(value, edges)));
  }
});

test('coarse levels nest in fine ones', () => {
  const { midRanks } = quantileBins(
    Float64Array.from({ length: 1000 }, (_, i) => i),
    64,
  );
  for (const midRank of midRanks)
    for (const bits of [2, 3, 5]) expect(binLevel(midRank, 64) >> (6 - bits)).toBe(binLevel(midRank, 1 << bits));
});

test.each([
  ['no value', () => quantileBins([], 4), 'EMPTY_INPUT'],
  ['NaN', () => quantileBins([1, Number.NaN], 4), 'BAD_NUMBER'],
  ['base 1', () => quantileBins([1], 1), 'OUT_OF_RANGE'],
  ['base 2.5', () => quantileBins([1], 2.5), 'OUT_OF_RANGE'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
