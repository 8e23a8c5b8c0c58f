import { SynthproofError } from '../errors.ts';

/**
 * Canonical JSON: one text per value, so that equal data have equal hashes.
 *
 * Keys sorted by UTF-16 code unit, no white space, numbers and strings as ECMAScript writes them, -0 as 0.
 * Source: RFC 8785 (JCS), section 3.2.
 *
 * @param value - null, booleans, finite numbers, strings without lone surrogates, arrays, and plain objects of these.
 * @returns The text; hash its UTF-8 bytes.
 * @throws {@link SynthproofError} `BAD_JSON` at undefined, NaN, Infinity, bigint, a lone surrogate, a hole in an
 * array, an object that is not plain (a Map, a typed array, a Date), or more than 512 levels (cycles end here too).
 * @example
 * canonicalJson({ b: [1.0, -0, 1e21], a: 'é' }); // => '{"a":"é","b":[1,0,1e+21]}'
 */
export function canonicalJson(value: unknown): string {
  return write(value, [], 0);
}

/** The keys that lead to a value: the first `depth` entries; those behind are left from other branches. */
type Path = (string | number)[];

function write(value: unknown, path: Path, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path, depth);
    case 'number':
      if (!Number.isFinite(value)) throw refuse(path, depth, String(value), 'a finite number or null');
      return value === 0 ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    default:
      throw refuse(path, depth, typeof value, 'a JSON value; leave absent fields out');
  }
  if (value === null) return 'null';
  if (depth >= 512) throw refuse(path, 8, 'more than 512 levels', 'at most 512 levels and no cycle');
  if (Array.isArray(value)) {
    let text = '[';
    for (let i = 0; i < value.length; i++) {
      if (i > 0) text += ',';
      path[depth] = i;
      text += write(value[i], path, depth + 1);
    }
    return `${text}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw refuse(path, depth, 'an object of a class', 'a plain object');
  // Array.prototype.sort compares strings by UTF-16 code unit, which is the order RFC 8785 section 3.2.3 asks for.
  const keys = Object.keys(value).sort();
  let text = '{';
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (i > 0) text += ',';
    path[depth] = key;
    text += `${writeString(key, path, depth + 1)}:${write((value as Record<string, unknown>)[key], path, depth + 1)}`;
  }
  return `${text}}`;
}

function writeString(text: string, path: Path, depth: number): string {
  // For well-formed text JSON.stringify is exactly RFC 8785 section 3.2.2.2; lone surrogates it escapes as \ud....
  const written = JSON.stringify(text);
  // In a unicode pattern a surrogate class matches lone surrogates only.
  if (written.includes('\\ud') && /[\ud800-\udfff]/u.test(text))
    throw refuse(path, depth, 'a lone surrogate', 'well-formed text');
  return written;
}

function refuse(path: Path, depth: number, received: string, expected: string): SynthproofError {
  const place = path
    .slice(0, depth)
    .map((key) => `/${key}`)
    .join('');
  return new SynthproofError('BAD_JSON', `value${place}: expected ${expected}, received ${received}`, {
    argument: 'value',
  });
}
