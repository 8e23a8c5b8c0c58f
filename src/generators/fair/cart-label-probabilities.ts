import { SynthproofError } from '../../errors.ts';
import { getColumn } from '../../table/get-column.ts';
import type { Table } from '../../types.ts';
import type { CartModel } from '../model-types.ts';
import { readPredictor } from '../shared/internal-kept.ts';
import { isNumericKind } from '../shared/internal-plan.ts';
import { checkModel } from '../trees/internal-check-model.ts';
import { compileTree, walk } from '../trees/internal-compile.ts';

/** Options of {@link cartLabelProbabilities}. */
export interface CartLabelOptions {
  /** Name of the label: a category or boolean column that the model draws. */
  readonly column: string;
  /** The level whose probability is wanted. Default `true`, for boolean columns. */
  readonly positive?: string | boolean | undefined;
  /**
   * Rows with the label's overall shares that are added to each leaf, 0 or more: a leaf of 20 rows of one label does not
   * prove the other impossible, and labels with probability 0 or 1 cannot be tilted. Default 1.
   */
  readonly smoothing?: number | undefined;
}

/**
 * Probability of a label level for each row under a CART model: the share of the level in the leaf of the
 * label's tree, drawn a little to its overall share.
 *
 * Fit with a `visitOrder` that puts the label last, so that its tree may ask all other columns. Feed the result to
 * {@link tiltLabels}.
 *
 * @param model - A model of {@link fitCart}, also one read back from JSON.
 * @param table - Rows with the model's columns, for example a sample of it; the label itself is not read.
 * @param options - See {@link CartLabelOptions}.
 * @returns One probability per row, 0 to 1.
 * @throws {@link SynthproofError} `BAD_MODEL`, `BAD_OPTION` (no such level, a label that is not drawn, bad smoothing),
 * `UNKNOWN_COLUMN`, `KIND_MISMATCH`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M'], hired: [false, true, false, true] });
 * const model = fitCart(table, { minLeaf: 1, rareLevelMin: 0, visitOrder: 'given' });
 * [...cartLabelProbabilities(model, table, { column: 'hired', smoothing: 2 })]; // => [0.25, 0.75, 0.25, 0.75]
 */
export function cartLabelProbabilities(model: CartModel, table: Table, options: CartLabelOptions): Float64Array {
  checkModel(model, 'cart');
  const { column: name, positive = true, smoothing = 1 } = options;
  if (!(smoothing >= 0 && smoothing < Infinity))
    throw new SynthproofError('BAD_OPTION', `smoothing: expected a number of at least 0, received ${smoothing}`, {
      argument: 'smoothing',
    });
  const label = model.columns.find((column) => column.name === name);
  if (label === undefined)
    throw new SynthproofError('UNKNOWN_COLUMN', `column: no column "${name}" in the model; name one it draws`, {
      argument: 'column',
      column: name,
    });
  const levels = label.kind === 'boolean' ? ['false', 'true'] : label.labels;
  const code = levels.indexOf(String(positive));
  if (label.value === null || isNumericKind(label.kind) || code < 0)
    throw new SynthproofError(
      'BAD_OPTION',
      `positive: expected a level of a drawn category or boolean column, received "${String(positive)}" of "${name}" (${label.kind}, ${label.role}${levels.length > 0 ? `, levels ${levels.slice(0, 10).join(', ')}` : ''})`,
      { argument: 'positive', column: name },
    );
  const tree = compileTree(label.value);
  const asked = new Set(tree.feature);
  const predictors = model.columns.map((column, c) => {
    if (!asked.has(c)) return new Float64Array(0);
    const real = getColumn(table, column.name);
    if (real.kind === column.kind) return readPredictor(column, real);
    throw new SynthproofError(
      'KIND_MISMATCH',
      `table: column "${column.name}" was fitted as ${column.kind}, received ${real.kind}; cast it`,
      { argument: 'table', column: column.name },
    );
  });
  const numeric = Uint8Array.from(model.columns, (column) => (isNumericKind(column.kind) ? 1 : 0));
  const { donorStart, donors } = tree;
  const hits = (from: number, to: number): number => {
    let count = 0;
    for (let at = from; at < to; at++) if (donors[at] === code) count++;
    return count;
  };
  const overall = hits(0, donors.length) / donors.length;
  const shares = Float64Array.from({ length: donorStart.length - 1 }, (_, leaf) => {
    const [from, to] = [donorStart[leaf]!, donorStart[leaf + 1]!];
    return (hits(from, to) + smoothing * overall) / (to - from + smoothing);
  });
  return Float64Array.from({ length: table.rowCount }, (_, row) => shares[walk(tree, predictors, numeric, row)]!);
}
