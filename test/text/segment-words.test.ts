import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentWords } from '../../src/text/index.ts';

describe('segmentWords', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['  .,;— ', []],
    ['Hello, World', ['hello', 'world']],
    ["rock'n'roll 'quoted' don\u2019t dogs'", ["rock'n'roll", 'quoted', "don't", 'dogs']],
    ['well-known e-mail', ['well', 'known', 'e', 'mail']],
    ['cafe\u0301 CAFÉ', ['café', 'café']],
    ['ΟΔΟΣ οδος σ', ['οδοσ', 'οδοσ', 'σ']],
    ['Straße İstanbul', ['straße', 'i\u0307stanbul']],
    ['свобода, Ёлка', ['свобода', 'ёлка']],
    ['自由と平和', ['自', '由', 'と', '平', '和']],
    ['한국어 단어', ['한국어', '단어']],
    ['स्वतंत्रता। शांति', ['स्वतंत्रता', 'शांति']],
    ['حرية، سلام', ['حرية', 'سلام']],
    ['a\u{20000}b 👍🏽 c\ud800d', ['a', '\u{20000}', 'b', 'c', 'd']],
    ['x² 3.14 1,000', ['x²', '3', '14', '1', '000']],
    ['under_score', ['under', 'score']],
  ])('%j', (text, words) => {
    expect(segmentWords(text)).toEqual(words);
  });

  test('laws: words hold no separators, joining them again changes nothing, and no text breaks it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const words = segmentWords(text);
        for (const word of words) expect(word).not.toMatch(/[\s.,;:!?()"-]/);
        expect(segmentWords(words.join(' '))).toEqual(words);
      }),
      { numRuns: 500 },
    );
  });

  test('a megabyte without spaces is read at once', () => {
    expect(segmentWords('a'.repeat(1_000_000)).length).toBe(1);
    expect(segmentWords("'".repeat(1_000_000)).length).toBe(0);
    expect(segmentWords("a'".repeat(500_000)).length).toBe(1);
  });
});
