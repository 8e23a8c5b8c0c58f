/**
 * What XML cannot carry or a reader would not see: controls, lone surrogates, overrides of the writing direction. The
 * general categories Cc and Cs are the same in every version of Unicode.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Text on one line, with what cannot be shown replaced by U+FFFD. Terminals get no escape sequences from data. */
export function plain(text: string): string {
  return text.replace(/[\t\n\r\u2028\u2029]+/g, ' ').replace(UNPRINTABLE, '\ufffd');
}

/** Text for HTML and SVG, inside elements and double-quoted attributes. */
export function escapeXml(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Text for Markdown, inside a line or a table's cell, with everything that could be mark-up escaped. */
export function escapeMarkdown(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]|~$#!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/**
 * Width of a text in em: estimated by classes of characters, so the same everywhere, and for the widest of the usual
 * fonts, so that nothing overlaps.
 */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code > 0x2e80) width += 1;
    else if ("iljtfrI.,:;|!'()[] -".includes(character)) width += 0.4;
    else if ('mwMW%@'.includes(character)) width += 0.95;
    else if (code >= 65 && code <= 90) width += 0.71;
    else width += 0.615;
  }
  return width;
}

/** Width of a text in pixels at a font size. */
export function pixels(text: string, size: number): number {
  return textWidth(text) * size;
}

/** The text, cut with an ellipsis to a width in pixels. */
export function fitted(text: string, size: number, width: number): string {
  if (pixels(text, size) <= width) return text;
  const characters = [...text];
  let kept = characters.length;
  while (kept > 1 && pixels(`${characters.slice(0, kept).join('')}…`, size) > width) kept--;
  return `${characters.slice(0, kept).join('').trimEnd()}…`;
}

/** The text broken at spaces into lines of a width in pixels; at most `most` lines, the last one cut. */
export function wrapped(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && pixels(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).join(' '));
  return lines.map((part) => fitted(part, size, width));
}
