import { SynthproofError } from '../errors.ts';

/**
 * UTF-8 bytes of a text, without any Unicode normalisation.
 *
 * Unlike TextEncoder it refuses lone surrogates, which would otherwise become U+FFFD and make two different texts
 * hash alike.
 * Source: RFC 3629.
 *
 * @param text - Any text.
 * @returns The bytes.
 * @throws {@link SynthproofError} `BAD_TEXT` at a lone surrogate.
 * @example
 * Array.from(utf8('é')); // => [195, 169]
 */
export function utf8(text: string): Uint8Array {
  const buffer = new Uint8Array(text.length * 3);
  const length = fillUtf8(buffer, 0, text);
  if (length < 0) {
    const unit = text.charCodeAt(-1 - length).toString(16);
    throw new SynthproofError(
      'BAD_TEXT',
      `text: lone surrogate U+${unit.toUpperCase()} at index ${-1 - length}; remove or repair it, it has no UTF-8 form`,
      { argument: 'text' },
    );
  }
  return buffer.slice(0, length);
}

/**
 * Writes a text's UTF-8 bytes into a buffer that has room for three bytes per code unit.
 *
 * @param out - Buffer.
 * @param offset - Where to start writing.
 * @param text - The text.
 * @returns The offset after the last byte, or `-1 - index` of a lone surrogate.
 */
export function fillUtf8(out: Uint8Array, offset: number, text: string): number {
  let at = offset;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      out[at++] = unit;
      continue;
    }
    const point = text.codePointAt(i)!;
    if (point < 0x800) out[at++] = 0xc0 | (point >> 6);
    else {
      if (point < 0x10000) {
        if (point >= 0xd800 && point <= 0xdfff) return -1 - i;
        out[at++] = 0xe0 | (point >> 12);
      } else {
        out[at++] = 0xf0 | (point >> 18);
        out[at++] = 0x80 | ((point >> 12) & 63);
        i++;
      }
      out[at++] = 0x80 | ((point >> 6) & 63);
    }
    out[at++] = 0x80 | (point & 63);
  }
  return at;
}
