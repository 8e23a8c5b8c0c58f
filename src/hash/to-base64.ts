/**
 * Base64 of bytes: standard alphabet, padded, no line breaks.
 * Source: RFC 4648, section 4.
 *
 * @param bytes - The bytes.
 * @returns The text.
 * @example
 * toBase64(Uint8Array.of(102, 111)); // => 'Zm8='
 */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const word = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    text += BASE64[word >> 18]! + BASE64[(word >> 12) & 63]! + BASE64[(word >> 6) & 63]! + BASE64[word & 63]!;
  }
  if (bytes.length - whole === 1) {
    const word = bytes[whole]! << 4;
    text += `${BASE64[word >> 6]!}${BASE64[word & 63]!}==`;
  } else if (bytes.length - whole === 2) {
    const word = (bytes[whole]! << 10) | (bytes[whole + 1]! << 2);
    text += `${BASE64[word >> 12]!}${BASE64[(word >> 6) & 63]!}${BASE64[word & 63]!}=`;
  }
  return text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
