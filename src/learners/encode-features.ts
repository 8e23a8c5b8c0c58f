import { SynthproofError } from '../errors.ts';
import type { Column, Table } from '../types.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { numberOption } from './internal-check.ts';

/** Options of {@link encodeFeatures}. */
export interface EncodeFeaturesOptions {
  /** Table whose levels, means and deviations are used: the training table. Default: the table itself. */
  readonly reference?: Table | undefined;
  /**
   * `ordinal` (default, for trees): one feature per column. `one-hot` (for logistic regression): numbers standardised,
   * one 0/1 feature per level, and one for missing cells where the reference has any.
   */
  readonly form?: 'ordinal' | 'one-hot' | undefined;
  /** Names of the columns to encode, in this order. Default: all of the reference. */
  readonly columns?: readonly string[] | undefined;
  /** `one-hot`: most levels of a column with a feature of their own, the most frequent first, from 2. Default 50. */
  readonly maxLevels?: number | undefined;
}

/**
 * A table as numbers for the learners.
 *
 * `ordinal`: numbers and times as they are, levels as their position among those that occur in the reference (code-unit
 * order), levels unknown there -1, missing NaN. `one-hot`: numbers and times standardised by the reference (missing and
 * NaN become 0, its mean), levels as 0/1 features. Texts and constant columns give no feature and are listed.
 *
 * @param table - Table to encode; it must have every column that is encoded, of the reference's kind.
 * @param options - See {@link EncodeFeaturesOptions}.
 * @returns See {@link FeatureMatrix}; its features depend on the reference and the options only.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`.
 * @example
 * const train = createTable([categoryColumn('city', ['b', 'a', 'b'])]);
 * const test = createTable([categoryColumn('city', ['b', 'z', null])]);
 * [...encodeFeatures(test, { reference: train }).columns[0]]; // => [1, -1, NaN]
 */
export function encodeFeatures(table: Table, options: EncodeFeaturesOptions = {}): FeatureMatrix {
  const { reference = table, form = 'ordinal' } = options;
  const maxLevels = numberOption('maxLevels', options.maxLevels, 50, { low: 2, high: 1e6, whole: true });
  if (form !== 'ordinal' && form !== 'one-hot')
    throw new SynthproofError('BAD_OPTION', `form: expected 'ordinal' or 'one-hot', received ${String(form)}`, {
      argument: 'form',
    });
  const result: Building = { names: [], columns: [], skipped: [], unknownCells: 0, infiniteCells: 0, pooledLevels: 0 };
  for (const name of options.columns ?? reference.columns.map((column) => column.name)) {
    const model = columnNamed(reference, name, 'reference');
    const cells = columnNamed(table, name, 'table');
    if (familyOf(cells) !== familyOf(model))
      throw new SynthproofError(
        'KIND_MISMATCH',
        `table: column "${name}" is of kind ${cells.kind}, expected ${model.kind} as in the reference`,
        { argument: 'table', column: name },
      );
    if (model.kind === 'text') result.skipped.push({ column: name, reason: 'TEXT' });
    else if (familyOf(model) === 'levels') addLevels(result, cells, model, form, maxLevels);
    else addNumber(result, cells, model, form);
  }
  return { rows: table.rowCount, ...result };
}

type Building = {
  -readonly [K in keyof Omit<FeatureMatrix, 'rows'>]: FeatureMatrix[K] extends readonly (infer T)[]
    ? T[]
    : FeatureMatrix[K];
};

function familyOf(column: Column): 'text' | 'levels' | 'numbers' | 'times' {
  if (column.kind === 'text') return 'text';
  if (column.kind === 'category' || column.kind === 'boolean') return 'levels';
  return column.kind === 'datetime' ? 'times' : 'numbers';
}

function columnNamed(table: Table, name: string, argument: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  throw new SynthproofError(
    'UNKNOWN_COLUMN',
    `${argument}: no column "${name}"; there is ${table.columns.map((column) => `"${column.name}"`).join(', ')}`,
    { argument, column: name },
  );
}

/** Numbers of a column; NaN where there is none. */
function numbersOf(column: Column, result: Building | null): Float64Array {
  const values =
    column.kind === 'category' || column.kind === 'text' ? new Float64Array() : Float64Array.from(column.values);
  const { validity } = column;
  for (let i = 0; i < values.length; i++) {
    if (validity && ((validity[i >> 3]! >> (i & 7)) & 1) === 0) values[i] = NaN;
    else if (values[i] === Infinity || values[i] === -Infinity) {
      values[i] = NaN;
      if (result) result.infiniteCells++;
    }
  }
  return values;
}

function addNumber(result: Building, cells: Column, model: Column, form: 'ordinal' | 'one-hot'): void {
  const base = numbersOf(model, null);
  let count = 0;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < base.length; i++) {
    const x = base[i]!;
    if (Number.isNaN(x)) continue;
    count++;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const someMissing = count < base.length;
  if (!(low < high) && !(someMissing && count > 0)) {
    result.skipped.push({ column: model.name, reason: 'CONSTANT' });
    return;
  }
  const values = numbersOf(cells, result);
  if (form === 'ordinal') {
    result.names.push(model.name);
    result.columns.push(values);
    return;
  }
  if (someMissing) {
    result.names.push(`${model.name} missing`);
    result.columns.push(values.map((x) => (Number.isNaN(x) ? 1 : 0)));
  }
  if (!(low < high)) return;
  // In units of the range first, so that values near the largest double do not overflow.
  const half = high / 2 - low / 2;
  const unit = (x: number): number => (x / 2 - low / 2) / half;
  let mean = 0;
  for (let i = 0; i < base.length; i++) if (!Number.isNaN(base[i]!)) mean += unit(base[i]!) / count;
  let squares = 0;
  for (let i = 0; i < base.length; i++) {
    const d = unit(base[i]!) - mean;
    if (!Number.isNaN(d)) squares += d * d;
  }
  const deviation = Math.sqrt(squares / count);
  result.names.push(model.name);
  result.columns.push(values.map((x) => (Number.isNaN(x) ? 0 : (unit(x) - mean) / deviation)));
}

/** Code of each cell among a column's labels, -1 when missing. */
function levelCodes(column: Column): { readonly codes: Int32Array; readonly labels: readonly string[] } {
  const { validity } = column;
  const present = (i: number): boolean => !validity || ((validity[i >> 3]! >> (i & 7)) & 1) === 1;
  if (column.kind === 'category')
    return { codes: column.codes.map((code, i) => (present(i) ? code : -1)), labels: column.labels };
  const bits = column.kind === 'boolean' ? column.values : new Uint8Array();
  return { codes: Int32Array.from(bits, (bit, i) => (present(i) ? bit : -1)), labels: ['false', 'true'] };
}

function addLevels(
  result: Building,
  cells: Column,
  model: Column,
  form: 'ordinal' | 'one-hot',
  maxLevels: number,
): void {
  const base = levelCodes(model);
  const counts = new Float64Array(base.labels.length);
  let missing = 0;
  for (let i = 0; i < base.codes.length; i++) {
    const code = base.codes[i]!;
    if (code < 0) missing++;
    else counts[code] = counts[code]! + 1;
  }
  const known = new Map<string, number>();
  for (let k = 0; k < counts.length; k++) if (counts[k]! > 0) known.set(base.labels[k]!, known.size);
  if (known.size + (missing > 0 ? 1 : 0) < 2) {
    result.skipped.push({ column: model.name, reason: 'CONSTANT' });
    return;
  }
  const other = levelCodes(cells);
  const map = Int32Array.from(other.labels, (label) => known.get(label) ?? -1);
  const coded = new Float64Array(other.codes.length);
  for (let i = 0; i < coded.length; i++) {
    const code = other.codes[i]!;
    coded[i] = code < 0 ? NaN : map[code]!;
    if (coded[i] === -1) result.unknownCells++;
  }
  if (form === 'ordinal') {
    result.names.push(model.name);
    result.columns.push(coded);
    return;
  }
  const labels = [...known.keys()];
  const ranked = labels.map((_, k) => k);
  const countOf = counts.filter((count) => count > 0);
  // Stable: levels of one count keep their order.
  ranked.sort((a, b) => countOf[b]! - countOf[a]!);
  const chosen = ranked.slice(0, maxLevels).sort((a, b) => a - b);
  result.pooledLevels += labels.length - chosen.length;
  for (const k of chosen) {
    result.names.push(`${model.name}=${labels[k]!}`);
    result.columns.push(coded.map((code) => (code === k ? 1 : 0)));
  }
  if (missing > 0) {
    result.names.push(`${model.name} missing`);
    result.columns.push(coded.map((code) => (Number.isNaN(code) ? 1 : 0)));
  }
}
