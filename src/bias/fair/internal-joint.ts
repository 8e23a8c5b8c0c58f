import { SynthproofError } from '../../errors.ts';
import { isMissing } from '../../table/is-missing.ts';
import type { Table } from '../../types.ts';
import { columnOf, encodeGroups } from '../internal-encode.ts';

/** Most cells of a joint distribution. */
const MOST_CELLS = 1_000_000;

/** Counts over the combinations of some columns' levels, the last column fastest. */
export interface Joint {
  /** Column names. */
  readonly columns: readonly string[];
  /** Levels that occur, per column. */
  readonly levels: readonly (readonly string[])[];
  /** Number of levels per column. */
  readonly shape: readonly number[];
  /** Rows per cell. */
  readonly counts: Float64Array;
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out for a missing label. */
  readonly leftOut: number;
}

/** Counts the rows that have a label. */
export function countJoint(table: Table, columns: readonly string[], label: string): Joint {
  const labelled = columnOf(table, label, 'label');
  const rows: number[] = [];
  for (let i = 0; i < table.rowCount; i++) if (!isMissing(labelled, i)) rows.push(i);
  const coded = columns.map((name) => {
    const argument = name === label ? 'label' : 'sensitive, keep';
    const { codes, labels } = encodeGroups(columnOf(table, name, argument), argument);
    const seen = new Uint8Array(labels.length);
    for (const row of rows) seen[codes[row]!] = 1;
    const present = labels.filter((_, k) => seen[k] === 1);
    const dense = Int32Array.from(labels, (one) => present.indexOf(one));
    return { codes, present, dense };
  });
  const shape = coded.map((one) => one.present.length);
  const size = shape.reduce((product, levels) => product * levels, 1);
  if (size > MOST_CELLS)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `columns: ${columns.join(', ')} have ${size} combinations of levels, more than ${MOST_CELLS}; name fewer columns or coarsen them`,
      { argument: 'columns' },
    );
  const counts = new Float64Array(size);
  for (const row of rows) {
    let cell = 0;
    for (let k = 0; k < coded.length; k++) cell = cell * shape[k]! + coded[k]!.dense[coded[k]!.codes[row]!]!;
    counts[cell]!++;
  }
  return {
    columns,
    levels: coded.map((one) => one.present),
    shape,
    counts,
    rows: rows.length,
    leftOut: table.rowCount - rows.length,
  };
}

/** Sums over all axes but those given (ascending), the last of them fastest. */
export function marginOf(cells: ArrayLike<number>, shape: readonly number[], axes: readonly number[]): Float64Array {
  const out = new Float64Array(axes.reduce((product, axis) => product * shape[axis]!, 1));
  for (let cell = 0; cell < cells.length; cell++) {
    const codes = codesOf(cell, shape);
    let at = 0;
    for (const axis of axes) at = at * shape[axis]! + codes[axis]!;
    out[at]! += cells[cell]!;
  }
  return out;
}

/** Level codes of a cell. */
export function codesOf(cell: number, shape: readonly number[]): number[] {
  const codes: number[] = new Array(shape.length);
  let rest = cell;
  for (let k = shape.length - 1; k >= 0; k--) {
    codes[k] = rest % shape[k]!;
    rest = (rest - codes[k]!) / shape[k]!;
  }
  return codes;
}

/** Largest difference between two groups in the share of any label. */
export function widestGap(labels: readonly (readonly number[])[]): number {
  let widest = 0;
  for (let y = 0; y < (labels[0]?.length ?? 0); y++) {
    const shares = labels.map((one) => one[y]!);
    widest = Math.max(widest, Math.max(...shares) - Math.min(...shares));
  }
  return widest;
}
