import type { JobOptions } from '../../types.ts';
import { checkAbort } from '../shared/internal-options.ts';
import type { ForestColumn } from './internal-columns.ts';
import { bootstrapCounts, candidateOrders } from './internal-fit-words.ts';
import { growTree } from './internal-grow-tree.ts';
import { type CellGrid, leafNodes, type Router } from './internal-route.ts';

/** How the forest is grown. */
export interface ForestSettings {
  readonly trees: number;
  /** Fewest rows, real and synthetic together, in a leaf. */
  readonly minLeaf: number;
  readonly maxDepth: number;
  /** Columns that a node tries. */
  readonly candidates: number;
}

/** A forest that tells real rows from synthetic ones. Rows 0 to n - 1 are real, n to 2 n - 1 synthetic. */
export interface Adversary {
  readonly trees: readonly Router[];
  /** Per tree, the leaf node of every row. */
  readonly leafOf: readonly Int32Array[];
  /** Share of rows told right by the trees that did not see them. */
  readonly accuracy: number;
}

/** Bins of real and synthetic rows, by forest column. */
export function gridOf(columns: readonly ForestColumn[], cells: readonly Int32Array[]): CellGrid {
  return {
    cells,
    sizes: Int32Array.from(columns, (column) => column.bins),
    numeric: Uint8Array.from(columns, (column) => (column.numeric ? 1 : 0)),
  };
}

/** Grows the forest of one round. */
export function growAdversary(
  grid: CellGrid,
  settings: ForestSettings,
  key: Uint32Array,
  round: number,
  job: JobOptions,
  onTree: () => void,
): Adversary {
  const rows = grid.cells[0]!.length;
  const votes = new Float64Array(rows);
  const voters = new Int32Array(rows);
  const trees: Router[] = [];
  const leafOf: Int32Array[] = [];
  for (let t = 0; t < settings.trees; t++) {
    checkAbort(job.signal, 'fit');
    const stream = round * settings.trees + t;
    const counts = bootstrapCounts(key, stream, rows);
    const sample = sampleOf(counts);
    const tree = growTree(grid, sample.rows, sample.labels, {
      minLeaf: settings.minLeaf,
      maxDepth: settings.maxDepth,
      tried: settings.candidates,
      fillOrder: candidateOrders(key, stream),
    });
    const leaves = leafNodes(tree, grid);
    for (let row = 0; row < rows; row++) {
      if (counts[row] !== 0) continue;
      votes[row]! += tree.share[leaves[row]!]!;
      voters[row]!++;
    }
    trees.push(tree);
    leafOf.push(leaves);
    onTree();
  }
  return { trees, leafOf, accuracy: accuracyOf(votes, voters) };
}

/** The rows of a bootstrap sample with their labels, see {@link growTree}. */
function sampleOf(counts: Int32Array): { rows: Int32Array; labels: Int32Array } {
  const half = counts.length / 2;
  const rows = new Int32Array(counts.length);
  const labels = new Int32Array(counts.length);
  let size = 0;
  for (let row = 0; row < counts.length; row++) {
    if (counts[row] === 0) continue;
    rows[size] = row;
    labels[size++] = 2 * counts[row]! + (row < half ? 1 : 0);
  }
  return { rows: rows.subarray(0, size), labels: labels.subarray(0, size) };
}

function accuracyOf(votes: Float64Array, voters: Int32Array): number {
  const half = votes.length / 2;
  let judged = 0;
  let right = 0;
  for (let row = 0; row < votes.length; row++) {
    if (voters[row] === 0) continue;
    judged++;
    const lean = votes[row]! / voters[row]! - 0.5;
    // A tied vote is a guess.
    right += lean === 0 ? 0.5 : lean > 0 === row < half ? 1 : 0;
  }
  return judged === 0 ? 0.5 : right / judged;
}
