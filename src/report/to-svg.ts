import { SynthproofError } from '../errors.ts';
import type { Chart } from '../types.ts';
import { drawHeatmap } from './internal-heatmap-chart.ts';
import { drawIntervals } from './internal-interval-chart.ts';
import { drawSeries } from './internal-series-chart.ts';
import type { Canvas } from './internal-svg.ts';

/** Options of {@link toSvg}. */
export interface ToSvgOptions {
  /** Width in pixels, 240 to 4000. Default 680; about 360 suits a phone. The height follows from the content. */
  readonly width?: number | undefined;
}

/**
 * Draws a chart as an SVG picture that stands alone: no script, no font, nothing fetched. Colours follow the reader's
 * light or dark setting and stay apart for colour-blind readers; marks explain themselves when pointed at; missing
 * values leave gaps.
 *
 * @param chart - Any chart of a report.
 * @param options - See {@link ToSvgOptions}.
 * @returns The text of the SVG file; the same bytes on every engine.
 * @throws `SynthproofError` `BAD_OPTION` for a width outside the range.
 * @example
 * const chart = { kind: 'bar', title: 'Medals', xLabel: 'sport', yLabel: 'gold', series: [{ name: 'real', x: ['judo'], y: [3] }] };
 * toSvg(chart).startsWith('<svg '); // => true
 */
export function toSvg(chart: Chart, options: ToSvgOptions = {}): string {
  const { width = 680 } = options;
  if (!(Number.isInteger(width) && width >= 240 && width <= 4000))
    throw new SynthproofError(
      'BAD_OPTION',
      `width: expected a whole number from 240 to 4000, received ${width}; use 680`,
      {
        argument: 'width',
      },
    );
  return drawChart(chart, { width, alone: true, pad: 12 });
}

/** Draws a chart on a canvas. */
export function drawChart(chart: Chart, canvas: Canvas): string {
  if (chart.kind === 'heatmap') return drawHeatmap(chart, canvas);
  if (chart.kind === 'interval') return drawIntervals(chart, canvas);
  return drawSeries(chart, canvas);
}
