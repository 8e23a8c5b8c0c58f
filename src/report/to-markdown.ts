import type { Chart, Report, ReportCell, ReportTable } from '../types.ts';
import { chartSize, chartTable } from './internal-chart-table.ts';
import { figure } from './internal-figures.ts';
import { escapeMarkdown } from './internal-text.ts';

/** Options of {@link toMarkdown}. */
export interface ToMarkdownOptions {
  /**
   * Address of the picture of the chart at an index (charts of sections count on), for example `charts/0.svg` written from {@link toSvg}. Default:
   * charts are written as tables of their values.
   */
  readonly chartUrl?: ((index: number) => string) | undefined;
  /** Most values of a chart that are written as a table; a larger one is named with its size. Default 200. */
  readonly maxChartValues?: number | undefined;
}

/**
 * Renders a report as Markdown (GitHub's dialect): findings as a list, tables, then charts.
 *
 * Everything is escaped, so that no cell can become mark-up.
 *
 * @param report - Any report.
 * @param options - See {@link ToMarkdownOptions}.
 * @returns The text, ended with a line feed.
 * @example
 * toMarkdown({ title: 'A*', findings: [{ level: 'risk', text: 'x' }], tables: [], charts: [] }); // => '# A\\*\n\n- **risk**: x\n'
 */
export function toMarkdown(report: Report, options: ToMarkdownOptions = {}): string {
  const { chartUrl, maxChartValues = 200 } = options;
  let charts = 0;
  return `${blocksOf(report, '#', (chart, marks) => chartMarkdown(chart, marks, chartUrl?.(charts++), maxChartValues)).join('\n\n')}\n`;
}

/** A report under a heading; its sections one level below. */
function blocksOf(report: Report, marks: string, picture: (chart: Chart, marks: string) => string): string[] {
  const inner = marks.length < 6 ? `${marks}#` : marks;
  const parts = [`${marks} ${escapeMarkdown(report.title)}`];
  if (report.findings.length > 0)
    parts.push(report.findings.map(({ level, text }) => `- **${level}**: ${escapeMarkdown(text)}`).join('\n'));
  for (const table of report.tables) parts.push(tableMarkdown(table, inner));
  for (const chart of report.charts) parts.push(picture(chart, inner));
  for (const section of report.sections ?? []) parts.push(...blocksOf(section, inner, picture));
  return parts;
}

function chartMarkdown(chart: Chart, marks: string, url: string | undefined, most: number): string {
  const heading = `${marks} ${escapeMarkdown(chart.title)}\n\n`;
  if (url !== undefined)
    return `${heading}![${escapeMarkdown(chart.title)}](<${url.replace(/[<>\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}>)`;
  const size = chartSize(chart);
  return size > most
    ? `${heading}A ${chart.kind} chart of ${figure(size)} values.`
    : tableMarkdown(chartTable(chart), marks);
}

function tableMarkdown(table: ReportTable, marks: string): string {
  const numeric = table.columns.map((_, c) => table.rows.every((row) => typeof row[c] !== 'string'));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    `${marks} ${escapeMarkdown(table.title)}\n`,
    line(table.columns.map((column) => escapeMarkdown(column))),
    line(numeric.map((flush) => (flush ? '--:' : '---'))),
    ...table.rows.map((row) => line(table.columns.map((_, c) => cellMarkdown(row[c])))),
  ];
  if (table.note !== undefined) lines.push(`\n${escapeMarkdown(table.note)}`);
  return lines.join('\n');
}

function cellMarkdown(cell: ReportCell | undefined): string {
  if (typeof cell === 'string') return escapeMarkdown(cell);
  return figure(cell);
}
