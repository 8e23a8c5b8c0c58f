import { describe, expect, test } from 'vitest';
import {
  contaminationFilter,
  filterTexts,
  lengthFilter,
  personalDataFilter,
  scriptFilter,
} from '../../../src/generators/text/index.ts';
import { findPersonalData } from '../../../src/text/index.ts';
import { code } from '../../text/support.ts';

describe('findPersonalData', () => {
  test.each<[string, string[]]>([
    ['ann.b+c@mail.example.org, or <x@y.de>.', ['email:ann.b+c@mail.example.org', 'email:x@y.de']],
    ['not@mail, @home, a@b.c, x@-.com', []],
    ['+44 20 7946 0958 and (555) 123-4567', ['phone:+44 20 7946 0958', 'phone:555) 123-4567']],
    ['card 4111 1111 1111 1111 but not 4111 1111 1111 1112', ['card:4111 1111 1111 1111']],
    [
      'GB82 WEST 1234 5698 7654 32 or GB82WEST12345698765432',
      ['iban:GB82 WEST 1234 5698 7654 32', 'iban:GB82WEST12345698765432'],
    ],
    ['GB83WEST12345698765432', []],
    ['host 192.168.0.1, version 1.2.3, 999.1.1.1', ['ipv4:192.168.0.1']],
    ['SSN 123-45-6789, not 000-45-6789', ['us-ssn:123-45-6789']],
    ['In 2024 about 1,234,567 people; 3.14159; 12/05/2024; x1234567890123', []],
    ['', []],
  ])('%j', (text, found) => {
    expect(findPersonalData(text).map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`)).toEqual(found);
  });

  test.each(['a', '@', 'a@', '1', '1 ', '+1', 'AA11', 'GB82 ', '.', 'a.', '1.1.', '(', 'a@a.'])(
    'a megabyte of %j ends soon',
    (piece) => {
      expect(findPersonalData(piece.repeat(1_000_000 / piece.length)).length).toBeLessThan(1_000_000);
    },
  );
});

describe('filters', () => {
  test('the first filter that objects counts', () => {
    const filters = [lengthFilter({ minWords: 2, maxWords: 4, maxCharacters: 40 }), personalDataFilter()];
    const texts = ['one', 'one two', 'a@b.org now', 'a b c d e', 'x'.repeat(41), 'fine text'];
    const { keep, dropped, counts } = filterTexts(texts, filters);
    expect(keep).toEqual([1, 5]);
    expect(dropped.map(({ index, reason }) => `${index} ${reason}`)).toEqual([
      '0 1 words, at least 2 are wanted',
      '2 looks like personal data: email',
      '3 5 words, at most 4 are allowed',
      '4 41 characters, at most 40 are allowed',
    ]);
    expect(counts.map(({ dropped }) => dropped)).toEqual([3, 1]);
    expect(personalDataFilter({ kinds: ['card'] }).check('a@b.org')).toBeNull();
    expect(code(() => lengthFilter({ minWords: 3, maxWords: 2 }))).toBe('OUT_OF_RANGE');
  });

  test('contamination: copies are seen through case and punctuation', () => {
    const secret = 'The quick brown fox jumps over the lazy dog near the river bank';
    const filter = contaminationFilter([secret], { size: 6 });
    expect(filter.check('So: THE QUICK, brown fox jumps over it')).toBe(
      '1 of 3 runs of 6 words stand in the evaluation texts',
    );
    expect(filter.check('The quick brown fox sat over the lazy dog')).toBeNull();
    expect(filter.check('short')).toBeNull();
    expect(contaminationFilter([secret], { size: 6, maxShare: 1 }).check(secret)).toBeNull();
    expect(code(() => contaminationFilter(['short']))).toBe('EMPTY_INPUT');
  });

  test('script: mostly one script', () => {
    expect(scriptFilter('latin').check('Déjà vu, Ångström 42')).toBeNull();
    expect(scriptFilter('cyrillic').check('привет, мир')).toBeNull();
    expect(scriptFilter('latin').check('половина half')).toBe('4 of 12 letters are latin');
    expect(scriptFilter('han-kana').check('自由と平和')).toBeNull();
    expect(scriptFilter('latin').check('12345')).toBe('0 of 0 letters are latin');
  });
});
