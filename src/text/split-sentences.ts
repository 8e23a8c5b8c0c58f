import { isSpace } from './normalize-text.ts';

/** English words before a full stop that end no sentence. */
const ABBREVIATIONS = /* @__PURE__ */ new Set(
  'mr mrs ms dr prof st jr sr rev gen col capt lt sgt hon vs etc cf al no nos vol fig eq sec dept inc ltd co approx e.g i.e a.m p.m u.s u.k'.split(
    ' ',
  ),
);
const CLOSERS = '"\')]}\u2019\u201d\u00bb\u300d\u300f';

/**
 * The sentences of a text: sentence rules version 1, the same on every runtime. A heuristic for counting and sampling,
 * tuned to English; other languages keep more together than a reader would where an unlisted abbreviation ends in a dot.
 *
 * A sentence ends after a run of `.`, `!`, `?` or an ellipsis with the closing quotes and brackets behind it, when white
 * space or the end follows and the next sign is no lower-case letter; not after a listed abbreviation or a single letter
 * with a full stop (an initial). It ends after an ideographic stop or mark at once, and at a blank line.
 *
 * @param text - Any text.
 * @returns The sentences in order, white space at their ends removed, no empty ones. Joined with spaces they hold every
 * word of the text.
 * @example
 * splitSentences('Dr. Who came. "Really?" she asked. It was 3.5 km!'); // => ['Dr. Who came.', '"Really?" she asked.', 'It was 3.5 km!']
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  const length = text.length;
  let start = 0;
  const close = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && isSpace(text.charCodeAt(from))) from++;
    while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    if (to > from) sentences.push(text.slice(from, to));
    start = end;
  };
  let i = 0;
  while (i < length) {
    const code = text.charCodeAt(i);
    if (code === 0x0a) {
      let next = i + 1;
      while (next < length && text.charCodeAt(next) !== 0x0a && isSpace(text.charCodeAt(next))) next++;
      if (next < length && text.charCodeAt(next) === 0x0a) close(next);
      i = next;
      continue;
    }
    if (code === 0x3002 || code === 0xff01 || code === 0xff1f) {
      i = pastClosers(text, i + 1);
      close(i);
      continue;
    }
    if (!isEnd(code)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < length && isEnd(text.charCodeAt(end))) end++;
    const onlyDot = code === 0x2e && end === i + 1;
    const after = pastClosers(text, end);
    if (after < length && !isSpace(text.charCodeAt(after))) {
      i = end;
      continue;
    }
    let next = after;
    while (next < length && isSpace(text.charCodeAt(next))) next++;
    if (!(next < length && isLower(text.charCodeAt(next))) && !(onlyDot && isAbbreviation(text, i))) close(after);
    i = after;
  }
  close(length);
  return sentences;
}

function isEnd(code: number): boolean {
  return code === 0x2e || code === 0x21 || code === 0x3f || code === 0x2026;
}

function pastClosers(text: string, from: number): number {
  let at = from;
  while (at < text.length && CLOSERS.includes(text.charAt(at))) at++;
  return at;
}

/** Lower-case letters of Latin, Greek and Cyrillic; newer letters count as none, on every engine. */
function isLower(code: number): boolean {
  if (code >= 0x530) return false;
  const letter = String.fromCharCode(code);
  return letter.toLowerCase() === letter && letter.toUpperCase() !== letter;
}

/** Whether the full stop at `dot` closes a listed abbreviation or an initial. */
function isAbbreviation(text: string, dot: number): boolean {
  let from = dot;
  while (from > 0 && dot - from < 8 && isAsciiLetterOrDot(text.charCodeAt(from - 1))) from--;
  const word = text.slice(from, dot);
  if (word.length === 1) return word >= 'A' && word <= 'Z';
  return ABBREVIATIONS.has(word.toLowerCase());
}

function isAsciiLetterOrDot(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2e;
}
