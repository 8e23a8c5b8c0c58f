import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { SynthproofError } from '../src/errors.ts';
import type { GeneratorChoice } from '../src/pipeline/index.ts';
import { binColumn, binEdges, createTable, getColumn, groupCodes, parseCsv } from '../src/table/index.ts';
import type { Column, Table } from '../src/types.ts';
import { describe, runChain } from './run-chain.ts';
import { UsageError } from './usage.ts';

/** What the command line said, most of it still as text. */
export interface FileOptions {
  readonly generator: GeneratorChoice;
  readonly seed: string;
  readonly out: string;
  readonly label: string | undefined;
  readonly positive: string | undefined;
  readonly protected: string | undefined;
  readonly rows: string | undefined;
}

/** Governs a user's own CSV file. */
export async function governFile(file: string, options: FileOptions): Promise<void> {
  const table = readTable(file);
  if (table.rowCount < 2) throw new UsageError(`${file}: expected at least 2 data rows, found ${table.rowCount}`);
  const sensitive = (options.protected ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  for (const name of sensitive) columnOf(table, name, '--protected', file);
  const label = options.label === undefined ? undefined : columnOf(table, options.label, '--label', file);
  if (label && sensitive.includes(label.name))
    throw new UsageError(`--label and --protected both name "${label.name}"; name a column once`);
  if (options.positive !== undefined && !label) throw new UsageError('--positive goes with --label COLUMN');
  const positive = label ? positiveOf(label, options.positive) : undefined;
  const rows = rowsOf(options.rows);

  // Measurements are audited in groups: age as age groups, not one group per year.
  const measured = sensitive.filter((name) => isMeasurement(getColumn(table, name)));
  const groups = sensitive.map((name) => (measured.includes(name) ? `${name} (groups)` : name));
  const derive = (one: Table): Table =>
    createTable([...one.columns, ...measured.map((name) => grouped(getColumn(one, name), getColumn(table, name)))]);

  console.log(`synthproof: ${file}, governed end to end`);
  console.log(`\n${table.rowCount} rows: ${describe(table)}`);
  if (label)
    console.log(
      `Label: ${label.name}, positive when ${String(positive)}${options.positive === undefined ? ' (choose with --positive)' : ''}`,
    );
  for (const name of measured) console.log(`Protected: ${name} is audited in groups of about equal size.`);
  if (!sensitive.length) console.log('No --protected columns: bias is not measured.');
  console.log('');
  runChain({
    table,
    seed: options.seed,
    out: options.out,
    generator: options.generator,
    rows,
    label: label?.name,
    dataset: { name: datasetName(file), version: '1.0.0', description: `Synthetic copy of ${basename(file)}.` },
    source: { id: basename(file), kind: 'unknown' },
    ...(sensitive.length
      ? {
          derive,
          bias: { sensitive: groups, ...(label ? { label: { column: label.name, positive: positive! } } : {}) },
        }
      : {}),
  });
}

/** The table, or what is wrong with the file: its row and line, and how to mend it. */
function readTable(file: string): Table {
  const text = readText(file);
  try {
    return parseCsv(text);
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    throw new UsageError(`${file}: ${error.message.replace(/^text: /, '')}`);
  }
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new UsageError(`${file}: no such file; give the path of a CSV file`);
    if (code === 'EISDIR') throw new UsageError(`${file}: this is a folder; give the path of a CSV file`);
    throw new UsageError(`${file}: cannot be read (${code ?? String(error)})`);
  }
  if (bytes.length === 0) throw new UsageError(`${file}: the file is empty; expected a CSV file with a header line`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new UsageError(
      `${file}: not UTF-8 text; save it as CSV in UTF-8 (a spreadsheet's "CSV UTF-8") and try again`,
    );
  }
}

function columnOf(table: Table, name: string, option: string, file: string): Column {
  try {
    return getColumn(table, name);
  } catch (error) {
    const near = (error as Error).message.match(/did you mean .*?\?/)?.[0] ?? '';
    const names = table.columns.map((column) => column.name).join(', ');
    throw new UsageError(
      `${option}: ${file} has no column "${name}"; ${near ? `${near} ` : ''}Its columns are: ${names}`,
    );
  }
}

/** The positive value of a label: as asked, or true, or the rarer of two levels, or a threshold at the median. */
function positiveOf(column: Column, asked: string | undefined): string | number | boolean {
  if (column.kind === 'boolean') {
    if (asked !== undefined && asked !== 'true' && asked !== 'false')
      throw new UsageError(`--positive: column "${column.name}" holds true and false, received "${asked}"`);
    return asked !== 'false';
  }
  if (column.kind === 'category') {
    if (asked !== undefined) {
      if (!column.labels.includes(asked))
        throw new UsageError(
          `--positive: column "${column.name}" has no value "${asked}"; it has: ${column.labels.slice(0, 20).join(', ')}`,
        );
      return asked;
    }
    if (column.labels.length !== 2)
      throw new UsageError(
        `--label: column "${column.name}" has ${column.labels.length} values; choose one with --positive: ${column.labels.slice(0, 20).join(', ')}`,
      );
    let second = 0;
    for (const code of column.codes) if (code === 1) second++;
    return column.labels[second * 2 <= column.codes.length ? 1 : 0]!;
  }
  if (column.kind === 'text' || column.kind === 'datetime')
    throw new UsageError(
      `--label: column "${column.name}" holds ${column.kind === 'text' ? 'free text' : 'dates'}; a label is true/false, a category or a number`,
    );
  if (asked !== undefined) {
    const threshold = asked.match(/^(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/);
    if (threshold) return asked;
    const value = Number(asked);
    if (asked.trim() === '' || !Number.isFinite(value))
      throw new UsageError(
        `--positive: column "${column.name}" is numeric; give a value such as 1, or a threshold such as "> 0"`,
      );
    return value;
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  return `> ${sorted[sorted.length >> 1] ?? 0}`;
}

function rowsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 1)
    throw new UsageError(`--rows: expected a whole number from 1, received "${text}"`);
  return rows;
}

function datasetName(file: string): string {
  const stem = basename(file)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${stem || 'table'}-synthetic`;
}

/** More distinct values than this are measurements rather than codes of groups. */
const CODES = 12;

function isMeasurement(column: Column): boolean {
  if (column.kind === 'datetime' || column.kind === 'number') return true;
  return column.kind === 'integer' && groupCodes(column).labels.length > CODES;
}

/** A measurement in groups whose edges come from the source, so that source and copy share them. */
function grouped(column: Column, source: Column): Column {
  if (column.kind !== 'datetime' && column.kind !== 'number' && column.kind !== 'integer') return column;
  const edges = binEdges(source as typeof column, { bins: 5 });
  return { ...binColumn(column, { edges }), name: `${column.name} (groups)` };
}
