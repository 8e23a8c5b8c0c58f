import { SynthproofError } from '../errors.ts';

// Long argument lists overflow the engine's stack; 8192 code units at a time do not.
const CHUNK = 8192;

/**
 * Text of UTF-8 bytes. Refuses every byte sequence that is not well-formed (overlong forms, surrogates, cut-off
 * characters, values past U+10FFFF) and keeps a byte order mark as a character, so that two different byte strings
 * never give one text.
 * Source: RFC 3629, section 4.
 *
 * @param bytes - The bytes.
 * @returns The text.
 * @throws {@link SynthproofError} `BAD_TEXT` at the first ill-formed byte.
 * @example
 * decodeUtf8(Uint8Array.of(0xe2, 0x82, 0xac)); // => '€'
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const units = new Uint16Array(CHUNK + 2);
  let count = 0;
  let text = '';
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      units[count++] = lead;
      i++;
    } else {
      const extra =
        lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
      let point = extra === 1 ? lead & 31 : extra === 2 ? lead & 15 : lead & 7;
      let good = extra > 0 && i + extra < bytes.length;
      for (let k = 1; good && k <= extra; k++) {
        const next = bytes[i + k]!;
        good = (next & 0xc0) === 0x80;
        point = (point << 6) | (next & 63);
      }
      if (extra === 2) good &&= point >= 0x800 && (point < 0xd800 || point > 0xdfff);
      if (extra === 3) good &&= point >= 0x10000 && point <= 0x10ffff;
      if (!good)
        throw new SynthproofError('BAD_TEXT', `bytes: not well-formed UTF-8 at byte ${i}`, { argument: 'bytes' });
      if (point < 0x10000) units[count++] = point;
      else {
        units[count++] = 0xd800 + ((point - 0x10000) >> 10);
        units[count++] = 0xdc00 + ((point - 0x10000) & 1023);
      }
      i += extra + 1;
    }
    if (count >= CHUNK) {
      text += String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]);
      count = 0;
    }
  }
  return text + String.fromCharCode.apply(null, units.subarray(0, count) as unknown as number[]);
}
