import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import { columnLength } from './column-length.ts';
import { isPresent, MissingRows } from './internal-bitmap.ts';
import { byCodeUnit, shown } from './internal-text.ts';

/**
 * The rows of several tables one below the other. Columns are matched by name and come in the first table's order;
 * category labels are united.
 *
 * @param tables - At least one table; all with the same column names and kinds (and datetime units).
 * @returns A new table.
 * @throws {@link SynthproofError} `EMPTY_INPUT` without tables; `SCHEMA_MISMATCH` when names differ; `KIND_MISMATCH`
 * when kinds or units do.
 * @example
 * concatRows([fromRecords([{ n: 1 }]), fromRecords([{ n: 2 }])]).rowCount; // => 2
 */
export function concatRows(tables: readonly Table[]): Table {
  const first = tables[0];
  if (first === undefined)
    throw new SynthproofError('EMPTY_INPUT', 'tables: expected at least one table, received none; pass one', {
      argument: 'tables',
    });
  const parts: Column[][] = first.columns.map(() => []);
  let rowCount = 0;
  for (let t = 0; t < tables.length; t++) {
    const table = tables[t]!;
    rowCount += table.rowCount;
    if (table.columns.length !== first.columns.length)
      throw mismatch(t, `expected ${first.columns.length} columns, received ${table.columns.length}`);
    const byName = new Map(table.columns.map((column) => [column.name, column]));
    for (let c = 0; c < first.columns.length; c++) {
      const wanted = first.columns[c]!;
      const found = byName.get(wanted.name);
      if (found === undefined) throw mismatch(t, `it has no column ${shown(wanted.name)}`);
      const unitDiffers = found.kind === 'datetime' && wanted.kind === 'datetime' && found.unit !== wanted.unit;
      if (found.kind !== wanted.kind || unitDiffers)
        throw new SynthproofError(
          'KIND_MISMATCH',
          `tables: expected column ${shown(wanted.name)} of table ${t} to be ${kindName(wanted)}, received ${kindName(found)}; convert it with castColumn`,
          { argument: 'tables', column: wanted.name },
        );
      parts[c]!.push(found);
    }
  }
  return { rowCount, columns: parts.map((columns) => joinParts(columns, rowCount)) };
}

function kindName(column: Column): string {
  return column.kind === 'datetime' ? `datetime (${column.unit})` : column.kind;
}

function mismatch(t: number, what: string): SynthproofError {
  return new SynthproofError('SCHEMA_MISMATCH', `tables: table ${t}: ${what}; select or rename its columns first`, {
    argument: 'tables',
  });
}

function joinParts(parts: readonly Column[], rows: number): Column {
  const missing = new MissingRows();
  let at = 0;
  for (const part of parts) {
    const length = columnLength(part);
    if (part.validity !== undefined)
      for (let i = 0; i < length; i++) if (!isPresent(part.validity, i)) missing.mark(at + i);
    at += length;
  }
  const validity = missing.validity(rows);
  const base = { ...parts[0]! };
  if (validity === undefined) delete (base as { validity?: Uint8Array | undefined }).validity;
  else (base as { validity?: Uint8Array }).validity = validity;
  if (base.kind === 'category') return { ...base, ...joinCodes(parts, rows) };
  if (base.kind === 'text') {
    const values: string[] = [];
    for (const part of parts) for (const text of part.kind === 'text' ? part.values : []) values.push(text);
    return { ...base, values };
  }
  const values = base.kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows);
  at = 0;
  for (const part of parts) {
    if (part.kind === 'category' || part.kind === 'text') continue;
    values.set(part.values, at);
    at += part.values.length;
  }
  return { ...base, values } as Column;
}

function joinCodes(parts: readonly Column[], rows: number): { codes: Int32Array; labels: string[] } {
  const union = new Set<string>();
  for (const part of parts) if (part.kind === 'category') for (const label of part.labels) union.add(label);
  const labels = [...union].sort(byCodeUnit);
  const rank = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) rank.set(labels[i]!, i);
  const codes = new Int32Array(rows);
  let at = 0;
  for (const part of parts) {
    if (part.kind !== 'category') continue;
    const recode = Int32Array.from(part.labels, (label) => rank.get(label)!);
    for (let i = 0; i < part.codes.length; i++) {
      const code = part.codes[i]!;
      codes[at++] = code < 0 ? -1 : recode[code]!;
    }
  }
  return { codes, labels };
}
