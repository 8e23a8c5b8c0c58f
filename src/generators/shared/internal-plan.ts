import { isPresent } from '../../table/internal-bitmap.ts';
import type { Column, ColumnKind, Table } from '../../types.ts';
import type { ColumnReport, ColumnRole, ColumnShape } from '../model-types.ts';
import { type Encoding, encodeBoolean, encodeCategory, encodeNumeric } from './internal-encode.ts';
import { choosePlaceholder, type Placeholder } from './internal-identifier.ts';
import type { EncodedColumn } from './internal-predictor.ts';

/** What the plan needs to know; names are checked before. */
export interface PlanOptions {
  /** Fewest observed cells of a numeric column that is modelled. */
  readonly minLeaf: number;
  /** Levels with fewer rows are pooled. */
  readonly rareLevelMin: number;
  /** Asked identifiers. */
  readonly identifiers: readonly string[];
  /** Never identifiers by the automatic rule. */
  readonly measurements: readonly string[];
  /** Columns to synthesise. */
  readonly synthesize: readonly string[];
}

/** One column, decided and encoded. */
export interface PlannedColumn {
  readonly column: Column;
  readonly role: ColumnRole;
  readonly unit: 'day' | 'millisecond' | null;
  /** Codes, when the column is modelled or can be a predictor; null otherwise. */
  readonly encoded: EncodedColumn | null;
  readonly labels: readonly string[];
  readonly pooledCode: number;
  readonly decimals: number;
  readonly placeholder: Placeholder;
  /** 1 for each missing row; null when none is missing, or when it does not matter. */
  readonly missing: Int32Array | null;
  /** The one cell of a constant column, as value or code. */
  readonly constant: number;
}

/** Reports that the plan fills. */
export type PlanReport = Omit<ColumnReport, 'rows'>;

const NO_PLACEHOLDER: Placeholder = { prefix: '', firstId: 0, idStep: 1 };

/** Columns with fewer observed cells than this are not taken for identifiers because their cells all differ. */
const DISTINCT_ROWS = 20;

/** Decides each column's role and encodes it. */
export function planColumns(table: Table, options: PlanOptions): { columns: PlannedColumn[]; report: PlanReport } {
  const report = { constant: [], allMissing: [], identifiers: [], pooled: [], kept: [] } as {
    constant: string[];
    allMissing: ColumnReport['allMissing'][number][];
    identifiers: ColumnReport['identifiers'][number][];
    pooled: ColumnReport['pooled'][number][];
    kept: string[];
  };
  const columns = table.columns.map((column, position): PlannedColumn => {
    const { name } = column;
    const keep = !options.synthesize.includes(name);
    if (keep) report.kept.push(name);
    const planned: PlannedColumn = {
      column,
      role: keep ? 'kept' : 'modelled',
      unit: column.kind === 'datetime' ? column.unit : null,
      encoded: null,
      labels: [],
      pooledCode: -1,
      decimals: 0,
      placeholder: NO_PLACEHOLDER,
      missing: null,
      constant: 0,
    };
    const asked = options.identifiers.includes(name);
    if (asked || column.kind === 'text') {
      if (keep) return planned;
      report.identifiers.push({ column: name, reason: asked ? 'asked' : 'text' });
      return asIdentifier(planned);
    }
    const encoding = encode(column, position, options.rareLevelMin);
    const { encoded, observed } = encoding;
    const allDistinct =
      (column.kind === 'integer' || column.kind === 'category') &&
      observed >= DISTINCT_ROWS &&
      distinctCells(column, encoding) === observed &&
      !options.measurements.includes(name);
    if (keep) return allDistinct ? planned : withEncoding(planned, encoding);
    if (allDistinct) {
      report.identifiers.push({ column: name, reason: 'all-distinct' });
      return asIdentifier(planned);
    }
    if (observed === 0 || (encoded.numeric && observed < options.minLeaf)) {
      report.allMissing.push({ column: name, observed });
      return { ...planned, role: 'allMissing' };
    }
    if (encoding.pooledLevels > 0)
      report.pooled.push({
        column: name,
        levels: encoding.pooledLevels,
        rows: encoding.pooledRows,
        label: encoding.labels[encoding.pooledCode]!,
        below: options.rareLevelMin,
      });
    const constant = constantCode(encoding, table.rowCount);
    if (constant >= 0) {
      report.constant.push(name);
      return { ...withEncoding(planned, encoding), encoded: null, role: 'constant', constant };
    }
    const missing = observed < table.rowCount ? missingFlags(column, table.rowCount) : null;
    return { ...withEncoding(planned, encoding), missing };
  });
  return { columns, report };
}

/** The part of a planned column that every model keeps; `values` are the training values that the generator wants to hold. */
export function columnShape(planned: PlannedColumn, values: readonly number[]): ColumnShape {
  const { column, role, placeholder } = planned;
  const constant = isNumericKind(column.kind) ? (column as NumericColumn).values[0]! + 0 : planned.constant;
  return {
    name: column.name,
    kind: column.kind,
    unit: planned.unit,
    role,
    values: role === 'constant' && column.kind !== 'category' ? [constant] : values,
    labels: [...planned.labels],
    pooledCode: planned.pooledCode,
    decimals: planned.decimals,
    prefix: placeholder.prefix,
    firstId: placeholder.firstId,
    idStep: placeholder.idStep,
  };
}

type NumericColumn = Extract<Column, { values: Float64Array }>;

/** Whether cells of this kind are numbers (datetimes among them). */
export function isNumericKind(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'integer' || kind === 'datetime';
}

function withEncoding(planned: PlannedColumn, encoding: Encoding): PlannedColumn {
  const { encoded, labels, pooledCode } = encoding;
  const decimals = planned.column.kind === 'number' ? mostDecimals(encoded.values) : 0;
  return { ...planned, encoded, labels, pooledCode, decimals };
}

function asIdentifier(planned: PlannedColumn): PlannedColumn {
  const { column } = planned;
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  const missing = missingFlags(column, rows);
  return {
    ...planned,
    role: 'identifier',
    placeholder: choosePlaceholder(column),
    missing: missing.includes(1) ? missing : null,
  };
}

function encode(column: Exclude<Column, { kind: 'text' }>, position: number, rareLevelMin: number): Encoding {
  if (column.kind === 'category') return encodeCategory(column, position, rareLevelMin);
  if (column.kind === 'boolean') return encodeBoolean(column, position);
  return encodeNumeric(column, position);
}

/** Distinct cells before pooling. */
function distinctCells(column: Column, encoding: Encoding): number {
  if (column.kind !== 'category') return encoding.encoded.size;
  const kept = encoding.encoded.size - (encoding.pooledLevels > 0 ? 1 : 0);
  return kept + encoding.pooledLevels;
}

/** The code that every row has, or -1. */
function constantCode(encoding: Encoding, rows: number): number {
  const { codes, size } = encoding.encoded;
  if (encoding.observed < rows) return -1;
  if (size === 1) return 0;
  if (size !== 2) return -1;
  // A boolean column has two codes whether or not both occur.
  for (let i = 1; i < rows; i++) if (codes[i] !== codes[0]) return -1;
  return codes[0]!;
}

function missingFlags(column: Column, rows: number): Int32Array {
  const flags = new Int32Array(rows);
  for (let i = 0; i < rows; i++) flags[i] = isPresent(column.validity, i) ? 0 : 1;
  return flags;
}

/** Largest number of decimals with which the values are written, at most 15. */
export function mostDecimals(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length && most < 15; i++) {
    const text = String(values[i]);
    const e = text.indexOf('e');
    const digits = e < 0 ? text : text.slice(0, e);
    const point = digits.indexOf('.');
    const decimals = (point < 0 ? 0 : digits.length - point - 1) - (e < 0 ? 0 : Number(text.slice(e + 1)));
    most = Math.max(most, Math.min(15, decimals));
  }
  return most;
}
