import { formatCsv } from '../src/table/format-csv.ts';
import { parseCsv } from '../src/table/parse-csv.ts';
import { takeRows } from '../src/table/take-rows.ts';
import type { ColumnKind, Table } from '../src/types.ts';

/** Adult's numeric columns; the others are categories in which `?` is a level. */
const NUMERIC = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];

/** The split of every Adult figure: rows with index % 5 = 0 are held out. */
export interface AdultSplit {
  readonly train: Table;
  readonly holdout: Table;
}

/** Reads adult.csv and splits it as its README says. */
export function readAdult(csv: string): AdultSplit {
  const names = csv.slice(0, csv.indexOf('\n')).trim().split(',');
  const columns = names.map((name) => ({
    name,
    kind: (NUMERIC.includes(name) ? 'integer' : 'category') as ColumnKind,
  }));
  const table = parseCsv(csv, { schema: { columns }, nullTokens: [] });
  const rows = Array.from({ length: table.rowCount }, (_, row) => row);
  return {
    train: takeRows(
      table,
      rows.filter((row) => row % 5 !== 0),
    ),
    holdout: takeRows(
      table,
      rows.filter((row) => row % 5 === 0),
    ),
  };
}

/** The text that `score_tabular.py` reads. */
export function adultCsv(table: Table): string {
  return formatCsv(table);
}
