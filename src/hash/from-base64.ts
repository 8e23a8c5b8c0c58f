import { SynthproofError } from '../errors.ts';

/**
 * Bytes of a base64 text. Strict and canonical: standard alphabet, full padding, no white space, unused bits zero.
 * One byte string has exactly one spelling, so a signed envelope cannot be respelled.
 * Source: RFC 4648, sections 3.5 and 4.
 *
 * @param text - The text.
 * @returns The bytes.
 * @throws {@link SynthproofError} `BAD_TEXT` when the text is no canonical base64.
 * @example
 * Array.from(fromBase64('Zm8=')); // => [102, 111]
 */
export function fromBase64(text: string): Uint8Array {
  let padding = 0;
  if (text.endsWith('==')) padding = 2;
  else if (text.endsWith('=')) padding = 1;
  const length = (text.length / 4) * 3 - padding;
  if (text.length % 4 !== 0) throw refuse('a length that is a multiple of 4', text.length);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let word = 0;
    for (let k = 0; k < 4; k++) {
      const pad = i + k >= text.length - padding;
      const value = pad ? 0 : sextet(text.charCodeAt(i + k));
      if (value < 0) throw refuse('only A-Z a-z 0-9 + / and closing padding', `code unit ${text.charCodeAt(i + k)}`);
      word = (word << 6) | value;
    }
    if (i + 4 === text.length && (word & (padding === 2 ? 0xffff : padding === 1 ? 0xff : 0)) !== 0)
      throw refuse('unused bits that are zero', 'other bits');
    bytes[at++] = word >> 16;
    if (at < length) bytes[at++] = word >> 8;
    if (at < length) bytes[at++] = word;
  }
  return bytes;
}

function sextet(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit - 65;
  if (unit >= 97 && unit <= 122) return unit - 71;
  if (unit >= 48 && unit <= 57) return unit + 4;
  return unit === 43 ? 62 : unit === 47 ? 63 : -1;
}

function refuse(expected: string, received: string | number): SynthproofError {
  return new SynthproofError('BAD_TEXT', `text: not canonical base64; expected ${expected}, received ${received}`, {
    argument: 'text',
  });
}
