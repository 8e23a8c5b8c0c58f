import { SynthproofError } from '../errors.ts';

/**
 * Bytes of a lowercase hex text. Strict, so that one byte string has one spelling: capitals, spaces and odd lengths
 * are refused.
 *
 * @param text - An even number of the digits 0-9 and a-f.
 * @returns The bytes.
 * @throws {@link SynthproofError} `BAD_TEXT` when the text is no lowercase hex.
 * @example
 * Array.from(fromHex('00ff')); // => [0, 255]
 */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text))
    throw new SynthproofError('BAD_TEXT', 'text: expected an even number of lowercase hex digits', {
      argument: 'text',
    });
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = digit(text.charCodeAt(2 * i)) * 16 + digit(text.charCodeAt(2 * i + 1));
  return bytes;
}

function digit(unit: number): number {
  return unit < 58 ? unit - 48 : unit - 87;
}
