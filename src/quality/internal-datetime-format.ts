import { SynthproofError } from '../errors.ts';
import { daysInMonth } from '../table/internal-calendar.ts';
import { shown } from '../table/internal-text.ts';

/** Where a directive's value goes: one of the first four is looked at once the whole text is read. */
const YEAR = 0;
const MONTH = 1;
const DAY = 2;
const DAY_OF_YEAR = 3;
const OTHER = 4;

/** A number of `fewest` to `most` digits from `low` to `high`. */
interface DigitField {
  readonly part: number;
  readonly fewest: number;
  readonly most: number;
  readonly low: number;
  readonly high: number;
  /** Added to the value up to 68, and 100 less from 69 on: the century of a year of two digits, as in POSIX. */
  readonly century: number;
}

/** One of several names in lower case, none the beginning of another; its value is its place from 1. */
interface NameField {
  readonly part: number;
  readonly names: readonly string[];
}

/** Lower-case text, a field, or an offset from UTC. */
type Token = string | DigitField | NameField | null;

const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const WEEKDAYS: readonly string[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const KNOWN = '%Y %y %m %b %B %d %j %H %I %M %S %f %p %a %A %z %%';

/**
 * A test whether a text is a date or time in a strptime-like format; throws `BAD_OPTION` for a format that is none.
 *
 * A text is accepted when it can be read in at least one way as a day that exists. Every field has few widths and no
 * directive comes twice, so that the ways to try are bounded whatever the text is.
 */
export function compileDatetimeFormat(format: string): (text: string) => boolean {
  const tokens = parseFormat(format);
  const spaced = tokens.some((token) => typeof token === 'string' && token.includes(' '));
  const parts = new Int32Array(OTHER + 1);
  return (text) => accepts(tokens, 0, spaced ? oneSpace(text) : text, 0, parts.fill(0));
}

function parseFormat(format: string): Token[] {
  if (typeof format !== 'string') throw badFormat(`expected a text such as %Y-%m-%d, received ${typeof format}`);
  const tokens: Token[] = [];
  const used = new Set<string>();
  let literal = '';
  const text = oneSpace(format);
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '%' || text[i + 1] === '%') {
      if (text[i] === '%') i++;
      literal += text[i]!;
      continue;
    }
    // "%-d" asks for a day without leading zeros where it is written; it is read like "%d".
    if (text[i + 1] === '-') i++;
    const letter = text[++i] ?? '';
    const field = fieldOf(letter);
    if (field === undefined) throw badFormat(`unknown directive ${directiveAt(text, i)}; known are ${KNOWN}`);
    if (used.has(letter)) throw badFormat(`the directive %${letter} comes twice in ${shown(format)}`);
    used.add(letter);
    if (literal !== '') tokens.push(asciiLower(literal));
    literal = '';
    tokens.push(field);
  }
  if (used.size === 0)
    throw badFormat(`expected directives such as %Y, received ${shown(format)}, which stands for one text only`);
  if (literal !== '') tokens.push(asciiLower(literal));
  return tokens;
}

function fieldOf(letter: string): Exclude<Token, string> | undefined {
  switch (letter) {
    case 'Y':
      return digits(YEAR, [4, 4], [1, 9999]);
    case 'y':
      return digits(YEAR, [2, 2], [0, 99], 2000);
    case 'm':
      return digits(MONTH, [1, 2], [1, 12]);
    case 'b':
      return { part: MONTH, names: MONTHS.map(firstThree) };
    case 'B':
      return { part: MONTH, names: MONTHS };
    case 'd':
      return digits(DAY, [1, 2], [1, 31]);
    case 'j':
      return digits(DAY_OF_YEAR, [1, 3], [1, 366]);
    case 'H':
      return digits(OTHER, [1, 2], [0, 23]);
    case 'I':
      return digits(OTHER, [1, 2], [1, 12]);
    case 'M':
    case 'S':
      return digits(OTHER, [1, 2], [0, 59]);
    case 'f':
      return digits(OTHER, [1, 9], [0, 999_999_999]);
    case 'p':
      return { part: OTHER, names: ['am', 'pm'] };
    case 'a':
      return { part: OTHER, names: WEEKDAYS.map(firstThree) };
    case 'A':
      return { part: OTHER, names: WEEKDAYS };
    case 'z':
      return null;
    default:
      return undefined;
  }
}

function digits(
  part: number,
  [fewest, most]: readonly [number, number],
  [low, high]: readonly [number, number],
  century = 0,
): DigitField {
  return { part, fewest, most, low, high, century };
}

/** Whether the text from `at` can be read by the tokens from `next`; `parts` holds what was read before, 0 for nothing. */
function accepts(tokens: readonly Token[], next: number, text: string, at: number, parts: Int32Array): boolean {
  if (next === tokens.length) return at === text.length && isDay(parts);
  const token = tokens[next]!;
  if (typeof token === 'string')
    return startsAt(text, at, token) && accepts(tokens, next + 1, text, at + token.length, parts);
  if (token === null) {
    const end = offsetEnd(text, at);
    return end > 0 && accepts(tokens, next + 1, text, end, parts);
  }
  const { part } = token;
  const known = part === OTHER ? 0 : parts[part]!;
  if ('names' in token) {
    for (let i = 0; i < token.names.length; i++) {
      if ((known !== 0 && known !== i + 1) || !startsAt(text, at, token.names[i]!)) continue;
      parts[part] = i + 1;
      if (accepts(tokens, next + 1, text, at + token.names[i]!.length, parts)) return true;
    }
  } else {
    for (let width = digitsAt(text, at, token.most); width >= token.fewest; width--) {
      let value = numberAt(text, at, width);
      if (value < token.low || value > token.high) continue;
      if (token.century > 0) value += value < 69 ? token.century : token.century - 100;
      // A year or month given twice must be the same.
      if (known !== 0 && known !== value) continue;
      parts[part] = value;
      if (accepts(tokens, next + 1, text, at + width, parts)) return true;
    }
  }
  parts[part] = known;
  return false;
}

/** Whether there is such a day. Without a year it may be a leap year. */
function isDay(parts: Int32Array): boolean {
  const leap = parts[YEAR] === 0 || daysInMonth(parts[YEAR]!, 2) === 29;
  if (parts[DAY_OF_YEAR] === 366 && !leap) return false;
  return parts[MONTH] === 0 || parts[DAY]! <= daysInMonth(leap ? 2000 : 2001, parts[MONTH]!);
}

/** End of `Z`, `+hhmm` or `+hh:mm` at a place, or 0. */
function offsetEnd(text: string, at: number): number {
  const sign = text[at];
  if (sign === 'Z') return at + 1;
  const minutes = text[at + 3] === ':' ? at + 4 : at + 3;
  if ((sign !== '+' && sign !== '-') || digitsAt(text, at + 1, 2) < 2 || digitsAt(text, minutes, 2) < 2) return 0;
  return numberAt(text, at + 1, 2) < 24 && numberAt(text, minutes, 2) < 60 ? minutes + 2 : 0;
}

/** How many digits stand at a place, at most `most`. */
function digitsAt(text: string, at: number, most: number): number {
  let width = 0;
  while (width < most && isDigit(text.charCodeAt(at + width))) width++;
  return width;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function numberAt(text: string, at: number, width: number): number {
  let value = 0;
  for (let i = at; i < at + width; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

/** Whether a lower-case text stands at a place, A to Z read as a to z. */
function startsAt(text: string, at: number, lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    const code = text.charCodeAt(at + i);
    if ((code >= 65 && code <= 90 ? code + 32 : code) !== lower.charCodeAt(i)) return false;
  }
  return true;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Every run of white space as one space. */
function oneSpace(text: string): string {
  return text.replace(/[\t-\r ]+/g, ' ');
}

function firstThree(name: string): string {
  return name.slice(0, 3);
}

/** A directive as the caller wrote it, for a message. */
function directiveAt(text: string, letterAt: number): string {
  const code = text.codePointAt(letterAt);
  return shown(text.slice(text.lastIndexOf('%', letterAt - 1), letterAt) + (code ? String.fromCodePoint(code) : ''));
}

function badFormat(message: string): SynthproofError {
  return new SynthproofError('BAD_OPTION', `format: ${message}`, { argument: 'format' });
}
