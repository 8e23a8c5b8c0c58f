import { inRanges, SINGLE_RANGES, WORD_RANGES } from './internal-word-ranges.ts';

/**
 * The words of a text, in lower case: word rules version 1, the same on every runtime.
 *
 * The text is brought to NFC and lower case (final sigma becomes sigma, the typographic apostrophe becomes `'`). A word
 * is a longest run of letters, combining marks and digits of a fixed table; an apostrophe between two of them belongs
 * to the word (`don't`), a hyphen parts words. Thai, Lao, Burmese, Khmer, kana and ideographs give one word per
 * character. Everything else, also letters that Unicode adds later, parts words.
 *
 * NFC and lower case of characters assigned by Unicode 15 (2022) never change by Unicode's stability policy, and every
 * supported runtime knows them; characters assigned later part words here, whatever the runtime makes of them.
 *
 * @param text - Any text.
 * @returns The words in order.
 * @example
 * segmentWords("Don't be EVIL: peace-loving 42."); // => ["don't", 'be', 'evil', 'peace', 'loving', '42']
 */
export function segmentWords(text: string): string[] {
  const lower = text.normalize('NFC').toLowerCase();
  const words: string[] = [];
  const length = lower.length;
  let start = -1;
  let plain = true;
  for (let i = 0; i <= length; i++) {
    const code = i < length ? lower.charCodeAt(i) : 0x20;
    if (code < 0x80 ? isAsciiWord(code) : inRanges(WORD_RANGES, code)) {
      if (start < 0) start = i;
      // Final sigma is the one letter whose lower case depends on its place.
      if (code === 0x3c2) plain = false;
      continue;
    }
    if ((code === 0x27 || code === 0x2019) && start >= 0 && i + 1 < length && isWordAt(lower, i + 1)) {
      if (code === 0x2019) plain = false;
      continue;
    }
    if (start >= 0) {
      const word = lower.slice(start, i);
      words.push(plain ? word : word.replaceAll('\u2019', "'").replaceAll('\u03c2', '\u03c3'));
      start = -1;
      plain = true;
    }
    if (code < 0x80) continue;
    if (inRanges(SINGLE_RANGES, code)) words.push(lower.charAt(i));
    // Ideographs of the second plane: code points 0x20000 to 0x2FA1F.
    else if (code >= 0xd840 && code <= 0xd87e && i + 1 < length) {
      const next = lower.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) words.push(lower.slice(i, ++i + 1));
    }
  }
  return words;
}

function isAsciiWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? isAsciiWord(code) : inRanges(WORD_RANGES, code);
}
