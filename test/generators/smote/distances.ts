import { fitSmote } from '../../../src/generators/smote/index.ts';
import { categoryColumn, createTable, numberColumn } from '../../../src/table/index.ts';
import type { Column } from '../../../src/types.ts';

/** Plain arrays as columns; those listed are categories. */
export function columnIndex(
  data: Readonly<Record<string, readonly (number | string)[]>>,
  categorical: readonly string[],
): Column[] {
  return Object.entries(data).map(([name, values]) =>
    categorical.includes(name)
      ? categoryColumn(name, values.map(String))
      : numberColumn(name, values as readonly number[]),
  );
}

/** The median deviation of a model, and the distances of its neighbours by the definition: m^2 / 2 a differing category. */
export function neighbourDistances(
  columns: readonly Column[],
  label: readonly string[],
  minority: string,
  k: number,
): { medianStd: number | null; neighbourDistances: number[][] } {
  let target = 'label';
  while (columns.some((column) => column.name === target)) target += '_';
  const model = fitSmote(createTable([...columns, categoryColumn(target, label)]), {
    target,
    label: minority,
    k,
    scale: 'none',
    rareLevelMin: 0,
    measurements: columns.map((column) => column.name),
  });
  const rows = label.flatMap((one, row) => (one === minority ? [row] : []));
  const median = model.report.medianDeviation;
  const distance = (a: number, b: number): number => {
    let sum = 0;
    for (const column of columns) {
      if (column.kind === 'number') sum += (column.values[a]! - column.values[b]!) ** 2;
      else if (column.kind === 'category' && column.codes[a] !== column.codes[b]) sum += (median ?? 1) ** 2 / 2;
    }
    return Math.sqrt(sum);
  };
  const found = rows.map((row, i) =>
    model.neighbours.slice(i * k, (i + 1) * k).map((other) => distance(row, rows[other]!)),
  );
  return { medianStd: median, neighbourDistances: found };
}
