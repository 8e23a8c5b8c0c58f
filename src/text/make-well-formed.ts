/**
 * A text that UTF-8 can write: every lone surrogate becomes U+FFFD, as TextEncoder does it.
 *
 * @param text - Any text.
 * @returns The text itself when it is well-formed.
 * @example
 * makeWellFormed('a\ud800b'); // => 'a\ufffdb'
 */
export function makeWellFormed(text: string): string {
  let result = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = code < 0xdc00 ? text.charCodeAt(i + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) {
      i++;
      continue;
    }
    result += `${text.slice(start, i)}\ufffd`;
    start = i + 1;
  }
  return start === 0 ? text : result + text.slice(start);
}
