import { SynthproofError } from '../errors.ts';
import type { Chart, Report, ReportCell, ReportTable } from '../types.ts';
import { chartSize, chartTable } from './internal-chart-table.ts';
import { figure } from './internal-figures.ts';
import { plain } from './internal-text.ts';

/** Options of {@link toText}. */
export interface ToTextOptions {
  /** Columns of the terminal, at least 40. Default 80. */
  readonly width?: number | undefined;
}

/**
 * Renders a report or a chart as plain text for a terminal: findings, aligned tables, charts as bars or tables of
 * their values. Control characters in the data are replaced, so that no cell can steer the terminal.
 *
 * @param value - A report or a chart.
 * @param options - See {@link ToTextOptions}.
 * @returns The text, ended with a line feed.
 * @throws `SynthproofError` `BAD_OPTION` for a width below 40.
 * @example
 * toText({ title: 'A', findings: [{ level: 'good', text: 'x' }], tables: [], charts: [] }); // => 'A\n=\n\n[good] x\n'
 */
export function toText(value: Report | Chart, options: ToTextOptions = {}): string {
  const { width = 80 } = options;
  if (!(Number.isInteger(width) && width >= 40))
    throw new SynthproofError('BAD_OPTION', `width: expected a whole number from 40 on, received ${width}; use 80`, {
      argument: 'width',
    });
  if ('kind' in value) return `${chartText(value, width)}\n`;
  return `${blocksOf(value, width, '=').join('\n\n')}\n`;
}

/** A report under an underlined heading, then its sections. */
function blocksOf(value: Report, width: number, line: string): string[] {
  const title = plain(value.title);
  const parts = [`${title}\n${line.repeat(Math.min(width, columns(title)))}`];
  if (value.findings.length > 0)
    parts.push(
      value.findings.map(({ level, text }) => folded(`[${level}] ${plain(text)}`, width, level.length + 3)).join('\n'),
    );
  for (const table of value.tables) parts.push(tableText(table, width));
  for (const chart of value.charts) parts.push(chartText(chart, width));
  for (const section of value.sections ?? []) parts.push(...blocksOf(section, width, '-'));
  return parts;
}

/** Columns that a text takes in a terminal: two for East Asian characters and emoji. */
function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    count +=
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xff00 && code <= 0xff60) ||
      code >= 0x1f300
        ? 2
        : 1;
  }
  return count;
}

function cutTo(text: string, width: number): string {
  if (columns(text) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && columns(characters.join('')) > width - 1) characters.pop();
  return `${characters.join('')}…`;
}

function padTo(text: string, width: number, right: boolean): string {
  const cut = cutTo(text, width);
  const space = ' '.repeat(width - columns(cut));
  return right ? space + cut : cut + space;
}

/** Text broken at spaces, later lines indented. */
function folded(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function cellText(cell: ReportCell | undefined): string {
  return typeof cell === 'string' ? plain(cell) : figure(cell);
}

function tableText(table: ReportTable, width: number): string {
  const numeric = table.columns.map((_, c) => table.rows.every((row) => typeof row[c] !== 'string'));
  const cells = [table.columns.map(plain), ...table.rows.map((row) => table.columns.map((_, c) => cellText(row[c])))];
  const widths = table.columns.map((_, c) => Math.min(40, Math.max(1, ...cells.map((row) => columns(row[c]!)))));
  const blocks: string[] = [folded(plain(table.title), width, 0)];
  // Columns that do not fit beside the first one go below, with the first one repeated.
  for (let from = 1, first = true; first || from < widths.length; first = false) {
    let used = widths[0] ?? 0;
    let to = from;
    while (to < widths.length && (to === from || used + 2 + widths[to]! <= width)) used += 2 + widths[to++]!;
    const shown = [0, ...Array.from({ length: to - from }, (_, i) => from + i)].filter((c) => c < widths.length);
    const lines = cells.map((row) =>
      shown
        .map((c) => padTo(row[c]!, widths[c]!, numeric[c]!))
        .join('  ')
        .trimEnd(),
    );
    lines.splice(1, 0, shown.map((c) => '-'.repeat(widths[c]!)).join('  '));
    blocks.push(lines.join('\n'));
    from = to;
  }
  if (table.note !== undefined) blocks.push(folded(plain(table.note), width, 0));
  return blocks.length === 2 ? blocks.join('\n') : `${blocks[0]}\n${blocks.slice(1).join('\n\n')}`;
}

function chartText(chart: Chart, width: number): string {
  if (chart.kind === 'bar' && chart.series.length === 1 && chart.series[0]!.x.length <= 60)
    return barsText(chart, width);
  const size = chartSize(chart);
  if (size > 100) return `${folded(plain(chart.title), width, 0)}\n(${chart.kind} chart of ${figure(size)} values)`;
  return tableText(chartTable(chart), width);
}

function barsText(chart: Extract<Chart, { kind: 'bar' | 'line' | 'step' | 'scatter' }>, width: number): string {
  const { x, y } = chart.series[0]!;
  const names = x.map((name) => cellText(name));
  const texts = x.map((_, i) => figure(y[i]));
  const nameWidth = Math.min(Math.floor(width * 0.4), Math.max(1, ...names.map(columns)));
  const textWidth = Math.max(1, ...texts.map(columns));
  const room = Math.max(4, width - nameWidth - textWidth - 4);
  const most = Math.max(0, ...y.map((value) => (value !== null && Number.isFinite(value) ? Math.abs(value) : 0)));
  const lines = names.map((name, i) => {
    const value = y[i] ?? null;
    const length =
      value === null || !Number.isFinite(value) || most === 0 ? 0 : Math.round((Math.abs(value) / most) * room);
    return `${padTo(name, nameWidth, false)}  ${padTo(texts[i]!, textWidth, true)}  ${(value ?? 0) < 0 ? '▒'.repeat(length) : '█'.repeat(length)}`.trimEnd();
  });
  return [folded(plain(chart.title), width, 0), `${plain(chart.yLabel)} by ${plain(chart.xLabel)}`, ...lines].join(
    '\n',
  );
}
