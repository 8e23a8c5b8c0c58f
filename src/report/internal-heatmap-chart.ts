import type { HeatmapChart } from '../types.ts';
import { setFigure } from './internal-figures.ts';
import { extent, shareOfSpan } from './internal-scale.ts';
import { at, type Canvas, heading, hint, label, SMALL, svg } from './internal-svg.ts';
import { escapeXml, fitted, pixels } from './internal-text.ts';

/** From light to dark; lightness falls steadily, so the order survives colour blindness and print. */
const RAMP: readonly (readonly [number, number, number])[] = [
  [247, 250, 253],
  [198, 219, 239],
  [107, 174, 214],
  [33, 113, 181],
  [8, 48, 107],
];

/** Draws coloured cells. */
export function drawHeatmap(chart: HeatmapChart, canvas: Canvas): string {
  const head = heading(chart.title, canvas);
  const given = chart.domain?.every((end) => Number.isFinite(end)) ? chart.domain : undefined;
  const [least, greatest] = given ?? extent(chart.values.flat());
  const empty = chart.x.length === 0 || chart.y.length === 0 || Number.isNaN(least);
  const top = head.height + 8;
  if (empty)
    return svg(chart.title, top + 40, `${head.body}${label('no values to draw', canvas.pad, top + 20)}`, canvas);
  const longestRow = Math.max(...chart.y.map((name) => pixels(name, SMALL)));
  const left = canvas.pad + Math.min(longestRow, canvas.width * 0.3) + 8;
  const room = canvas.width - left - 16;
  const whole = chart.values.every((row) => row.every((value) => value === null || Number.isInteger(value)));
  const size = Math.min(74, room / chart.x.length);
  const tall = Math.max(15, Math.min(34, size));
  const y0 = top + 44;
  const bottom = y0 + tall * chart.y.length;
  let body =
    head.body +
    label(fitted(`${chart.yLabel} by ${chart.xLabel}`, SMALL, canvas.width - 2 * canvas.pad), canvas.pad, top + 10);
  body += colourKey(least, greatest, canvas.pad, top + 20);
  chart.y.forEach((name, r) => {
    body += label(fitted(name, SMALL, left - 8 - canvas.pad), left - 8, y0 + tall * (r + 0.5) + 4, {
      anchor: 'end',
      tone: 'ink',
    });
    chart.x.forEach((column, c) => {
      const value = chart.values[r]?.[c];
      body += drawCell(
        value,
        `${name}, ${column}: ${setFigure(value)}`,
        left + size * c,
        y0 + tall * r,
        size,
        tall,
        least,
        greatest,
        whole,
      );
    });
  });
  const longest = Math.max(...chart.x.map((name) => pixels(name, SMALL)));
  const straight = longest <= size - 4;
  const every = straight ? 1 : Math.max(1, Math.ceil(13 / size));
  const most = Math.min(longest, 110);
  chart.x.forEach((name, c) => {
    const x = left + size * (c + 0.5);
    if (straight) body += label(name, x, bottom + 15, { anchor: 'middle', tone: 'ink' });
    else if (c % every === 0)
      body += label(fitted(name, SMALL, Math.min(most + 1, (x - 4) * 1.3)), x + 4, bottom + 13, {
        anchor: 'end',
        tone: 'ink',
        turn: -42,
      });
  });
  return svg(chart.title, bottom + (straight ? 26 : 22 + most * 0.7), body, canvas);
}

function drawCell(
  value: number | null | undefined,
  explanation: string,
  x: number,
  y: number,
  width: number,
  height: number,
  least: number,
  greatest: number,
  whole: boolean,
): string {
  const place = `x="${at(x + 0.5)}" y="${at(y + 0.5)}" width="${at(width - 1)}" height="${at(height - 1)}"`;
  // A missing value has an outline only, so that it cannot be taken for the lightest colour.
  if (value === null || value === undefined || !Number.isFinite(value))
    return (
      `<rect class="grid" ${place} fill="none" stroke="#e4e7eb" stroke-dasharray="2 2">${hint(explanation)}</rect>` +
      label('–', x + width / 2, y + height / 2 + 3.5, { anchor: 'middle', size: 10 })
    );
  const share = shareOf(value, least, greatest);
  let body = `<rect ${place} fill="${ramp(share)}">${hint(explanation)}</rect>`;
  const text = shortFigure(value, whole);
  if (pixels(text, 10) <= width - 4)
    body += `<text x="${at(x + width / 2)}" y="${at(y + height / 2 + 3.5)}" font-size="10" text-anchor="middle" fill="${share > 0.52 ? '#ffffff' : '#1c2128'}">${escapeXml(text)}</text>`;
  return body;
}

/** Two decimals, so that cells stay narrow; the explanation has the full figure. Whole numbers stay whole. */
function shortFigure(value: number, whole: boolean): string {
  if (whole || Math.abs(value) >= 100) return setFigure(Math.round(value));
  return value.toFixed(2).replace('-', '−');
}

function shareOf(value: number, least: number, greatest: number): number {
  return Math.min(1, Math.max(0, shareOfSpan(value, least, greatest)));
}

function ramp(share: number): string {
  const scaled = share * (RAMP.length - 1);
  const below = Math.min(RAMP.length - 2, Math.floor(scaled));
  const part = scaled - below;
  const from = RAMP[below]!;
  const to = RAMP[below + 1]!;
  let hex = '#';
  for (let i = 0; i < 3; i++)
    hex += Math.round(from[i]! + (to[i]! - from[i]!) * part)
      .toString(16)
      .padStart(2, '0');
  return hex;
}

function colourKey(least: number, greatest: number, x: number, y: number): string {
  const low = setFigure(least);
  const start = x + pixels(low, SMALL) + 6;
  let body = label(low, x, y + 10);
  for (let i = 0; i < 24; i++)
    body += `<rect x="${at(start + i * 5)}" y="${at(y + 1)}" width="5.3" height="10" fill="${ramp(i / 23)}"/>`;
  return body + label(setFigure(greatest), start + 126, y + 10);
}
