import { SynthproofError } from '../errors.ts';

/** A table of counts: one array of cells per row. */
export type CountTable = readonly ArrayLike<number>[];

/** A checked table with rows and columns that hold nothing left out. */
export interface Margins {
  /** Cells of the kept rows and columns, row after row. */
  readonly cells: Float64Array;
  /** Totals of the kept rows. */
  readonly rows: Float64Array;
  /** Totals of the kept columns. */
  readonly columns: Float64Array;
  /** Sum of all cells. */
  readonly total: number;
  /** Rows and columns left out because their total is 0. */
  readonly dropped: number;
}

/** Checks a table of counts and sums its margins; `BAD_VALUE`, `LENGTH_MISMATCH`, `EMPTY_INPUT`. */
export function tableMargins(table: CountTable): Margins {
  const r = table.length;
  const c = r === 0 ? 0 : table[0]!.length;
  if (r === 0 || c === 0) {
    throw new SynthproofError('EMPTY_INPUT', `table: expected at least one row and one column, received ${r} by ${c}`, {
      argument: 'table',
    });
  }
  const rowTotals = new Float64Array(r);
  const columnTotals = new Float64Array(c);
  let total = 0;
  for (let i = 0; i < r; i++) {
    const row = table[i]!;
    if (row.length !== c) {
      throw new SynthproofError('LENGTH_MISMATCH', `table[${i}]: expected ${c} cells, received ${row.length}`, {
        argument: 'table',
        row: i,
      });
    }
    for (let j = 0; j < c; j++) {
      const value = row[j]!;
      if (!(value >= 0 && value < Infinity)) {
        throw new SynthproofError('BAD_VALUE', `table[${i}][${j}]: expected a finite count >= 0, received ${value}`, {
          argument: 'table',
          row: i,
        });
      }
      rowTotals[i] = rowTotals[i]! + value;
      columnTotals[j] = columnTotals[j]! + value;
      total += value;
    }
  }
  const rows = rowTotals.filter((value) => value > 0);
  const columns = columnTotals.filter((value) => value > 0);
  const cells = new Float64Array(rows.length * columns.length);
  let k = 0;
  for (let i = 0; i < r; i++) {
    if (rowTotals[i] === 0) continue;
    for (let j = 0; j < c; j++) if (columnTotals[j]! > 0) cells[k++] = table[i]![j]!;
  }
  return { cells, rows, columns, total, dropped: r - rows.length + c - columns.length };
}

/** Pearson's chi-square statistic of independence; `correction` 0.5 for Yates. */
export function pearsonStatistic(margins: Margins, correction: number): number {
  const { cells, rows, columns, total } = margins;
  let statistic = 0;
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const expected = (rows[i]! * columns[j]!) / total;
      const difference = Math.abs(cells[i * columns.length + j]! - expected);
      const d = correction === 0 ? difference : difference - Math.min(correction, difference);
      statistic += (d * d) / expected;
    }
  }
  return statistic;
}
