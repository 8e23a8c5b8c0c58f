import { SynthproofError } from '../../errors.ts';
import { canonicalJson } from '../../hash/canonical-json.ts';
import { sha256Hex } from '../../hash/sha256-hex.ts';
import type { Cell, JobOptions, Table } from '../../types.ts';
import { checkColumnOptions, checkTable, checkWhole } from '../shared/internal-options.ts';
import { planColumns } from '../shared/internal-plan.ts';
import { findClass, targetShape } from './internal-class.ts';
import { classColumns, withModes } from './internal-columns.ts';
import { findNeighbours } from './internal-neighbours.ts';
import type { SmoteModel } from './smote-types.ts';

/** Options of {@link fitSmote}. They survive JSON, so that they can go into the lineage record. */
export interface SmoteOptions {
  /** Column that names the class; any kind but text. */
  readonly target: string;
  /** Cell of the class to learn: a label, a number (datetimes: epoch milliseconds) or a boolean. Default: the class with the fewest rows. */
  readonly label?: Exclude<Cell, null> | undefined;
  /** Neighbours per row, below the rows of the class. Default 5. */
  readonly k?: number | undefined;
  /**
   * `deviation`: numeric columns are divided by their standard deviation in the class before distances are taken, so
   * that units do not matter; `none`: as they are, as imbalanced-learn does. Default `deviation`.
   */
  readonly scale?: 'deviation' | 'none' | undefined;
  /** As in {@link CartOptions}. */
  readonly identifiers?: readonly string[] | undefined;
  /** As in {@link CartOptions}. */
  readonly measurements?: readonly string[] | undefined;
  /** Levels with fewer rows in the whole table are pooled into one, shown as `other`; 0 pools none. Default 5. */
  readonly rareLevelMin?: number | undefined;
}

/**
 * Learns to draw more rows of a rare class: SMOTE-NC (Chawla et al. 2002, section 6.1), with the distance of
 * imbalanced-learn 0.10.
 *
 * The squared distance of two rows is the sum of squared differences of their numbers, plus m^2 / 2 for every category or
 * boolean that differs, where m is the median over the numeric columns of the class's standard deviation (the paper adds
 * m^2; the reference in use adds half). Without numeric columns it is the number of categories that differ; without
 * categories this is plain SMOTE. Equal distances: the earlier row.
 *
 * Missing cells are no reason to lose a row: a missing category is a level of its own; numbers of which one is missing
 * count as a category that differs, two missing ones as equal, and a draw shows a gap where its base row has one.
 *
 * The model holds the rows of the class, and draws lie close to them: treat both as personal data when the table is.
 * Cost grows with the square of the class's rows.
 *
 * @param table - At least k + 1 rows of the class; NaN and infinities must be marked missing.
 * @param options - See {@link SmoteOptions}.
 * @returns Plain data. {@link sampleSmote} draws from it.
 * @throws {@link SynthproofError} `BAD_OPTION` (k not below the rows of the class: the message names the largest;
 * others), `UNKNOWN_COLUMN`, `KIND_MISMATCH` (a text target, a label of another type), `BAD_VALUE` (no such label; NaN,
 * infinity), `EMPTY_INPUT`, `DUPLICATE_COLUMN`, `LENGTH_MISMATCH`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const table = fromColumns({ fraud: ['no', 'no', 'no', 'yes', 'yes', 'yes'], amount: [1, 2, 2, 10, 20, 40] });
 * const model = fitSmote(table, { target: 'fraud', k: 1 });
 * model.label; // => 'no'
 * fitSmote(table, { target: 'fraud', label: 'yes', k: 1 }).neighbours; // => [1, 0, 1]
 */
export function fitSmote(table: Table, options: SmoteOptions & JobOptions): SmoteModel {
  const { target, k = 5, scale = 'deviation', identifiers = [], measurements = [], rareLevelMin = 5 } = options;
  checkWhole('k', k, 1);
  if (scale !== 'deviation' && scale !== 'none')
    throw new SynthproofError(
      'BAD_OPTION',
      `scale: expected deviation or none, received ${String(scale)}; choose one`,
      {
        argument: 'scale',
      },
    );
  const checked = checkTable(table, 1);
  const found = findClass(checked, target, options.label);
  const classRows = found.rows.length;
  if (k >= classRows)
    throw new SynthproofError(
      'BAD_OPTION',
      `k: expected at most ${classRows - 1}, since class "${found.label}" of column "${target}" has ${classRows} ${classRows === 1 ? 'row' : 'rows'}, received ${k}; ${classRows > 1 ? 'lower k' : 'SMOTE needs at least two rows'}`,
      { argument: 'k', column: target },
    );
  const rest = { rowCount: checked.rowCount, columns: checked.columns.filter((column) => column.name !== target) };
  if (rest.columns.length === 0)
    throw new SynthproofError('EMPTY_INPUT', `table: expected a column beside the target "${target}"; give it data`, {
      argument: 'table',
    });
  const synthesize = rest.columns.map((column) => column.name);
  checkColumnOptions(rest, { rareLevelMin, identifiers, measurements, synthesize });
  const plan = planColumns(rest, { minLeaf: 1, rareLevelMin, identifiers, measurements, synthesize });
  const planned = classColumns(plan.columns, found.rows);
  const { neighbours, medianDeviation } = findNeighbours(planned, classRows, k, scale, options);
  const columns = planned.map((column) => withModes(column, neighbours, k));
  columns.splice(
    checked.columns.findIndex((column) => column.name === target),
    0,
    targetShape(found),
  );
  const missing = planned.map(({ shape, missingCells }) => ({ column: shape.name, cells: missingCells }));
  const model = {
    kind: 'smote' as const,
    version: 1 as const,
    embedsTrainingValues: true as const,
    target,
    label: found.label,
    k,
    columns,
    neighbours: Array.from(neighbours),
    report: {
      rows: checked.rowCount,
      ...plan.report,
      classRows,
      unlabelled: found.unlabelled,
      missing: missing.filter(({ cells }) => cells > 0),
      medianDeviation,
    },
  };
  return { ...model, digest: sha256Hex(canonicalJson(model)) };
}
