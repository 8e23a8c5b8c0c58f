import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { decodePayload } from '../../src/watermark/decode-payload.ts';
import { encodePayload } from '../../src/watermark/encode-payload.ts';

const bitArray = (maxLength: number) => fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength });

test('a word decodes to its bits, and the code is linear', () => {
  fc.assert(
    fc.property(bitArray(80), (bits) => {
      const word = encodePayload(bits);
      const decoded = decodePayload(word, bits.length);
      expect(Array.from(decoded.bits)).toEqual(bits);
      expect(decoded.metric).toBe(word.length);
      const other = bits.map((_, i) => (i % 3 === 0 ? 1 : 0));
      const sum = encodePayload(bits.map((bit, i) => bit ^ other[i]!));
      expect(Array.from(sum)).toEqual(Array.from(encodePayload(other), (sign, i) => sign * word[i]!));
    }),
  );
});

test('the decoder finds the maximum over all words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), fc.string(), (bits, seed) => {
      const rng = createRng(seed);
      const votes = Float64Array.from({ length: 4 * (bits + 8) }, () => normal(rng));
      let best = -Infinity;
      for (let word = 0; word < 1 << bits; word++) {
        const signs = encodePayload(Array.from({ length: bits }, (_, i) => (word >> i) & 1));
        best = Math.max(
          best,
          signs.reduce((sum, sign, i) => sum + sign * votes[i]!, 0),
        );
      }
      expect(decodePayload(votes, bits).metric).toBeCloseTo(best, 9);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['no bit', () => encodePayload([]), 'OUT_OF_RANGE'],
  ['a bit of 2', () => encodePayload([2]), 'BAD_VALUE'],
  ['too few votes', () => decodePayload([1, 1], 1), 'LENGTH_MISMATCH'],
  ['no bits', () => decodePayload([], 0), 'OUT_OF_RANGE'],
  ['a vote of NaN', () => decodePayload(new Float64Array(36).fill(Number.NaN), 1), 'BAD_NUMBER'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
