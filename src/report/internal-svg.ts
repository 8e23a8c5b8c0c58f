import { escapeXml, fitted, pixels, wrapped } from './internal-text.ts';

/** Colours of series that colour-blind readers can tell apart (after Okabe and Ito), on white. */
export const LIGHT: readonly string[] = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#b65a92',
  '#c98a00',
  '#3b94c9',
  '#4d545c',
  '#8a6d3b',
];
/** The same, lightened for a dark ground. */
const DARK: readonly string[] = [
  '#4fa9e2',
  '#f28b4d',
  '#3cc79c',
  '#e29cc6',
  '#efb536',
  '#92d1f7',
  '#b4bbc3',
  '#cdb07c',
];
/** Dashes of lines, so that colour is not all that tells them apart. */
const DASHES: readonly string[] = ['', '6 3', '2 3', '9 3 2 3', '12 4', '4 2 1 2', '1 4', '8 2'];

/** Font size of labels and ticks. */
export const SMALL = 11;
const TITLE = 14;
const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Index of the colour of series i. */
export function colourIndex(series: number): number {
  return series % LIGHT.length;
}

/** Style rules of the charts for a dark ground; on a light one the attributes of the elements hold. */
export function chartStyle(): string {
  const series = DARK.map((colour, i) => `.sp-chart .f${i}{fill:${colour}}.sp-chart .s${i}{stroke:${colour}}`).join('');
  return (
    '.sp-chart text{font-variant-numeric:tabular-nums}' +
    '@media (prefers-color-scheme:dark){' +
    '.sp-chart .paper{fill:#14171b}.sp-chart .ink{fill:#e8ebef}.sp-chart .mute{fill:#a3acb7}' +
    `.sp-chart .grid{stroke:#2b3138}.sp-chart .axis{stroke:#7b8692}.sp-chart .rim{stroke:#14171b}${series}}`
  );
}

/** A number as an SVG coordinate: two decimals at most. */
export function at(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Number.isFinite(rounded) ? rounded + 0 : 0);
}

/** A text element. `anchor` is start, middle or end; `turn` rotates it around its point, in degrees. */
export function label(
  text: string,
  x: number,
  y: number,
  options: { anchor?: string; tone?: string; turn?: number; size?: number; bold?: boolean; fill?: string } = {},
): string {
  const { anchor = 'start', tone = 'mute', turn = 0, size = SMALL, bold = false, fill } = options;
  const colour = fill ?? (tone === 'ink' ? '#1c2128' : '#59636e');
  const tag = fill === undefined ? ` class="${tone}"` : '';
  return (
    `<text${tag} x="${at(x)}" y="${at(y)}" fill="${colour}" font-size="${size}"` +
    (anchor === 'start' ? '' : ` text-anchor="${anchor}"`) +
    (bold ? ' font-weight="600"' : '') +
    (turn === 0 ? '' : ` transform="rotate(${turn} ${at(x)} ${at(y)})"`) +
    `>${escapeXml(text)}</text>`
  );
}

/** A straight line of the grid or an axis. */
export function rule(x1: number, y1: number, x2: number, y2: number, tone: 'grid' | 'axis', dash = ''): string {
  return `<line class="${tone}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${tone === 'grid' ? '#e4e7eb' : '#6b7682'}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`;
}

/** A mark's explanation, shown by browsers when pointed at. */
export function hint(text: string): string {
  return `<title>${escapeXml(text)}</title>`;
}

/** A legend: swatches and names in rows. */
export function legend(
  names: readonly string[],
  x: number,
  y: number,
  width: number,
  sign: 'box' | 'line' | 'shape' | 'dot',
): { body: string; height: number } {
  let body = '';
  let left = x;
  let top = y;
  names.forEach((name, i) => {
    const indent = sign === 'line' ? 24 : 16;
    const shown = fitted(name, SMALL, Math.min(220, width - 24));
    const room = indent + pixels(shown, SMALL) + 14;
    if (left > x && left + room > x + width) {
      left = x;
      top += 17;
    }
    const c = colourIndex(i);
    if (sign === 'line')
      body += `<line class="s${c}" x1="${at(left)}" y1="${at(top + 6)}" x2="${at(left + 18)}" y2="${at(top + 6)}" stroke="${LIGHT[c]}" stroke-width="2"${dashOf(i)}/>`;
    else if (sign === 'box')
      body += `<rect class="f${c}" x="${at(left)}" y="${at(top + 1)}" width="10" height="10" rx="2" fill="${LIGHT[c]}"/>`;
    else body += `<g class="f${c}" fill="${LIGHT[c]}">${shape(sign === 'dot' ? 0 : i, left + 6, top + 6)}</g>`;
    body += label(shown, left + indent, top + 10, { tone: 'ink' });
    left += room;
  });
  return { body, height: names.length === 0 ? 0 : top - y + 20 };
}

/** A point of series i: shape as well as colour tells series apart. */
export function shape(series: number, x: number, y: number): string {
  if (series % 3 === 0) return `<circle cx="${at(x)}" cy="${at(y)}" r="3"/>`;
  if (series % 3 === 1) return `<rect x="${at(x - 2.7)}" y="${at(y - 2.7)}" width="5.4" height="5.4"/>`;
  return `<path d="M${at(x)} ${at(y - 3.8)}l3.6 6.4h-7.2z"/>`;
}

/** The attribute that dashes the line of series i. */
export function dashOf(series: number): string {
  const dash = DASHES[series % DASHES.length]!;
  return dash === '' ? '' : ` stroke-dasharray="${dash}"`;
}

/** How a picture is put on the page. */
export interface Canvas {
  /** Width in pixels. */
  readonly width: number;
  /** Whether the picture stands alone: with a title, a ground and its style. */
  readonly alone: boolean;
  /** Space at the left edge. */
  readonly pad: number;
}

/** The heading of a picture that stands alone. */
export function heading(title: string, canvas: Canvas): { body: string; height: number } {
  if (!canvas.alone) return { body: '', height: 4 };
  // Bold letters are about an eighth wider.
  const lines = wrapped(title, TITLE, (canvas.width - 2 * canvas.pad) / 1.12, 3);
  const body = lines
    .map((line, i) => label(line, canvas.pad, 24 + i * 18, { tone: 'ink', size: TITLE, bold: true }))
    .join('');
  return { body, height: 16 + lines.length * 18 };
}

/** The whole picture. */
export function svg(title: string, height: number, body: string, canvas: Canvas): string {
  const { width, alone } = canvas;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="sp-chart" viewBox="0 0 ${width} ${at(height)}" width="${width}" height="${at(height)}" ` +
    `role="img" aria-label="${escapeXml(title)}" font-family="${FONT}">` +
    (alone ? `<style>${chartStyle()}</style><rect class="paper" width="100%" height="100%" fill="#ffffff"/>` : '') +
    `${body}</svg>`
  );
}
