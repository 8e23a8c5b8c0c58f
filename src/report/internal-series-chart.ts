import type { ChartSeries, SeriesChart } from '../types.ts';
import { setFigure, tickFigure } from './internal-figures.ts';
import { type Axis, extent, niceAxis, placed } from './internal-scale.ts';
import {
  at,
  type Canvas,
  colourIndex,
  dashOf,
  heading,
  hint,
  LIGHT,
  label,
  legend,
  rule,
  SMALL,
  shape,
  svg,
} from './internal-svg.ts';
import { fitted, pixels } from './internal-text.ts';

/** The rectangle between the axes. */
interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Most categories that become horizontal bars; more are drawn upright with thinned labels. */
const MOST_ROWS = 40;

/** Draws bars, lines, steps or points. */
export function drawSeries(chart: SeriesChart, canvas: Canvas): string {
  const { series, kind } = chart;
  const categorical = kind === 'bar' || series.some((one) => one.x.some((x) => typeof x === 'string'));
  const head = heading(chart.title, canvas);
  const names = series.length > 1 ? series.map((one) => one.name) : [];
  const key = legend(
    names,
    canvas.pad,
    head.height + 6,
    canvas.width - 2 * canvas.pad,
    kind === 'bar' ? 'box' : kind === 'scatter' ? 'shape' : 'line',
  );
  const top = head.height + 6 + key.height;
  const found = extent(series.flatMap((one) => one.x.map((_, i) => one.y[i])));
  if (Number.isNaN(found[0]))
    return svg(
      chart.title,
      top + 40,
      `${head.body}${key.body}${label('no values to draw', canvas.pad, top + 20)}`,
      canvas,
    );
  const categories = categorical ? namesOf(series) : [];
  if (kind === 'bar') {
    const room = (canvas.width - 70) / Math.max(1, categories.length);
    const longest = Math.max(...categories.map((name) => pixels(name, SMALL)));
    if (longest > room - 6 && categories.length <= MOST_ROWS)
      return drawRows(chart, categories, found, head.body + key.body, top, canvas);
  }
  const plot: Plot = { left: 0, right: canvas.width - 16, top: top + 24, bottom: top + 24 + 230 };
  const yAxis = niceAxis(
    kind === 'bar' ? Math.min(0, found[0]) : found[0],
    kind === 'bar' ? Math.max(0, found[1]) : found[1],
    5,
    true,
  );
  const yTexts = yAxis.ticks.map((tick) => tickFigure(tick, yAxis.step));
  const left = canvas.pad + Math.max(...yTexts.map((text) => pixels(text, SMALL))) + 6;
  const area = { ...plot, left };
  let body =
    head.body + key.body + label(fitted(chart.yLabel, SMALL, canvas.width - 2 * canvas.pad), canvas.pad, top + 12);
  yAxis.ticks.forEach((tick, i) => {
    const y = placed(yAxis, tick, area.bottom, area.top);
    body += rule(area.left, y, area.right, y, tick === 0 ? 'axis' : 'grid');
    body += label(yTexts[i]!, area.left - 6, y + 4, { anchor: 'end' });
  });
  let below: { body: string; height: number };
  let xOf: (x: number | string) => number;
  if (categorical) {
    const band = (area.right - area.left) / categories.length;
    const index = new Map(categories.map((name, i) => [name, i]));
    xOf = (x) => area.left + band * (index.get(nameOf(x))! + 0.5);
    below = categoryLabels(categories, area, band);
  } else {
    const [low, high] = extent(series.flatMap((one) => one.x as readonly number[]));
    const ticks = Math.max(3, Math.min(8, Math.floor((area.right - area.left) / 80)));
    const axis = niceAxis(low, high, ticks, false);
    const inset = kind === 'scatter' ? 6 : 0;
    xOf = (x) => placed(axis, x as number, area.left + inset, area.right - inset);
    below = numericLabels(axis, area, xOf);
  }
  body += below.body;
  series.forEach((one, i) => {
    if (kind === 'bar') body += uprightBars(one, i, series.length, categories.length, area, yAxis, xOf);
    else if (kind === 'scatter') body += points(one, i, area, yAxis, xOf);
    else body += path(one, i, kind === 'step', area, yAxis, xOf);
  });
  const foot = area.bottom + below.height;
  body += label(fitted(chart.xLabel, SMALL, area.right - area.left), (area.left + area.right) / 2, foot + 14, {
    anchor: 'middle',
  });
  return svg(chart.title, foot + 26, body, canvas);
}

function nameOf(x: number | string): string {
  return typeof x === 'number' ? setFigure(x) : x;
}

/** The categories of all series in the order in which they first occur. */
function namesOf(series: readonly ChartSeries[]): string[] {
  const names = new Set<string>();
  for (const one of series) for (const x of one.x) names.add(nameOf(x));
  return [...names];
}

/** Names under the axis: straight where they fit, else turned, and only every n-th where even that is too dense. */
function categoryLabels(names: readonly string[], area: Plot, band: number): { body: string; height: number } {
  const longest = Math.max(...names.map((name) => pixels(name, SMALL)));
  let body = '';
  if (longest <= band - 6) {
    names.forEach((name, i) => {
      body += label(name, area.left + band * (i + 0.5), area.bottom + 16, { anchor: 'middle' });
    });
    return { body, height: 22 };
  }
  const every = Math.max(1, Math.ceil(15 / band));
  const most = 110;
  names.forEach((name, i) => {
    if (i % every !== 0) return;
    const x = area.left + band * (i + 0.5);
    body += label(fitted(name, SMALL, Math.min(most, (x - 4) * 1.3)), x + 4, area.bottom + 13, {
      anchor: 'end',
      turn: -42,
    });
  });
  return { body, height: 20 + Math.min(longest, most) * 0.7 };
}

function numericLabels(axis: Axis, area: Plot, xOf: (x: number) => number): { body: string; height: number } {
  let body = rule(area.left, area.bottom, area.right, area.bottom, 'axis');
  const texts = axis.ticks.map((tick) => tickFigure(tick, axis.step));
  const widest = Math.max(0, ...texts.map((text) => pixels(text, SMALL)));
  const gap = axis.ticks.length > 1 ? xOf(axis.ticks[1]!) - xOf(axis.ticks[0]!) : area.right;
  const every = Math.max(1, Math.ceil((widest + 10) / gap));
  axis.ticks.forEach((tick, i) => {
    const x = xOf(tick);
    body += rule(x, area.bottom, x, area.bottom + 4, 'axis');
    if (i % every === 0) {
      const half = pixels(texts[i]!, SMALL) / 2;
      body += label(texts[i]!, Math.min(x, area.right + 12 - half), area.bottom + 17, { anchor: 'middle' });
    }
  });
  return { body, height: 24 };
}

function uprightBars(
  series: ChartSeries,
  index: number,
  count: number,
  categories: number,
  area: Plot,
  axis: Axis,
  xOf: (x: number | string) => number,
): string {
  const band = (area.right - area.left) / categories;
  const width = Math.min(46, (band * 0.78) / count);
  const zero = placed(axis, 0, area.bottom, area.top);
  const c = colourIndex(index);
  let gaps = '';
  let body = `<g class="f${c}" fill="${LIGHT[c]}">`;
  for (let k = 0; k < series.x.length; k++) {
    const value = series.y[k];
    const x = xOf(series.x[k]!) + (index - count / 2) * width;
    if (value === null || value === undefined || !Number.isFinite(value)) {
      // A dash, so that a value that is missing cannot be taken for zero.
      gaps += label('–', x + width / 2, zero - 4, { anchor: 'middle' });
      continue;
    }
    const y = placed(axis, value, area.bottom, area.top);
    body +=
      `<rect x="${at(x)}" y="${at(Math.min(y, zero))}" width="${at(Math.max(0.5, width - 1))}" height="${at(Math.abs(y - zero))}">` +
      `${hint(`${nameOf(series.x[k]!)}, ${series.name}: ${setFigure(value)}`)}</rect>`;
  }
  return `${body}</g>${gaps}`;
}

function points(
  series: ChartSeries,
  index: number,
  area: Plot,
  axis: Axis,
  xOf: (x: number | string) => number,
): string {
  const c = colourIndex(index);
  const faint = series.x.length > 300 ? 0.45 : 0.8;
  let body = `<g class="f${c}" fill="${LIGHT[c]}" fill-opacity="${faint}">`;
  for (let k = 0; k < series.x.length; k++) {
    const value = series.y[k];
    const place = series.x[k]!;
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (typeof place === 'number' && !Number.isFinite(place)) continue;
    const x = xOf(place);
    const y = placed(axis, value, area.bottom, area.top);
    body += shape(index, x, y);
  }
  return `${body}</g>`;
}

function path(
  series: ChartSeries,
  index: number,
  step: boolean,
  area: Plot,
  axis: Axis,
  xOf: (x: number | string) => number,
): string {
  const c = colourIndex(index);
  let line = '';
  let lonely = '';
  let run = 0;
  let lastX = 0;
  let lastY = 0;
  const close = (): void => {
    // A single point between gaps has no line: a dot shows it.
    if (run === 1) lonely += `<circle class="f${c}" cx="${at(lastX)}" cy="${at(lastY)}" r="2.5" fill="${LIGHT[c]}"/>`;
    run = 0;
  };
  for (let k = 0; k < series.x.length; k++) {
    const value = series.y[k];
    const place = series.x[k]!;
    if (
      value === null ||
      value === undefined ||
      !Number.isFinite(value) ||
      (typeof place === 'number' && !Number.isFinite(place))
    ) {
      close();
      continue;
    }
    const x = xOf(place);
    const y = placed(axis, value, area.bottom, area.top);
    if (run === 0) line += `M${at(x)} ${at(y)}`;
    else line += step ? `H${at(x)}V${at(y)}` : `L${at(x)} ${at(y)}`;
    run++;
    lastX = x;
    lastY = y;
  }
  close();
  return `<path class="s${c}" d="${line}" fill="none" stroke="${LIGHT[c]}" stroke-width="2" stroke-linejoin="round"${dashOf(index)}/>${lonely}`;
}

/** Bars as rows, for names too long to stand side by side. */
function drawRows(
  chart: SeriesChart,
  categories: readonly string[],
  found: readonly [number, number],
  head: string,
  top: number,
  canvas: Canvas,
): string {
  const { series } = chart;
  const longest = Math.max(...categories.map((name) => pixels(name, SMALL)));
  const left = canvas.pad + Math.min(longest, canvas.width * 0.38) + 8;
  const thick = Math.min(16, Math.max(9, 30 / series.length));
  const band = thick * series.length + 8;
  const area: Plot = { left, right: canvas.width - 22, top: top + 22, bottom: top + 22 + band * categories.length };
  const axis = niceAxis(
    Math.min(0, found[0]),
    Math.max(0, found[1]),
    Math.max(2, Math.min(6, Math.floor((area.right - area.left) / 64))),
    true,
  );
  let body = head + label(fitted(chart.xLabel, SMALL, canvas.width - 2 * canvas.pad), canvas.pad, top + 12);
  for (const tick of axis.ticks) {
    const x = placed(axis, tick, area.left, area.right);
    body += rule(x, area.top, x, area.bottom, tick === 0 ? 'axis' : 'grid');
    body += label(tickFigure(tick, axis.step), x, area.bottom + 15, { anchor: 'middle' });
  }
  const zero = placed(axis, 0, area.left, area.right);
  categories.forEach((name, i) => {
    const y = area.top + band * (i + 0.5) + 4;
    body += label(fitted(name, SMALL, left - 8 - canvas.pad), left - 8, y, { anchor: 'end', tone: 'ink' });
  });
  const index = new Map(categories.map((name, i) => [name, i]));
  series.forEach((one, s) => {
    const c = colourIndex(s);
    let gaps = '';
    body += `<g class="f${c}" fill="${LIGHT[c]}">`;
    for (let k = 0; k < one.x.length; k++) {
      const value = one.y[k];
      const name = nameOf(one.x[k]!);
      const y = area.top + band * index.get(name)! + 4 + thick * s;
      if (value === null || value === undefined || !Number.isFinite(value)) {
        gaps += label('–', zero + 4, y + thick / 2 + 3);
        continue;
      }
      const x = placed(axis, value, area.left, area.right);
      body +=
        `<rect x="${at(Math.min(x, zero))}" y="${at(y)}" width="${at(Math.abs(x - zero))}" height="${at(thick - 1)}">` +
        `${hint(`${name}, ${one.name}: ${setFigure(value)}`)}</rect>`;
    }
    body += `</g>${gaps}`;
  });
  body += label(fitted(chart.yLabel, SMALL, area.right - area.left), (area.left + area.right) / 2, area.bottom + 32, {
    anchor: 'middle',
  });
  return svg(chart.title, area.bottom + 44, body, canvas);
}
