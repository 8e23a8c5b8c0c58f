import { SynthproofError } from '../../errors.ts';
import { isPresent } from '../../table/internal-bitmap.ts';
import type { BooleanColumn, CategoryColumn, DatetimeColumn, IntegerColumn, NumberColumn } from '../../types.ts';
import type { EncodedColumn } from './internal-predictor.ts';

/** A column read for fitting. */
export interface Encoding {
  /** Codes, sizes and values. */
  readonly encoded: EncodedColumn;
  /** Labels by code, for category columns. */
  readonly labels: readonly string[];
  /** Code of the pooled level, or -1. */
  readonly pooledCode: number;
  /** Levels pooled, and their rows. */
  readonly pooledLevels: number;
  /** Rows whose level was pooled. */
  readonly pooledRows: number;
  /** Observed rows. */
  readonly observed: number;
}

const NO_VALUES = /* @__PURE__ */ new Float64Array(0);

/** Ranks of a numeric column among its distinct values; -0 counts as 0. Refuses NaN and infinities that are not marked missing. */
export function encodeNumeric(column: NumberColumn | IntegerColumn | DatetimeColumn, position: number): Encoding {
  const { values, validity, name } = column;
  const present = new Float64Array(values.length);
  let observed = 0;
  for (let i = 0; i < values.length; i++) {
    if (!isPresent(validity, i)) continue;
    const value = values[i]!;
    if (!Number.isFinite(value))
      throw new SynthproofError(
        'BAD_VALUE',
        `table: column "${name}", row ${i}: expected a finite number, received ${value}; mark the cell as missing or mend it`,
        { argument: 'table', column: name, row: i },
      );
    present[observed++] = value + 0;
  }
  const sorted = present.slice(0, observed).sort();
  let size = 0;
  for (let i = 0; i < observed; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i]!;
  const distinct = sorted.slice(0, size);
  const codes = new Int32Array(values.length).fill(size);
  for (let i = 0; i < values.length; i++) if (isPresent(validity, i)) codes[i] = rankOf(distinct, values[i]!);
  const encoded = { column: position, numeric: true, codes, size, values: distinct };
  return { encoded, labels: [], pooledCode: -1, pooledLevels: 0, pooledRows: 0, observed };
}

/** Position of a value in ascending distinct values that hold it. */
function rankOf(distinct: Float64Array, value: number): number {
  let low = 0;
  let high = distinct.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distinct[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Codes of a boolean column: 0 false, 1 true. */
export function encodeBoolean(column: BooleanColumn, position: number): Encoding {
  const { values, validity } = column;
  const codes = new Int32Array(values.length);
  let observed = 0;
  for (let i = 0; i < codes.length; i++) {
    const seen = isPresent(validity, i);
    codes[i] = seen ? (values[i] === 0 ? 0 : 1) : 2;
    if (seen) observed++;
  }
  const encoded = { column: position, numeric: false, codes, size: 2, values: NO_VALUES };
  return { encoded, labels: [], pooledCode: -1, pooledLevels: 0, pooledRows: 0, observed };
}

/** Codes of a category column over the levels that occur, levels with fewer than `rareLevelMin` rows made one. */
export function encodeCategory(column: CategoryColumn, position: number, rareLevelMin: number): Encoding {
  const { codes: source, labels, validity } = column;
  const rows = new Int32Array(labels.length);
  let observed = 0;
  for (let i = 0; i < source.length; i++) {
    if (!isPresent(validity, i)) continue;
    rows[source[i]!]!++;
    observed++;
  }
  let pooledLevels = 0;
  let pooledRows = 0;
  const kept: string[] = [];
  for (let l = 0; l < labels.length; l++) {
    if (rows[l] === 0) continue;
    if (rows[l]! >= rareLevelMin) kept.push(labels[l]!);
    else {
      pooledLevels++;
      pooledRows += rows[l]!;
    }
  }
  const pooledLabel = pooledLevels > 0 ? freeLabel(labels) : '';
  const shown = pooledLevels > 0 ? insertSorted(kept, pooledLabel) : kept;
  const pooledCode = pooledLevels > 0 ? shown.indexOf(pooledLabel) : -1;
  const codeOf = new Map<string, number>();
  for (let l = 0; l < shown.length; l++) codeOf.set(shown[l]!, l);
  const recode = new Int32Array(labels.length);
  for (let l = 0; l < labels.length; l++)
    recode[l] = rows[l]! >= Math.max(1, rareLevelMin) ? codeOf.get(labels[l]!)! : pooledCode;
  const codes = new Int32Array(source.length);
  for (let i = 0; i < codes.length; i++) codes[i] = isPresent(validity, i) ? recode[source[i]!]! : shown.length;
  const encoded = { column: position, numeric: false, codes, size: shown.length, values: NO_VALUES };
  return { encoded, labels: shown, pooledCode, pooledLevels, pooledRows, observed };
}

/** A label for the pooled level that is not one of the column's own. */
function freeLabel(labels: readonly string[]): string {
  const taken = new Set(labels);
  if (!taken.has('other')) return 'other';
  if (!taken.has('(other)')) return '(other)';
  let n = 2;
  while (taken.has(`(other ${n})`)) n++;
  return `(other ${n})`;
}

function insertSorted(labels: readonly string[], label: string): string[] {
  let at = 0;
  while (at < labels.length && labels[at]! < label) at++;
  return [...labels.slice(0, at), label, ...labels.slice(at)];
}
