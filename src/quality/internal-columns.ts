import { SynthproofError } from '../errors.ts';
import { columnLength } from '../table/column-length.ts';
import type { Column, ColumnKind } from '../types.ts';

/** Kinds that can be compared with each other have the same family. */
function familyOf(kind: ColumnKind): string {
  return kind === 'integer' ? 'number' : kind;
}

/** True for the kinds that are points on a line. */
export function isContinuous(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'integer' || kind === 'datetime';
}

/** A column of points on a line. */
type ContinuousColumn = Extract<Column, { readonly values: Float64Array }>;

/** Throws `KIND_MISMATCH` unless both columns can be compared; number and integer can. */
export function checkSameKind<C extends Column>(real: C, synthetic: Column): asserts synthetic is C {
  if (familyOf(real.kind) !== familyOf(synthetic.kind))
    throw kindMismatch(
      'synthetic',
      synthetic,
      `kind ${real.kind} as in the real table`,
      'read both tables with one schema, for example parseCsv(text, { schema: schemaOf(real) })',
    );
}

/** Throws `KIND_MISMATCH` unless the column holds numbers or times. */
export function checkContinuous(column: Column, argument: string, metric: string): asserts column is ContinuousColumn {
  if (!isContinuous(column.kind))
    throw kindMismatch(
      argument,
      column,
      `a number, integer or datetime column for ${metric}`,
      'use tvComplement for levels',
    );
}

function kindMismatch(argument: string, column: Column, expected: string, remedy: string): SynthproofError {
  return new SynthproofError(
    'KIND_MISMATCH',
    `${argument}: expected ${expected}, received "${column.name}" of kind ${column.kind}; ${remedy}`,
    { argument, column: column.name },
  );
}

/** {@link pointsOf} a column of any kind; throws `KIND_MISMATCH` when it holds no numbers. */
export function numericCells(column: Column): Float64Array {
  if (column.kind === 'category' || column.kind === 'text' || column.kind === 'boolean')
    throw new SynthproofError('KIND_MISMATCH', `column "${column.name}" of kind ${column.kind} holds no numbers`, {
      column: column.name,
    });
  return pointsOf(column);
}

/**
 * The doubles of a numeric or datetime column with NaN where there is no usable value (missing, or NaN itself).
 * Returns the column's own array when it already is in that form: never write to it.
 */
export function pointsOf(column: ContinuousColumn): Float64Array {
  const { validity, values } = column;
  if (!validity) return values;
  const out = values.slice();
  for (let i = 0; i < out.length; i++) if (((validity[i >> 3]! >> (i & 7)) & 1) === 0) out[i] = Number.NaN;
  return out;
}

/** The usable values in ascending order. */
export function sortedValues(cells: Float64Array): Float64Array {
  const out = new Float64Array(cells.length);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    const x = cells[i]!;
    // Adding 0 turns -0 into 0: a sort puts -0 before 0, although they are the same number.
    if (!Number.isNaN(x)) out[count++] = x + 0;
  }
  return out.subarray(0, count).sort();
}

/** Two columns as levels of one common dictionary. */
export interface LevelPair {
  /** Code per real row; `labels.length` for a missing cell. */
  readonly real: Int32Array;
  /** Code per synthetic row; `labels.length` for a missing cell. */
  readonly synthetic: Int32Array;
  /** Distinct labels of both sides, in code-unit order. */
  readonly labels: readonly string[];
}

/** The text that stands for a cell of any kind; null when missing. */
function levelText(column: Column, row: number): string | null {
  const { validity } = column;
  if (validity && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) return null;
  switch (column.kind) {
    case 'category': {
      const code = column.codes[row]!;
      return code < 0 ? null : column.labels[code]!;
    }
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'text':
      return column.values[row]!;
    default:
      return String(column.values[row]!);
  }
}

function recode(column: Column, index: ReadonlyMap<string, number>): Int32Array {
  const rows = columnLength(column);
  const out = new Int32Array(rows);
  const missing = index.size;
  if (column.kind === 'category') {
    const map = Int32Array.from(column.labels, (label) => index.get(label)!);
    const { codes, validity } = column;
    for (let i = 0; i < rows; i++) {
      const code = codes[i]!;
      out[i] = code < 0 || (validity && ((validity[i >> 3]! >> (i & 7)) & 1) === 0) ? missing : map[code]!;
    }
    return out;
  }
  for (let i = 0; i < rows; i++) {
    const text = levelText(column, i);
    out[i] = text === null ? missing : index.get(text)!;
  }
  return out;
}

/** Codes both columns in one dictionary, whatever their kind. */
export function levelPair(real: Column, synthetic: Column): LevelPair {
  const distinct = new Set<string>();
  for (const column of [real, synthetic]) {
    if (column.kind === 'category') for (const label of column.labels) distinct.add(label);
    else {
      const rows = columnLength(column);
      for (let i = 0; i < rows; i++) {
        const text = levelText(column, i);
        if (text !== null) distinct.add(text);
      }
    }
  }
  // The default sort of strings is by UTF-16 code unit: the same everywhere and independent of row order.
  const labels = [...distinct].sort();
  const index = new Map<string, number>();
  for (let i = 0; i < labels.length; i++) index.set(labels[i]!, i);
  return { real: recode(real, index), synthetic: recode(synthetic, index), labels };
}

/** A category column of 20 values or more in which more than 9 in 10 have a level of their own: names or keys, not groups. */
export function looksLikeIdentifier(column: Column): boolean {
  if (column.kind !== 'category') return false;
  const seen = new Uint8Array(column.labels.length);
  let present = 0;
  let levels = 0;
  for (let i = 0; i < column.codes.length; i++) {
    const code = column.codes[i]!;
    if (code < 0) continue;
    present++;
    if (seen[code] === 0) levels++;
    seen[code] = 1;
  }
  return present >= 20 && levels > 0.9 * present;
}
