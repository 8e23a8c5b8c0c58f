import type { ColumnShape } from '../model-types.ts';
import { columnShape, isNumericKind, type PlannedColumn } from '../shared/internal-plan.ts';
import type { SmoteColumn } from './smote-types.ts';

/** A column over the rows of the class. */
export interface ClassColumn {
  /** `values` are those of the class. */
  readonly shape: ColumnShape;
  /** `number` and `level` count in the distance; `gap` is an identifier of which only missing cells matter. */
  readonly part: 'number' | 'level' | 'gap' | 'none';
  /** Cell of each row of the class; `size` when missing. */
  readonly cells: Int32Array;
  readonly size: number;
  readonly missingCells: number;
}

/** The planned columns cut down to the rows of the class. */
export function classColumns(columns: readonly PlannedColumn[], rows: Int32Array): ClassColumn[] {
  return columns.map((planned) => {
    const { role, encoded, missing, column } = planned;
    if (role === 'modelled') {
      const cells = rows.map((row) => encoded!.codes[row]!);
      if (!encoded!.numeric) return classColumn(columnShape(planned, []), 'level', cells, encoded!.size);
      const { values, ranks } = compact(cells, encoded!.values);
      return classColumn(columnShape(planned, values), 'number', ranks, values.length);
    }
    const shape = columnShape(planned, []);
    if (role === 'identifier' && missing)
      return classColumn(
        shape,
        'gap',
        rows.map((row) => missing[row]!),
        1,
      );
    // A constant number is still a column of deviation 0 for the median.
    const part = role === 'constant' && isNumericKind(column.kind) ? 'number' : 'none';
    return { shape, part, cells: new Int32Array(part === 'number' ? rows.length : 0), size: 1, missingCells: 0 };
  });
}

/** Adds the most frequent cell of each row's neighbours; of equally frequent ones the one met first, so the nearest. */
export function withModes(column: ClassColumn, neighbours: Int32Array, k: number): SmoteColumn {
  const { shape, part, cells } = column;
  if (shape.role === 'constant' || part === 'none') return { ...shape, cells: [], modes: [] };
  const modes: number[] = [];
  if (part === 'level') {
    const count = new Int32Array(column.size + 1);
    for (let from = 0; from < neighbours.length; from += k) {
      let best = cells[neighbours[from]!]!;
      for (let i = from; i < from + k; i++) count[cells[neighbours[i]!]!]!++;
      for (let i = from; i < from + k; i++)
        if (count[cells[neighbours[i]!]!]! > count[best]!) best = cells[neighbours[i]!]!;
      for (let i = from; i < from + k; i++) count[cells[neighbours[i]!]!] = 0;
      modes.push(best);
    }
  }
  return { ...shape, cells: Array.from(cells), modes };
}

function classColumn(shape: ColumnShape, part: ClassColumn['part'], cells: Int32Array, size: number): ClassColumn {
  let missingCells = 0;
  for (let i = 0; i < cells.length; i++) if (cells[i] === size) missingCells++;
  return { shape, part, cells, size, missingCells };
}

/** The values that occur in the class, and each row's position among them: no other class's value stays in the model. */
function compact(cells: Int32Array, all: Float64Array): { values: number[]; ranks: Int32Array } {
  const occurs = new Uint8Array(all.length + 1);
  for (let i = 0; i < cells.length; i++) occurs[cells[i]!] = 1;
  const rank = new Int32Array(all.length + 1);
  const values: number[] = [];
  for (let cell = 0; cell < all.length; cell++) {
    rank[cell] = values.length;
    if (occurs[cell] === 1) values.push(all[cell]!);
  }
  rank[all.length] = values.length;
  return { values, ranks: cells.map((cell) => rank[cell]!) };
}
