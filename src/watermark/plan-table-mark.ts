import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { planColumn } from './internal-plan-column.ts';
import type { TableMarkColumn, TableMarkParameters, TableMarkPlan } from './table-mark-plan.ts';

/** Options of {@link planTableMark}. */
export interface TableMarkOptions {
  /** Names the release; not empty, fresh for every release. */
  readonly tableId: string;
  /** How the mark is embedded. Default `select`. */
  readonly preset?: 'select' | undefined;
  /** The target column of a prediction task; it is locked, so that its relation to the features is left alone. */
  readonly label?: string | undefined;
  /** Further columns to leave out of the mark. Default none. */
  readonly locked?: readonly string[] | undefined;
  /** Columns that may give context but bear no sign themselves, for instance protected groups. Default none. */
  readonly contextOnly?: readonly string[] | undefined;
  /** Columns to use although all their values differ. Default none. */
  readonly unlocked?: readonly string[] | undefined;
  /** Rows the marked table will have. Default: rows of the reference. */
  readonly rows?: number | undefined;
}

/**
 * Plans a table mark: which columns carry it, and their bins, levels and contexts, all without the key.
 *
 * Give as reference an unmarked sample of the synthetic generator, never the source: the plan holds quantiles and
 * level names of the reference and is kept with the release. A few thousand rows are enough. Locked by default: the
 * label, free text, columns in which every value differs (identifiers, unique timestamps), constant
 * columns, and columns with more than 512 levels.
 *
 * A table without fine-grained columns gets wider contexts (rows / 8, from 64 to 8192 cells) and at most 8
 * channels; `lowCardinality` says so.
 *
 * @param reference - Unmarked rows.
 * @param options - See {@link TableMarkOptions}.
 * @returns The plan; `carriers` is 0 when nothing can carry a mark.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when the reference has no row; `UNKNOWN_COLUMN` for a name that is not there;
 * `BAD_OPTION` for an empty tableId; `OUT_OF_RANGE` when `rows` is no whole number from 1.
 * @example
 * const rows = Array.from({ length: 200 }, (_, i) => ({ age: 20 + (i % 50), sex: i % 3 ? 'f' : 'm' }));
 * const plan = planTableMark(fromRecords(rows), { tableId: 'release-1' });
 * plan.columns.map((column) => column.role); // => ['carrier', 'carrier']
 */
export function planTableMark(reference: Table, options: TableMarkOptions): TableMarkPlan {
  const { tableId, preset = 'select', label, locked = [], contextOnly = [], unlocked = [] } = options;
  const { rows = reference.rowCount } = options;
  if (reference.rowCount === 0)
    throw new SynthproofError('EMPTY_INPUT', 'reference: expected at least one row, received none', {
      argument: 'reference',
    });
  if (typeof tableId !== 'string' || tableId === '')
    throw new SynthproofError(
      'BAD_OPTION',
      `tableId: expected a text that is not empty, received ${typeof tableId}; use a fresh id for every release`,
      { argument: 'tableId' },
    );
  if (preset !== 'select')
    throw new SynthproofError('BAD_OPTION', `preset: expected 'select', received '${String(preset)}'`, {
      argument: 'preset',
    });
  if (!Number.isInteger(rows) || rows < 1)
    throw new SynthproofError('OUT_OF_RANGE', `rows: expected a whole number from 1, received ${rows}`, {
      argument: 'rows',
    });
  const names = new Set(reference.columns.map((column) => column.name));
  const known = (argument: string, name: string): void => {
    if (!names.has(name))
      throw new SynthproofError(
        'UNKNOWN_COLUMN',
        `${argument}: no column "${name}"; columns: ${[...names].slice(0, 20).join(', ')}`,
        { argument, column: name },
      );
  };
  if (label !== undefined) known('label', label);
  for (const name of locked) known('locked', name);
  for (const name of contextOnly) known('contextOnly', name);
  for (const name of unlocked) known('unlocked', name);

  const columns: TableMarkColumn[] = reference.columns.map((column, id) => {
    if (locked.includes(column.name))
      return { id, name: column.name, kind: column.kind, role: 'locked', lockedBecause: 'listed' };
    if (column.name === label)
      return { id, name: column.name, kind: column.kind, role: 'locked', lockedBecause: 'label' };
    return planColumn(column, reference.rowCount, id, {
      role: contextOnly.includes(column.name) ? 'context' : 'carrier',
      allowDistinct: unlocked.includes(column.name),
    });
  });
  const lowCardinality = !columns.some((column) => column.role === 'carrier' && column.coding === 'number');
  return {
    kind: 'synthproof-table-mark',
    version: 1,
    preset,
    tableId,
    referenceRows: reference.rowCount,
    rows,
    carriers: columns.filter((column) => column.role === 'carrier').length,
    lowCardinality,
    parameters: lowCardinality ? coarseParameters(rows) : FINE_PARAMETERS,
    columns,
  };
}

const FINE_PARAMETERS: TableMarkParameters = {
  channelBins: [32, 8],
  contextLevels: 4,
  contextTarget: 256,
  contextMax: 4,
  channelMax: null,
  kappa: 0.5,
};

/** Two or three levels a column: only the joint value of many columns tells rows apart. */
function coarseParameters(rows: number): TableMarkParameters {
  const contextTarget = Math.min(8192, Math.max(64, Math.floor(rows / 8)));
  return { ...FINE_PARAMETERS, contextTarget, contextMax: 14, channelMax: 8 };
}
