import { inRanges, SIGN_RANGES, SINGLE_RANGES, WORD_RANGES } from './internal-word-ranges.ts';

/**
 * A text made comparable: NFC, lower case, every final sigma a sigma, every run of white space one space, no white
 * space at the ends. Version 1, the same on every runtime. Two texts with equal results differ in spelling only.
 *
 * Engines carry Unicode tables of different age, so only characters of a fixed table are brought to NFC and lower case:
 * the blocks of letters, marks, digits and signs of the first plane that Unicode 15 (2022) had filled, whose NFC and
 * case never change by Unicode's stability policy. All others (emoji, old scripts, letters added later, lone
 * surrogates) stay as they are.
 *
 * @param text - Any text.
 * @returns The comparable text; normalising it again changes nothing.
 * @example
 * normalizeText('  The  CAFE\u0301\n was OPEN. '); // => 'the café was open.'
 */
export function normalizeText(text: string): string {
  let folded = '';
  let start = 0;
  let known = true;
  for (let i = 0; i <= text.length; i++) {
    const now: boolean = i < text.length ? isKnown(text.charCodeAt(i)) : !known;
    if (now === known) continue;
    if (i > start) folded += known ? fold(text.slice(start, i)) : text.slice(start, i);
    start = i;
    known = now;
  }
  return squeeze(folded);
}

function fold(run: string): string {
  // Which sigma is final depends on the characters around it, also on unknown ones: there is only one here.
  return run.normalize('NFC').toLowerCase().replaceAll('\u03c2', '\u03c3');
}

function isKnown(code: number): boolean {
  return code < 0x80 || inRanges(WORD_RANGES, code) || inRanges(SIGN_RANGES, code) || inRanges(SINGLE_RANGES, code);
}

/** White space as Unicode 15 lists it. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** One space for every run of white space, none at the ends. */
function squeeze(text: string): string {
  let result = '';
  let start = -1;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isSpace(text.charCodeAt(i))) {
      if (start < 0) start = i;
    } else if (start >= 0) {
      result += result === '' ? text.slice(start, i) : ` ${text.slice(start, i)}`;
      start = -1;
    }
  }
  return result;
}
