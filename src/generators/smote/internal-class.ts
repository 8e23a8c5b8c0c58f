import { SynthproofError } from '../../errors.ts';
import { cellAt } from '../../table/cell-at.ts';
import { getColumn } from '../../table/get-column.ts';
import { groupCodes } from '../../table/group-codes.ts';
import type { Cell, Column, Table } from '../../types.ts';
import type { SmoteColumn } from './smote-types.ts';

/** One class of the target column. */
export interface FoundClass {
  readonly column: Column;
  /** Canonical text of its cell. */
  readonly label: string;
  /** Its rows. */
  readonly rows: Int32Array;
  /** Rows without a class. */
  readonly unlabelled: number;
}

/** Rows of each class. */
export function classRows(column: Column): { labels: readonly string[]; counts: Int32Array; codes: Int32Array } {
  if (column.kind === 'text')
    throw new SynthproofError(
      'KIND_MISMATCH',
      `target: expected a column of classes, received the text column "${column.name}"; cast it to category`,
      { argument: 'target', column: column.name },
    );
  const { codes, labels } = groupCodes(column);
  const counts = new Int32Array(labels.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  return { labels, counts, codes };
}

/** The class asked for, or the one with the fewest rows. */
export function findClass(table: Table, target: string, label: Cell | undefined): FoundClass {
  const column = getColumn(table, target);
  const { labels, counts, codes } = classRows(column);
  const code = label === undefined ? rarest(counts) : codeOf(column, codes, label);
  if (code < 0)
    throw new SynthproofError(
      'BAD_VALUE',
      label === undefined
        ? `target: every cell of column "${target}" is missing; name a column that has classes`
        : `label: no row of column "${target}" holds ${JSON.stringify(label)}; it has ${labels.slice(0, 5).join(', ')}${labels.length > 5 ? ', ...' : ''}`,
      { argument: label === undefined ? 'target' : 'label', column: target },
    );
  const rows = new Int32Array(counts[code]!);
  let at = 0;
  let unlabelled = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] === code) rows[at++] = row;
    if (codes[row]! < 0) unlabelled++;
  }
  return { column, label: labels[code]!, rows, unlabelled };
}

function rarest(counts: Int32Array): number {
  let best = -1;
  for (let code = 0; code < counts.length; code++)
    if (counts[code]! > 0 && (best < 0 || counts[code]! < counts[best]!)) best = code;
  return best;
}

/** Code of the class whose cell equals the label, -1 when no row has it. */
function codeOf(column: Column, codes: Int32Array, label: Cell): number {
  const wanted = column.kind === 'category' ? 'string' : column.kind === 'boolean' ? 'boolean' : 'number';
  // A label that looks like a number is still a label: "1" and 1 are not the same cell.
  if (typeof label !== wanted)
    throw new SynthproofError(
      'KIND_MISMATCH',
      `label: column "${column.name}" is ${column.kind}, so expected a ${wanted}, received ${label === null ? 'null' : typeof label} ${JSON.stringify(label)}; give the cell as the column holds it`,
      { argument: 'label', column: column.name },
    );
  for (let row = 0; row < codes.length; row++) if (cellAt(column, row) === label) return codes[row]!;
  return -1;
}

/** The target as a constant column. */
export function targetShape({ column, label, rows }: FoundClass): SmoteColumn {
  const cell = cellAt(column, rows[0]!);
  return {
    name: column.name,
    kind: column.kind,
    unit: column.kind === 'datetime' ? column.unit : null,
    role: 'constant',
    values: column.kind === 'category' ? [] : [Number(cell) + 0],
    labels: column.kind === 'category' ? [label] : [],
    pooledCode: -1,
    decimals: 0,
    prefix: '',
    firstId: 0,
    idStep: 1,
    cells: [],
    modes: [],
  };
}
