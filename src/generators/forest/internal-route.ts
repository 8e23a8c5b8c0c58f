/** A tree in typed arrays, for walking rows of whole-number cells down to a leaf. */
export interface Router {
  readonly feature: Int32Array;
  readonly split: Int32Array;
  readonly right: Int32Array;
  readonly unknownLeft: Uint8Array;
  readonly sets: Int32Array;
}

/** Cells of rows, by column: `cells[column][row]`; `sizes[column]` is its missing cell, -1 a cell the tree never saw. */
export interface CellGrid {
  readonly cells: readonly Int32Array[];
  readonly sizes: Int32Array;
  /** 1 for columns whose cells are ranks of numbers. */
  readonly numeric: Uint8Array;
}

/** Whether a row goes left at a node. */
export function goesLeft(tree: Router, node: number, grid: CellGrid, row: number): boolean {
  const column = tree.feature[node]!;
  const cell = grid.cells[column]![row]!;
  if (grid.numeric[column] === 1)
    return cell < 0 || cell === grid.sizes[column] ? tree.unknownLeft[node] === 1 : cell <= tree.split[node]!;
  if (cell < 0) return tree.unknownLeft[node] === 1;
  return ((tree.sets[tree.split[node]! + (cell >> 5)]! >>> (cell & 31)) & 1) === 1;
}

/** The leaf node that every row ends in. */
export function leafNodes({ feature, split, right, unknownLeft, sets }: Router, grid: CellGrid): Int32Array {
  const { cells, sizes, numeric } = grid;
  const rows = cells[0]!.length;
  const out = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let node = 0;
    for (let column = feature[0]!; column >= 0; column = feature[node]!) {
      const cell = cells[column]![row]!;
      let left: boolean;
      if (cell < 0) left = unknownLeft[node] === 1;
      else if (numeric[column] === 1) left = cell === sizes[column] ? unknownLeft[node] === 1 : cell <= split[node]!;
      else left = ((sets[split[node]! + (cell >> 5)]! >>> (cell & 31)) & 1) === 1;
      node = left ? node + 1 : right[node]!;
    }
    out[row] = node;
  }
  return out;
}
