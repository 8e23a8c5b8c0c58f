import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ngrams, normalizeText, segmentWords, splitSentences } from '../../src/text/index.ts';
import { code } from './support.ts';

describe('normalizeText', () => {
  test.each<[string, string]>([
    ['', ''],
    [' \t\n\u3000 ', ''],
    ['  The  CAFE\u0301\n was OPEN. ', 'the café was open.'],
    ['\u212bngstr\u00f6m \u212a', 'ångström k'],
    ['ΟΔΟΣ ΟΔΟΣ.', 'οδοσ οδοσ.'],
    ['a\u0323\u0307 a\u0307\u0323', 'ạ̇ ạ̇'],
    ['Straße İ', 'straße i\u0307'],
    ['A\u{1f600}B \ud800C', 'a\u{1f600}b \ud800c'],
    // Letters with case that Unicode 16 brought: kept on every engine, new or old.
    ['\u1c89 \ua7cb \u{10d50}', '\u1c89 \ua7cb \u{10d50}'],
  ])('%j', (text, normal) => {
    expect(normalizeText(text)).toBe(normal);
  });

  test('laws: doing it twice changes nothing; words stay the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = normalizeText(text);
        expect(normalizeText(once)).toBe(once);
        expect(once).not.toMatch(/^\s|\s$|\s\s/);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (text) => {
        expect(segmentWords(normalizeText(text))).toEqual(segmentWords(text));
      }),
    );
  });
});

describe('splitSentences', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['no end', ['no end']],
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Dr. Who met J. Doe at 3.5 km. Then e.g. this.', ['Dr. Who met J. Doe at 3.5 km.', 'Then e.g. this.']],
    ['"Stop!" he said. (Really.) Yes...', ['"Stop!" he said.', '(Really.)', 'Yes...']],
    ['Heading\n\nBody text\nover lines.', ['Heading', 'Body text\nover lines.']],
    ['今日は。元気？はい', ['今日は。', '元気？', 'はい']],
    ['...', ['...']],
  ])('%j', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences);
  });

  test('law: no word is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Ab', 'c', '.', '!', ' ', '\n', '\n\n', '"', '。', 'x.y')), (parts) => {
        const text = parts.join('');
        expect(splitSentences(text).flatMap(segmentWords)).toEqual(segmentWords(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('ngrams', () => {
  test('all runs, and none of a short list', () => {
    expect(ngrams(['a', 'b', 'c'], 1)).toEqual([['a'], ['b'], ['c']]);
    expect(ngrams(['a', 'b', 'c'], 3)).toEqual([['a', 'b', 'c']]);
    expect(ngrams(['a'], 2)).toEqual([]);
    expect(code(() => ngrams(['a'], 0))).toBe('OUT_OF_RANGE');
  });
});
