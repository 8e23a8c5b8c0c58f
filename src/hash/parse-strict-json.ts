import { SynthproofError } from '../errors.ts';

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Where the reader stands. */
interface Reader {
  readonly text: string;
  at: number;
}

/**
 * Parses JSON and refuses whatever two parsers could read differently: duplicate keys, `__proto__` keys, lone
 * surrogates, a byte order mark, trailing data, more than 512 levels, numbers that overflow, and integers beyond
 * 2^53 - 1 (write those as strings).
 *
 * Objects come back with own properties only.
 * Source: RFC 8259 for the grammar, RFC 7493 (I-JSON) for what is refused.
 *
 * @param text - The whole document.
 * @returns The value.
 * @throws {@link SynthproofError} `BAD_JSON` with the index of the first fault.
 * @example
 * parseStrictJson('{"a":[1,true]}'); // => { a: [1, true] }
 */
export function parseStrictJson(text: string): JsonValue {
  const reader: Reader = { text, at: 0 };
  skipSpace(reader);
  const value = readValue(reader, 0);
  skipSpace(reader);
  if (reader.at !== text.length) throw refuse(reader, 'trailing data after the document');
  return value;
}

function readValue(reader: Reader, depth: number): JsonValue {
  const { text } = reader;
  switch (text.charCodeAt(reader.at)) {
    case 123: // {
      return readObject(reader, depth + 1);
    case 91: // [
      return readArray(reader, depth + 1);
    case 34: // "
      return readString(reader);
    case 116: // t
      return readWord(reader, 'true', true);
    case 102: // f
      return readWord(reader, 'false', false);
    case 110: // n
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readObject(reader: Reader, depth: number): JsonValue {
  if (depth > 512) throw refuse(reader, 'more than 512 levels');
  const { text } = reader;
  const object: Record<string, JsonValue> = {};
  reader.at++;
  skipSpace(reader);
  if (text.charCodeAt(reader.at) === 125) {
    reader.at++;
    return object;
  }
  for (;;) {
    if (text.charCodeAt(reader.at) !== 34) throw refuse(reader, 'expected a key in double quotes');
    const start = reader.at;
    const key = readString(reader);
    if (key === '__proto__') throw refuse({ text, at: start }, 'the key "__proto__"');
    if (Object.hasOwn(object, key))
      throw refuse({ text, at: start }, `duplicate key ${JSON.stringify(key.slice(0, 60))}`);
    skipSpace(reader);
    if (text.charCodeAt(reader.at) !== 58) throw refuse(reader, 'expected ":"');
    reader.at++;
    skipSpace(reader);
    object[key] = readValue(reader, depth);
    skipSpace(reader);
    const next = text.charCodeAt(reader.at);
    reader.at++;
    if (next === 125) return object;
    if (next !== 44) throw refuse({ text, at: reader.at - 1 }, 'expected "," or "}"');
    skipSpace(reader);
  }
}

function readArray(reader: Reader, depth: number): JsonValue {
  if (depth > 512) throw refuse(reader, 'more than 512 levels');
  const { text } = reader;
  const array: JsonValue[] = [];
  reader.at++;
  skipSpace(reader);
  if (text.charCodeAt(reader.at) === 93) {
    reader.at++;
    return array;
  }
  for (;;) {
    array.push(readValue(reader, depth));
    skipSpace(reader);
    const next = text.charCodeAt(reader.at);
    reader.at++;
    if (next === 93) return array;
    if (next !== 44) throw refuse({ text, at: reader.at - 1 }, 'expected "," or "]"');
    skipSpace(reader);
  }
}

function readString(reader: Reader): string {
  const { text } = reader;
  let result = '';
  let start = reader.at + 1;
  let at = start;
  // Whether the code unit before was a high surrogate that still waits for its low one.
  let high = false;
  for (;;) {
    let unit = text.charCodeAt(at);
    if (!high) {
      // Most of any document: neither quote, backslash, control character nor surrogate.
      while (unit >= 32 && unit < 0xd800 && unit !== 34 && unit !== 92) unit = text.charCodeAt(++at);
    }
    if (unit === 34) break;
    // charCodeAt is NaN past the end; the comparison below is false then too.
    if (!(unit >= 32))
      throw refuse({ text, at }, at >= text.length ? 'text ends inside a string' : 'control character in a string');
    if (unit === 92) {
      result += text.slice(start, at);
      const letter = text.charCodeAt(at + 1);
      if (letter === 117) {
        unit = readHex4(reader, at + 2);
        at += 6;
      } else {
        unit = ESCAPES[letter] ?? 0;
        if (unit === 0) throw refuse({ text, at }, 'unknown escape');
        at += 2;
      }
      result += String.fromCharCode(unit);
      start = at;
    } else at++;
    if ((unit & 0xfc00) === 0xdc00 ? !high : high) throw refuse({ text, at }, 'lone surrogate');
    high = (unit & 0xfc00) === 0xd800;
  }
  if (high) throw refuse({ text, at }, 'lone surrogate');
  reader.at = at + 1;
  return result === '' ? text.slice(start, at) : result + text.slice(start, at);
}

/** Letter after the backslash to the code unit it stands for. */
const ESCAPES: { readonly [letter: number]: number } = {
  34: 34,
  47: 47,
  92: 92,
  98: 8,
  102: 12,
  110: 10,
  114: 13,
  116: 9,
};

function readHex4(reader: Reader, from: number): number {
  let value = 0;
  for (let i = from; i < from + 4; i++) {
    const unit = reader.text.charCodeAt(i);
    const digit =
      unit >= 48 && unit <= 57
        ? unit - 48
        : unit >= 97 && unit <= 102
          ? unit - 87
          : unit >= 65 && unit <= 70
            ? unit - 55
            : -1;
    if (digit < 0) throw refuse({ text: reader.text, at: i }, 'expected four hex digits after \\u');
    value = value * 16 + digit;
  }
  return value;
}

function readWord<T>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw refuse(reader, `expected ${word}`);
  reader.at += word.length;
  return value;
}

function readNumber(reader: Reader): number {
  const { text } = reader;
  const start = reader.at;
  let at = start;
  if (text.charCodeAt(at) === 45) at++;
  const first = at;
  while (isDigit(text.charCodeAt(at))) at++;
  if (at === first)
    throw refuse(reader, at >= text.length ? 'text ends where a value is expected' : 'expected a value');
  if (at - first > 1 && text.charCodeAt(first) === 48) throw refuse(reader, 'leading zero in a number');
  let whole = true;
  if (text.charCodeAt(at) === 46) {
    whole = false;
    const digits = ++at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === digits) throw refuse({ text, at }, 'expected a digit after "."');
  }
  if ((text.charCodeAt(at) | 32) === 101) {
    whole = false;
    at++;
    if (text.charCodeAt(at) === 43 || text.charCodeAt(at) === 45) at++;
    const digits = at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === digits) throw refuse({ text, at }, 'expected a digit in the exponent');
  }
  const value = Number(text.slice(start, at));
  if (whole && !Number.isSafeInteger(value)) throw refuse(reader, 'integer beyond 2^53 - 1; write it as a string');
  if (!Number.isFinite(value)) throw refuse(reader, 'number too large for a double');
  reader.at = at;
  return value;
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

function skipSpace(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const unit = text.charCodeAt(reader.at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
    reader.at++;
  }
}

function refuse(reader: Reader, fault: string): SynthproofError {
  return new SynthproofError('BAD_JSON', `text: ${fault} at index ${reader.at}`, { argument: 'text' });
}
