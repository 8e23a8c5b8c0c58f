import { SynthproofError } from '../../errors.ts';
import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { getColumn } from '../../table/get-column.ts';
import type { JobOptions, Table } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { checkArfModel } from './internal-check-model.ts';
import { boxCounts, type DensityColumn, densityColumns, readCells } from './internal-density.ts';
import { isNumberColumn, missingCell } from './internal-draw.ts';
import { type CellGrid, leafNodes } from './internal-route.ts';
import type { ArfColumn, ArfModel, ArfTree } from './model-types.ts';

/** Options of {@link arfLogDensity}. */
export interface ArfDensityOptions extends JobOptions {
  /**
   * Rows' worth of the column's overall distribution (within the leaf's box) added to each leaf, so that a combination the
   * leaf has not seen gets a small probability, not 0. Default 1; 0 gives what {@link sampleArf} draws without smoothing.
   */
  readonly prior?: number | undefined;
}

/** Result of {@link arfLogDensity}. */
export interface ArfDensity {
  /** Natural log of the density of each row; null where it is 0. */
  readonly logDensity: readonly (number | null)[];
  /** Columns with cells the model cannot show (unknown level, number out of range), and how many rows have one. */
  readonly impossible: readonly {
    /** Column name. */
    readonly column: string;
    /** Rows whose density is 0 because of it. */
    readonly rows: number;
  }[];
  /** Rows whose density is 0 for any reason. */
  readonly zero: number;
}

/**
 * Log density of rows under an adversarial random forest: the mean over the trees of (share of the leaf the row falls in)
 * * (product over the columns of the cell's share in that leaf). Natural log; larger is more typical.
 *
 * Columns with up to 256 distinct values contribute probabilities; numeric columns with more contribute a density per
 * unit, constant within a bin of about a 256th of the rows. Missing is a value like any other. Constant and
 * always-missing columns only decide whether a row is possible; of identifiers only whether they are missing counts. Labels that were pooled
 * are read as the pooled level. Sums over all cells (integrals, for the densities) are 1.
 * Source: Watson, Blesch, Kapar, Wright 2023, "Adversarial random forests for density estimation and generative
 * modeling", section 4, with shares of the leaf's rows in place of truncated normals.
 *
 * @param model - A fitted model, also one read back from JSON.
 * @param table - Holds every column that is modelled; others are not looked at.
 * @param options - See {@link ArfDensityOptions}.
 * @returns See {@link ArfDensity}. The density of a training row is higher than that of an unseen one: do not publish it.
 * @throws {@link SynthproofError} `BAD_MODEL`, `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `BAD_OPTION`, `ABORTED`.
 * @example
 * const table = fromColumns({ sex: ['F', 'M', 'F', 'M'] });
 * const model = fitArf(table, { minLeaf: 1, rareLevelMin: 0 });
 * arfLogDensity(model, table, { prior: 0 }).logDensity[0]; // => Math.log(0.5)
 */
export function arfLogDensity(model: ArfModel, table: Table, options: ArfDensityOptions = {}): ArfDensity {
  checkArfModel(model);
  const { prior = 1 } = options;
  if (!(prior >= 0 && prior <= Number.MAX_SAFE_INTEGER))
    throw new SynthproofError(
      'BAD_OPTION',
      `prior: expected a number of at least 0, received ${prior}; mend the option`,
      {
        argument: 'prior',
      },
    );
  const grid = readGrid(model, table);
  const possible = new Uint8Array(table.rowCount).fill(1);
  const impossible: ArfDensity['impossible'][number][] = [];
  for (let position = 0; position < model.columns.length; position++) {
    const rows = markUnknown(grid.cells[position]!, possible);
    if (rows > 0) impossible.push({ column: model.columns[position]!.name, rows });
  }
  const columns = densityColumns(model);
  const most = new Float64Array(table.rowCount).fill(-Infinity);
  const sum = new Float64Array(table.rowCount);
  for (let t = 0; t < model.trees.length; t++) {
    checkAbort(options.signal, 'density');
    const logs = treeLogDensity(model.trees[t]!, columns, grid, possible, prior);
    for (let row = 0; row < logs.length; row++) addLog(most, sum, row, logs[row]!);
    options.onProgress?.({ stage: 'density', done: t + 1, total: model.trees.length });
  }
  let zero = 0;
  const logDensity: (number | null)[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (sum[row] === 0) zero++;
    logDensity.push(sum[row] === 0 ? null : most[row]! + log(sum[row]! / model.trees.length));
  }
  return { logDensity, impossible, zero };
}

/** The table's cells by column of the model; columns that do not matter are empty. */
function readGrid(model: ArfModel, table: Table): CellGrid {
  const cells = model.columns.map((column) => {
    if (isIgnored(column)) return new Int32Array(table.rowCount);
    const real = getColumn(table, column.name);
    if (real.kind !== column.kind)
      throw new SynthproofError(
        'KIND_MISMATCH',
        `table: column "${column.name}" was fitted as ${column.kind}, received ${real.kind}; cast it`,
        { argument: 'table', column: column.name },
      );
    return readCells(column, real);
  });
  return {
    cells,
    sizes: Int32Array.from(model.columns, missingCell),
    numeric: Uint8Array.from(model.columns, (column) => (isNumberColumn(column) ? 1 : 0)),
  };
}

/** Identifiers and kept columns that the forest does not model. */
function isIgnored({ role, cells }: ArfColumn): boolean {
  return (role === 'identifier' || role === 'kept') && cells.length === 0;
}

function markUnknown(cells: Int32Array, possible: Uint8Array): number {
  let rows = 0;
  for (let row = 0; row < cells.length; row++) {
    if (cells[row]! >= 0) continue;
    possible[row] = 0;
    rows++;
  }
  return rows;
}

/** Log of leaf share times the product of the cells' shares, for every row; -Infinity where it is 0. */
function treeLogDensity(
  tree: ArfTree,
  columns: readonly (DensityColumn | null)[],
  grid: CellGrid,
  possible: Uint8Array,
  prior: number,
): Float64Array {
  const router = {
    feature: Int32Array.from(tree.feature),
    split: Int32Array.from(tree.split),
    right: Int32Array.from(tree.right),
    unknownLeft: Uint8Array.from(tree.unknownLeft),
    sets: Int32Array.from(tree.sets),
  };
  const nodes = leafNodes(router, grid);
  const boxes = boxCounts(tree, columns, grid);
  const hits = rowsByLeaf(nodes, tree, possible);
  const out = new Float64Array(nodes.length).fill(-Infinity);
  const counts = columns.map((column) => new Int32Array(column ? column.bins + 1 : 0));
  for (let leaf = 0; leaf + 1 < tree.leaves.length; leaf++) {
    const rows = hits[leaf]!;
    if (rows.length === 0) continue;
    const from = tree.leaves[leaf]!;
    const end = tree.leaves[leaf + 1]!;
    const share = log((end - from) / tree.rows.length);
    for (const row of rows) out[row] = share;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c];
      if (!column) continue;
      const { binOf, cells, logWidth } = column;
      const here = counts[c]!;
      for (let i = from; i < end; i++) here[binOf[cells[tree.rows[i]!]!]!]!++;
      const box = boxes[leaf * columns.length + c]!;
      for (const row of rows) {
        const bin = binOf[grid.cells[c]![row]!]!;
        const mass = (here[bin]! + (prior * column.counts[bin]!) / box) / (end - from + prior);
        out[row] = mass > 0 ? out[row]! + log(mass) - logWidth[bin]! : -Infinity;
      }
      for (let i = from; i < end; i++) here[binOf[cells[tree.rows[i]!]!]!] = 0;
    }
  }
  return out;
}

function rowsByLeaf(nodes: Int32Array, tree: ArfTree, possible: Uint8Array): number[][] {
  const hits: number[][] = Array.from({ length: tree.leaves.length - 1 }, () => []);
  for (let row = 0; row < nodes.length; row++) if (possible[row] === 1) hits[tree.split[nodes[row]!]!]!.push(row);
  return hits;
}

/** Adds exp(value) to a running sum kept as exp(most) * sum. */
function addLog(most: Float64Array, sum: Float64Array, row: number, value: number): void {
  if (value === -Infinity) return;
  if (value <= most[row]!) {
    sum[row]! += exp(value - most[row]!);
    return;
  }
  sum[row] = (sum[row] === 0 ? 0 : sum[row]! * exp(most[row]! - value)) + 1;
  most[row] = value;
}
