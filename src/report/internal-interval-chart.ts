import type { IntervalChart } from '../types.ts';
import { intervalFigures, tickFigure } from './internal-figures.ts';
import { extent, niceAxis, placed } from './internal-scale.ts';
import { at, type Canvas, colourIndex, heading, hint, LIGHT, label, legend, rule, SMALL, svg } from './internal-svg.ts';
import { fitted, pixels } from './internal-text.ts';

const ROW = 22;

/** Draws points with intervals, one line each. */
export function drawIntervals(chart: IntervalChart, canvas: Canvas): string {
  const { reference } = chart;
  const items = chart.items.map((item) => ({
    ...item,
    lower: finite(item.lower),
    upper: finite(item.upper),
    value: finite(item.value) ?? null,
  }));
  const head = heading(chart.title, canvas);
  const groups = [...new Set(items.map((item) => item.group).filter((group) => group !== undefined))];
  const key = legend(
    groups.length > 1 ? groups : [],
    canvas.pad,
    head.height + 6,
    canvas.width - 2 * canvas.pad,
    'dot',
  );
  const top = head.height + 6 + key.height;
  const [least, greatest] = extent(items.flatMap((item) => [item.value, item.lower, item.upper]).concat(reference));
  if (items.length === 0 || Number.isNaN(least))
    return svg(
      chart.title,
      top + 40,
      `${head.body}${key.body}${label('no values to draw', canvas.pad, top + 20)}`,
      canvas,
    );
  const texts = items.map((item) => intervalFigures(item.value, item.lower, item.upper));
  const figures = canvas.width >= 560 ? Math.max(...texts.map((text) => pixels(text, SMALL))) + 16 : 0;
  const longest = Math.max(...items.map((item) => pixels(item.label, SMALL)));
  const left = canvas.pad + Math.min(longest, canvas.width * 0.36) + 12;
  const right = canvas.width - 22 - figures;
  const y0 = top + 22;
  const bottom = y0 + ROW * items.length;
  const axis = niceAxis(least, greatest, Math.max(2, Math.min(6, Math.floor((right - left) / 64))), true);
  let body =
    head.body + key.body + label(fitted(chart.yLabel, SMALL, canvas.width - 2 * canvas.pad), canvas.pad, top + 12);
  for (const tick of axis.ticks) {
    const x = placed(axis, tick, left, right);
    body += rule(x, y0, x, bottom, 'grid');
    body += label(tickFigure(tick, axis.step), x, bottom + 15, { anchor: 'middle' });
  }
  if (reference !== undefined && Number.isFinite(reference)) {
    const x = placed(axis, reference, left, right);
    body += rule(x, y0 - 4, x, bottom, 'axis', '4 3');
  }
  items.forEach((item, i) => {
    const y = y0 + ROW * (i + 0.5);
    // One name for the rows of its groups.
    if (item.label !== items[i - 1]?.label)
      body += label(fitted(item.label, SMALL, left - 12 - canvas.pad), left - 12, y + 4, {
        anchor: 'end',
        tone: 'ink',
      });
    if (figures > 0) body += label(texts[i]!, canvas.width - canvas.pad, y + 4, { anchor: 'end' });
    if (item.value === null) {
      if (figures === 0) body += label('–', (left + right) / 2, y + 4, { anchor: 'middle' });
      return;
    }
    const c = colourIndex(item.group === undefined ? 0 : groups.indexOf(item.group));
    const x = placed(axis, item.value, left, right);
    const from = item.lower === undefined ? x : placed(axis, item.lower, left, right);
    const to = item.upper === undefined ? x : placed(axis, item.upper, left, right);
    body +=
      `<g>${hint(`${item.label}${item.group === undefined ? '' : `, ${item.group}`}: ${texts[i]}`)}` +
      `<path class="s${c}" d="M${at(from)} ${at(y)}H${at(to)}${item.lower === undefined ? '' : `M${at(from)} ${at(y - 4)}v8`}${item.upper === undefined ? '' : `M${at(to)} ${at(y - 4)}v8`}" stroke="${LIGHT[c]}" stroke-width="1.5" fill="none"/>` +
      `<circle class="f${c} rim" cx="${at(x)}" cy="${at(y)}" r="4" fill="${LIGHT[c]}" stroke="#ffffff"/></g>`;
  });
  body += label(fitted(chart.xLabel, SMALL, right - left), (left + right) / 2, bottom + 32, { anchor: 'middle' });
  return svg(chart.title, bottom + 44, body, canvas);
}

/** What cannot be placed is left out. */
function finite(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : undefined;
}
