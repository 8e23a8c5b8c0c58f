import type { Finding, Report, ReportTable } from '../types.ts';
import { setFigure } from './internal-figures.ts';
import { chartStyle } from './internal-svg.ts';
import { escapeXml } from './internal-text.ts';
import { drawChart } from './to-svg.ts';

/** Above this size a picture is included once and scrolled on a phone, not drawn a second time. */
const MOST_TWICE = 60_000;

/**
 * Renders a report as one self-contained HTML page: no script, nothing fetched (its own content policy forbids both),
 * everything escaped, pictures inline, light and dark by the reader's setting, legible on a phone and in print.
 *
 * @param report - Any report.
 * @returns The page; the same bytes on every engine.
 * @example
 * const page = toHtml({ title: 'A < B', findings: [], tables: [], charts: [] });
 * page.includes('<title>A &lt; B</title>'); // => true
 */
export function toHtml(report: Report): string {
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    '<meta name="color-scheme" content="light dark">\n' +
    `<title>${escapeXml(report.title)}</title>\n` +
    '<style>body{margin:0;background:#fff}@media (prefers-color-scheme:dark){body{background:#14171b}}</style>\n' +
    `</head>\n<body>\n${htmlFragment(report)}</body>\n</html>\n`
  );
}

/** The report without the page around it, for notebooks: its rules reach nothing outside. */
export function htmlFragment(report: Report): string {
  return `<style>${STYLE}${chartStyle()}</style>\n<main class="sp-report">\n${reportHtml(report, 1)}</main>\n`;
}

/** A report under a heading of a level; its sections one level below, down to h4. */
function reportHtml(report: Report, level: number): string {
  const inner = Math.min(level + 1, 4);
  const parts = [`<h${level} class="t${level}">${escapeXml(report.title)}</h${level}>\n`];
  if (report.findings.length > 0)
    parts.push(`<ul class="findings">\n${report.findings.map(findingHtml).join('')}</ul>\n`);
  for (const chart of report.charts) {
    const wide = drawChart(chart, { width: 680, alone: false, pad: 0 });
    const pictures =
      wide.length > MOST_TWICE
        ? `<div class="scroll">${wide}</div>`
        : `<div class="wide">${wide}</div><div class="narrow">${drawChart(chart, { width: 360, alone: false, pad: 0 })}</div>`;
    parts.push(`<figure>\n<figcaption>${escapeXml(chart.title)}</figcaption>\n${pictures}\n</figure>\n`);
  }
  for (const table of report.tables) parts.push(tableHtml(table, inner));
  for (const section of report.sections ?? [])
    parts.push(`<section class="part">\n${reportHtml(section, inner)}</section>\n`);
  return parts.join('');
}

function findingHtml(finding: Finding): string {
  return `<li class="${finding.level}"><span class="badge">${finding.level}</span> <span>${escapeXml(finding.text)}</span></li>\n`;
}

function tableHtml(table: ReportTable, level: number): string {
  // A column is set flush right when all its cells are numbers or missing.
  const numeric = table.columns.map(
    (_, c) =>
      table.rows.every((row) => typeof row[c] !== 'string') && table.rows.some((row) => typeof row[c] === 'number'),
  );
  // Short texts are kept on one line: a wide table is scrolled sooner than squeezed.
  const short = table.columns.map((_, c) =>
    table.rows.every((row) => typeof row[c] !== 'string' || row[c].length <= 24),
  );
  const side = (c: number): string => (numeric[c] ? ' class="n"' : short[c] ? ' class="s"' : '');
  const head = table.columns.map((column, c) => `<th scope="col"${side(c)}>${escapeXml(column)}</th>`).join('');
  const rows = table.rows
    .map((row) => {
      const cells = table.columns.map((_, c) => {
        const cell = row[c];
        if (cell === null || cell === undefined) return `<td${side(c)}><span class="none">–</span></td>`;
        return `<td${side(c)}>${typeof cell === 'number' ? setFigure(cell) : escapeXml(cell)}</td>`;
      });
      return `<tr>${cells.join('')}</tr>\n`;
    })
    .join('');
  return (
    `<section>\n<h${level} class="t">${escapeXml(table.title)}</h${level}>\n` +
    `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows}</tbody>\n</table></div>\n` +
    `${table.note === undefined ? '' : `<p class="remark">${escapeXml(table.note)}</p>\n`}</section>\n`
  );
}

const STYLE =
  '.sp-report{box-sizing:border-box;max-width:46rem;margin:0 auto;padding:2rem 1.25rem 3rem;background:#fff;color:#1c2128;' +
  "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word}" +
  '.sp-report .t1{font-size:1.6rem;line-height:1.25;margin:0 0 1.25rem;font-weight:650;letter-spacing:-.01em}' +
  '.sp-report .t2,.sp-report .t3,.sp-report .t4{font-size:1.3rem;line-height:1.3;margin:0 0 .9rem;font-weight:650}' +
  '.sp-report .part{margin:3rem 0 0;padding:1.5rem 0 0;border-top:2px solid #aab3bd}' +
  '.sp-report .t,.sp-report figcaption{font-size:1.05rem;line-height:1.35;margin:0 0 .6rem;font-weight:600}' +
  '.sp-report figure,.sp-report section{margin:2.25rem 0 0}' +
  '.sp-report .findings{list-style:none;margin:0;padding:0}' +
  '.sp-report .findings li{display:flex;gap:.75rem;align-items:baseline;padding:.55rem 0;border-top:1px solid #e4e7eb;margin:0}' +
  '.sp-report .badge{flex:none;min-width:4.6rem;text-align:center;font-size:.75rem;font-weight:600;line-height:1.6;border-radius:4px;padding:0 .4rem;background:#eef0f3;color:#3d4650}' +
  '.sp-report .good .badge{background:#dcf1e8;color:#00593f}.sp-report .warning .badge{background:#fdebc8;color:#6b4300}.sp-report .risk .badge{background:#fbdcd0;color:#8a2700}' +
  '.sp-report .scroll{overflow-x:auto}' +
  '.sp-report .sp-chart{display:block;height:auto;overflow:visible}.sp-report .wide .sp-chart,.sp-report .narrow .sp-chart{width:100%}.sp-report .narrow{display:none}' +
  '.sp-report table{border-collapse:collapse;font-size:.875rem;min-width:50%;margin:0;color:inherit}' +
  '.sp-report th,.sp-report td{text-align:left;padding:.35rem .9rem .35rem 0;border-bottom:1px solid #e4e7eb;vertical-align:top;max-width:22rem;background:none}' +
  '.sp-report th{font-weight:600;color:#59636e;border-bottom-color:#aab3bd;vertical-align:bottom}' +
  '.sp-report td:not(.n):not(.s){min-width:10rem}.sp-report .s{white-space:nowrap}.sp-report .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.sp-report .none,.sp-report .remark{color:#59636e}' +
  '.sp-report .remark{font-size:.875rem;margin:.6rem 0 0}' +
  '@media (max-width:560px){.sp-report{padding:1.25rem 1rem 2rem}.sp-report .t1{font-size:1.35rem}.sp-report .wide{display:none}.sp-report .narrow{display:block}' +
  '.sp-report .findings li{flex-direction:column;gap:.15rem}}' +
  '@media (prefers-color-scheme:dark){.sp-report{background:#14171b;color:#e8ebef}' +
  '.sp-report .findings li,.sp-report th,.sp-report td{border-color:#2b3138}.sp-report .part{border-color:#5a646f}.sp-report th{color:#a3acb7;border-bottom-color:#5a646f}' +
  '.sp-report .none,.sp-report .remark{color:#a3acb7}.sp-report .badge{background:#2b3138;color:#d4d9df}' +
  '.sp-report .good .badge{background:#0d3f30;color:#9be8cb}.sp-report .warning .badge{background:#4a3305;color:#ffd98a}.sp-report .risk .badge{background:#55200b;color:#ffc1a6}}' +
  '@media print{.sp-report{max-width:none;padding:0}.sp-report figure,.sp-report section{break-inside:avoid}}';
