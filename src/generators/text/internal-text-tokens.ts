import { inRanges, SINGLE_RANGES, WORD_RANGES } from '../../text/internal-word-ranges.ts';

const MARKS = '.,;:!?';
const ENDS = '.!?';

/** A token: a word or one of `. , ; : ! ?`. */
export interface TextToken {
  /** As written. */
  readonly surface: string;
  /** Whether a sentence starts with it. */
  readonly first: boolean;
}

/** Words and punctuation marks of a text; everything else (quotes, brackets, line breaks) parts words and is lost. */
export function textTokens(text: string): TextToken[] {
  const whole = text.normalize('NFC');
  const tokens: TextToken[] = [];
  let start = -1;
  let first = true;
  const push = (surface: string): void => {
    const mark = MARKS.includes(surface);
    tokens.push({ surface, first: first && !mark });
    first = mark ? first || ENDS.includes(surface) : false;
  };
  for (let i = 0; i <= whole.length; i++) {
    const code = i < whole.length ? whole.charCodeAt(i) : 0x20;
    if (isWord(code)) {
      if (start < 0) start = i;
      continue;
    }
    const joins = code === 0x27 || code === 0x2019 || code === 0x2d;
    if (joins && start >= 0 && i + 1 < whole.length && isWord(whole.charCodeAt(i + 1))) continue;
    if (start >= 0) {
      push(whole.slice(start, i));
      start = -1;
    }
    if (i === whole.length) break;
    const sign = whole.charAt(i);
    if (MARKS.includes(sign)) push(sign);
    else if (inRanges(SINGLE_RANGES, code)) push(sign);
  }
  return tokens;
}

function isWord(code: number): boolean {
  if (code < 0x80)
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
  return inRanges(WORD_RANGES, code);
}

/** Joins tokens to a text: spaces between words, none before marks, sentences start with a capital. */
export function joinTokens(tokens: readonly string[]): string {
  let text = '';
  let first = true;
  for (const token of tokens) {
    const mark = token.length === 1 && MARKS.includes(token);
    if (text !== '' && !mark) text += ' ';
    text += first && !mark ? token.charAt(0).toUpperCase() + token.slice(1) : token;
    first = mark ? first || ENDS.includes(token) : false;
  }
  return text;
}
