/**
 * Lowercase hex of bytes.
 *
 * @param bytes - The bytes.
 * @returns Two digits a byte.
 * @example
 * toHex(Uint8Array.of(0, 255)); // => '00ff'
 */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    text += HEX[byte >> 4]! + HEX[byte & 15]!;
  }
  return text;
}

const HEX = '0123456789abcdef';
