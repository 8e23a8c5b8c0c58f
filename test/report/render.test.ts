import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SynthproofError } from '../../src/errors.ts';
import { display, toHtml, toMarkdown, toSvg, toText, toVegaLite } from '../../src/report/index.ts';
import type { Chart, Report } from '../../src/types.ts';
import { charts, report } from './sample-report.ts';

const folder = fileURLToPath(new URL('./snapshots/', import.meta.url));

/** Compares with the stored file byte for byte (pages end in .txt, so that no formatter touches them); `UPDATE_SNAPSHOTS=1` writes it. */
function expectStored(name: string, text: string): void {
  const path = `${folder}${name}`;
  if (process.env['UPDATE_SNAPSHOTS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${name} is not stored: look at the picture, then run with UPDATE_SNAPSHOTS=1`).toBe(true);
  expect(text === readFileSync(path, 'utf8'), `${name} differs from the stored file`).toBe(true);
}

describe('stored pictures and pages', () => {
  test.each(Object.entries(charts))('%s.svg', (name, chart) => {
    expectStored(`${name}.svg`, toSvg(chart));
  });
  test('narrow pictures', () => {
    expectStored('interval-360.svg', toSvg(charts['interval']!, { width: 360 }));
    expectStored('bar-360.svg', toSvg(charts['bar']!, { width: 360 }));
  });
  test('report.html', () => {
    expectStored('report.html.txt', toHtml(report));
  });
  test('report.md', () => {
    expectStored('report.md.txt', toMarkdown(report));
  });
  test('report.txt', () => {
    expectStored('report.txt', toText(report));
  });
  test('vega-lite.json', () => {
    expectStored('vega-lite.json', `${JSON.stringify(Object.values(charts).map(toVegaLite), null, 1)}\n`);
  });
});

/** Checks that a text is well-formed XML as far as tags, attributes and entities go, and returns the tags' names. */
function wellFormed(text: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const token = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    expect(match, `not well-formed at ${text.slice(at, at + 60)}`).not.toBe(null);
    const [, closing, name, attributes, selfClosing, content] = match!;
    const data = content ?? attributes ?? '';
    expect(data.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
    if (name === undefined) continue;
    names.push(name);
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosing !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  return names;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    ']]>',
    '&amp;',
    '\u001b[31m',
    '\ud800',
    '\u202e',
    'a|b',
    '`x`',
    '![a](b)',
    '</svg>',
    '',
  ),
);
const value = fc.oneof(
  fc.double(),
  fc.constant(null),
  fc.double({ min: 0, max: 1 }),
  fc.constantFrom(0, 1, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
);
const base = { title: text, xLabel: text, yLabel: text };
const anyChart: fc.Arbitrary<Chart> = fc.oneof(
  fc.record({
    ...base,
    kind: fc.constantFrom('bar' as const, 'line' as const, 'step' as const, 'scatter' as const),
    series: fc.array(
      fc.record({
        name: text,
        x: fc.oneof(fc.array(text, { maxLength: 6 }), fc.array(fc.double(), { maxLength: 6 })),
        y: fc.array(value, { maxLength: 6 }),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.record({
    ...base,
    kind: fc.constant('heatmap' as const),
    x: fc.array(text, { maxLength: 4 }),
    y: fc.array(text, { maxLength: 4 }),
    values: fc.array(fc.array(value, { maxLength: 4 }), { maxLength: 4 }),
    domain: fc.option(fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })), { nil: undefined }),
  }),
  fc.record({
    ...base,
    kind: fc.constant('interval' as const),
    items: fc.array(
      fc.record({
        label: text,
        group: fc.option(text, { nil: undefined }),
        value,
        lower: fc.option(fc.double(), { nil: undefined }),
        upper: fc.option(fc.double(), { nil: undefined }),
      }),
      { maxLength: 5 },
    ),
    reference: fc.option(fc.double(), { nil: undefined }),
  }),
);
const anyReport: fc.Arbitrary<Report> = fc.record({
  title: text,
  findings: fc.array(
    fc.record({ level: fc.constantFrom('good' as const, 'note' as const, 'warning' as const, 'risk' as const), text }),
    { maxLength: 3 },
  ),
  tables: fc.array(
    fc.record({
      title: text,
      columns: fc.array(text, { maxLength: 4 }),
      rows: fc.array(fc.array(fc.oneof(text, value), { maxLength: 4 }), { maxLength: 3 }),
      note: fc.option(text, { nil: undefined }),
    }),
    { maxLength: 2 },
  ),
  charts: fc.array(anyChart, { maxLength: 2 }),
});

describe('whatever the data', () => {
  test('an SVG is well-formed, holds nothing active, and no NaN', () => {
    fc.assert(
      fc.property(anyChart, fc.constantFrom(240, 360, 680, 1200), (chart, width) => {
        const picture = toSvg(chart, { width });
        const names = new Set(wellFormed(picture));
        for (const name of names)
          expect(['svg', 'style', 'rect', 'text', 'line', 'circle', 'path', 'g', 'title']).toContain(name);
        for (const attribute of picture.matchAll(/ (x|y|x1|x2|y1|y2|cx|cy|width|height|d|viewBox)="([^"]*)"/g))
          expect(attribute[2]).toMatch(/^[-\d.\sMLHVvhlz%]*$/);
      }),
      { numRuns: 1500 },
    );
  });

  test('a page is well-formed and holds nothing active', () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        const page = toHtml(any);
        const names = new Set(wellFormed(page.replace('<!doctype html>\n', '').replace(/<meta [^>]*>/g, '')));
        for (const name of ['script', 'img', 'iframe', 'a', 'link', 'object', 'foreignObject'])
          expect(names).not.toContain(name);
        expect(page).not.toMatch(/ on\w+="/);
        expect(/[\ud800-\udfff]/u.test(page)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('Markdown and text keep to their lines, and terminals get no controls', () => {
    fc.assert(
      fc.property(anyReport, (any) => {
        const markdown = toMarkdown(any);
        expect(markdown).not.toMatch(/<(?!\))[a-z/!]/i);
        expect(markdown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
        for (const table of any.tables)
          expect(markdown.split('\n').filter((line) => line.startsWith('| ')).length).toBeGreaterThanOrEqual(
            2 + table.rows.length,
          );
        expect(toText(any).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });

  test('Vega-Lite survives JSON', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const spec = toVegaLite(chart);
        expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
      }),
    );
  });
});

describe('display', () => {
  const hidden = (object: object, name: string): unknown =>
    (object as Record<symbol, () => unknown>)[Symbol.for(name)]!();

  test('a report: text, Markdown and HTML', () => {
    const shown = display(report);
    expect({ ...shown }).toEqual(report);
    expect(Object.keys(shown)).toEqual(Object.keys(report));
    expect(JSON.stringify(shown)).toBe(JSON.stringify(report));
    const bundle = hidden(shown, 'Jupyter.display') as Record<string, string>;
    expect(Object.keys(bundle)).toEqual(['text/plain', 'text/markdown', 'text/html']);
    expect(bundle['text/html']).toContain('<main class="sp-report">');
    // Nothing reaches the notebook around it.
    expect(bundle['text/html']).not.toMatch(/(^|[}{>,])body|<html|<head/);
    expect(inspect(shown)).toBe(toText(report).trimEnd());
  });

  test('a chart: also SVG and Vega-Lite', () => {
    const chart = charts['line']!;
    const bundle = hidden(display(chart), 'Jupyter.display') as Record<string, unknown>;
    expect(Object.keys(bundle)).toEqual([
      'text/plain',
      'text/markdown',
      'text/html',
      'image/svg+xml',
      'application/vnd.vegalite.v5+json',
    ]);
    expect(bundle['image/svg+xml']).toBe(toSvg(chart));
    expect(bundle['application/vnd.vegalite.v5+json']).toEqual(toVegaLite(chart));
  });
});

describe('details', () => {
  test('pictures of charts in Markdown', () => {
    const markdown = toMarkdown(report, { chartUrl: (index) => `charts/${index} <x>.svg` });
    expect(markdown).toContain('](<charts/0%20%3cx%3e.svg>)');
    expect(markdown).not.toContain('| athletics |');
  });

  test('a chart with many values is named, not listed', () => {
    const x = Array.from({ length: 300 }, (_, i) => i);
    const chart: Chart = { kind: 'line', title: 'T', xLabel: 'x', yLabel: 'y', series: [{ name: 'a', x, y: x }] };
    expect(toMarkdown({ title: 'R', findings: [], tables: [], charts: [chart] })).toContain(
      'A line chart of 300 values.',
    );
    expect(toText(chart)).toContain('(line chart of 300 values)');
  });

  test('text keeps to the width of the terminal', () => {
    for (const width of [40, 60, 80, 120])
      for (const line of toText(report, { width }).split('\n'))
        expect([...line].length).toBeLessThanOrEqual(Math.max(width, 82));
  });

  test('bad widths are refused', () => {
    for (const width of [0, 100.5, Number.NaN, 1e6])
      expect(() => toSvg(charts['bar']!, { width })).toThrow(SynthproofError);
    expect(() => toText(report, { width: 10 })).toThrow(SynthproofError);
  });

  test('category labels do not overlap', () => {
    // Turned labels stand at least a line's height apart.
    const picture = toSvg(charts['manyBars']!);
    const places = [...picture.matchAll(/<text[^>]* x="([\d.]+)"[^>]*rotate\(-42/g)].map((match) => Number(match[1]));
    expect(places.length).toBeGreaterThan(10);
    for (let i = 1; i < places.length; i++) expect(places[i]! - places[i - 1]!).toBeGreaterThan(11 / Math.SQRT2);
  });
});

test('a heatmap whose values differ by the least double there is', () => {
  const chart: Chart = {
    kind: 'heatmap',
    title: '',
    xLabel: '',
    yLabel: '',
    x: ['a', 'b'],
    y: ['c'],
    values: [[5e-324, 0]],
  };
  expect(toSvg(chart)).not.toContain('NaN');
});
