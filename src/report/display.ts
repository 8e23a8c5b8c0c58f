import type { Chart, Report } from '../types.ts';
import { htmlFragment } from './to-html.ts';
import { toMarkdown } from './to-markdown.ts';
import { toSvg } from './to-svg.ts';
import { toText } from './to-text.ts';
import { toVegaLite } from './to-vega-lite.ts';

/**
 * A report or chart that notebooks and consoles know how to show.
 *
 * @param value - A report or a chart.
 * @returns A copy of the value with two hidden methods: `Symbol.for("Jupyter.display")`, which the Deno kernel and other
 * notebooks call for a MIME bundle (plain text, Markdown, HTML; for charts also SVG and Vega-Lite), and
 * `Symbol.for("nodejs.util.inspect.custom")`, by which Node, Deno and Bun print it as text. Nothing of the runtime is
 * touched.
 * @example
 * const shown = display({ title: 'A', findings: [], tables: [], charts: [] });
 * Object.keys(shown[Symbol.for('Jupyter.display')]()); // => ['text/plain', 'text/markdown', 'text/html']
 */
export function display<T extends Report | Chart>(value: T): T {
  const shown = { ...value };
  Object.defineProperty(shown, Symbol.for('Jupyter.display'), { value: () => bundle(value), enumerable: false });
  Object.defineProperty(shown, Symbol.for('nodejs.util.inspect.custom'), {
    value: () => toText(value).trimEnd(),
    enumerable: false,
  });
  return shown;
}

function bundle(value: Report | Chart): Record<string, unknown> {
  if (!('kind' in value))
    return { 'text/plain': toText(value), 'text/markdown': toMarkdown(value), 'text/html': htmlFragment(value) };
  const report = { title: value.title, findings: [], tables: [], charts: [value] };
  const picture = toSvg(value);
  return {
    'text/plain': toText(value),
    'text/markdown': toMarkdown(report),
    'text/html': `<div>${picture}</div>`,
    'image/svg+xml': picture,
    'application/vnd.vegalite.v5+json': toVegaLite(value),
  };
}
