import type { Column } from '../../types.ts';
import { readPredictor } from '../shared/internal-kept.ts';
import { checkAbort } from '../shared/internal-options.ts';
import { cellWords, fraction } from '../shared/internal-uniform.ts';
import { boxCounts, type DensityColumn, densityColumns } from './internal-density.ts';
import { type ArfDraw, isNumberColumn, missingCell } from './internal-draw.ts';
import { type ForestLeaves, firstAbove } from './internal-leaves.ts';
import type { ArfColumn, ArfModel, ArfTree } from './model-types.ts';

/**
 * Rows' worth of a column's overall distribution added to each leaf. Leaves are small: with less, a row's own leaf wins, and
 * its own cells come back (on Adult, three columns replaced: 24 % of the rows at 1, 12 % at 60, where CART has 8 %).
 */
const PRIOR = 60;

/** Products of many shares are scaled up by this (2^256) before they underflow. */
const SCALE = 1.157920892373162e77;

/** Searches between two looks at the abort signal. */
const BATCH = 256;

/** One kept column that tells of leaves. */
interface KeptColumn {
  readonly position: number;
  readonly density: DensityColumn;
  readonly numeric: boolean;
  /** Cell of each row of the sample; -1 where it tells nothing. */
  readonly cells: Int32Array;
  /** Bin of each entry of the leaves' rows. */
  readonly bins: Int32Array;
}

/** A tree with the number of its first leaf among those of the forest, and what `boxCounts` says of its leaves. */
interface GrownTree {
  readonly tree: ArfTree;
  readonly first: number;
  readonly boxes: Float64Array;
}

/** What the walks of one sample share. */
interface Search {
  readonly leaves: ForestLeaves;
  readonly columns: readonly KeptColumn[];
  /** Kept column by position; undefined for drawn ones. */
  readonly byPosition: readonly (KeptColumn | undefined)[];
  readonly trees: readonly GrownTree[];
  readonly width: number;
  /** Leaves found for the row at hand, how many, and their running weights. */
  readonly found: Int32Array;
  readonly running: Float64Array;
  readonly exponent: Int32Array;
}

/**
 * A leaf for every row of a partial sample: a tree, each alike, then one of its leaves, weighted by its training rows times
 * the share in it of each of the row's kept cells, smoothed as in `arfLogDensity`. Only leaves whose box holds the
 * kept cells are looked at. (Weighing the trees as well would cost as many times more as there are trees.)
 */
export function pickKeptLeaves(
  model: ArfModel,
  draw: ArfDraw,
  leaves: ForestLeaves,
  kept: ReadonlyMap<number, Column>,
  signal: { readonly aborted: boolean } | undefined,
): Int32Array {
  const search = prepare(model, leaves, kept);
  const picked = new Int32Array(draw.rows);
  const words = new Uint32Array(4);
  // Rows whose kept cells are the same share the search; a row's draw depends on its own cells all the same.
  let searches = 0;
  // Rows whose kept cells are the same share the search; what a row draws depends on its own cells all the same.
  for (const rows of sameCells(search.columns, draw.rows)) {
    const byTree = new Map<number, number[]>();
    for (const row of rows) {
      cellWords(draw.key, 1, model.columns.length, draw.offset + row, words);
      const tree = Math.floor(fraction(words[0]!, words[1]!) * model.trees.length);
      const others = byTree.get(tree);
      if (others) others.push(row);
      else byTree.set(tree, [row]);
    }
    for (const [tree, members] of byTree) {
      if (searches++ % BATCH === 0) checkAbort(signal, 'sample');
      const count = weighLeaves(search, tree, members[0]!);
      for (const row of members) {
        cellWords(draw.key, 0, model.columns.length, draw.offset + row, words);
        picked[row] = search.found[firstAbove(search.running, count, fraction(words[0]!, words[1]!))]!;
      }
    }
  }
  return picked;
}

function prepare(model: ArfModel, leaves: ForestLeaves, kept: ReadonlyMap<number, Column>): Search {
  const all = densityColumns(model);
  const byPosition: (KeptColumn | undefined)[] = new Array(model.columns.length).fill(undefined);
  for (const [position, real] of kept) {
    const density = all[position];
    if (!density) continue;
    const column = model.columns[position]!;
    const bins = leaves.rows.map((row) => density.binOf[density.cells[row]!]!);
    byPosition[position] = {
      position,
      density,
      numeric: isNumberColumn(column),
      cells: keptCells(column, density, real),
      bins,
    };
  }
  const grid = {
    cells: [],
    sizes: Int32Array.from(model.columns, missingCell),
    numeric: Uint8Array.from(model.columns, (column) => (isNumberColumn(column) ? 1 : 0)),
  };
  const relevant = all.map((density, position) => (byPosition[position] ? density : null));
  let first = 0;
  const trees = model.trees.map((tree) => {
    const place = { tree, first, boxes: boxCounts(tree, relevant, grid) };
    first += tree.leaves.length - 1;
    return place;
  });
  return {
    leaves,
    columns: byPosition.filter((column) => column !== undefined),
    byPosition,
    trees,
    width: model.columns.length,
    found: new Int32Array(first),
    running: new Float64Array(first),
    exponent: new Int32Array(first),
  };
}

/** Cells of a kept column: the nearest training value of a number, the pooled level of an unseen label, -1 where training has nothing like it. */
function keptCells(column: ArfColumn, density: DensityColumn, real: Column): Int32Array {
  const read = readPredictor(column, real);
  const missing = missingCell(column);
  const seen = density.counts[density.bins]! > 0;
  const out = new Int32Array(read.length);
  for (let row = 0; row < out.length; row++) {
    const value = read[row]!;
    if (isNumberColumn(column)) out[row] = Number.isNaN(value) ? missing : nearest(column.values, value);
    else out[row] = value;
    if (out[row] === missing ? !seen : out[row]! >= 0 && density.counts[density.binOf[out[row]!]!] === 0) out[row] = -1;
  }
  return out;
}

function nearest(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - values[low - 1]! < values[low]! - value ? low - 1 : low;
}

/** Rows of the sample in groups with equal kept bins, each ascending. */
function sameCells(columns: readonly KeptColumn[], rows: number): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    let name = '';
    for (const { cells, density } of columns) name += `${cells[row]! < 0 ? -1 : density.binOf[cells[row]!]},`;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups.values();
}

/** Finds the leaves of a tree that a row can lie in, and their running weights; how many. */
function weighLeaves(search: Search, tree: number, row: number): number {
  const { running, exponent } = search;
  const grown = search.trees[tree]!;
  const { feature, split, right } = grown.tree;
  let count = 0;
  let most = -Infinity;
  const pending = [0];
  while (pending.length > 0) {
    const node = pending.pop()!;
    const position = feature[node]!;
    if (position < 0) {
      weighLeaf(search, grown, split[node]!, row, count);
      most = Math.max(most, exponent[count]!);
      count++;
      continue;
    }
    const column = search.byPosition[position];
    const cell = column ? column.cells[row]! : -1;
    const left = cell < 0 || goesLeft(grown.tree, node, column!, cell);
    if (cell < 0 || !left) pending.push(right[node]!);
    if (left) pending.push(node + 1);
  }
  let total = 0;
  for (let k = 0; k < count; k++) {
    const down = most - exponent[k]!;
    total += down === 0 ? running[k]! : down === 1 ? running[k]! / SCALE : 0;
    running[k] = total;
  }
  return count;
}

function goesLeft(tree: ArfTree, node: number, { numeric, density }: KeptColumn, cell: number): boolean {
  const place = tree.split[node]!;
  if (numeric) return cell === density.size ? tree.unknownLeft[node] === 1 : cell <= place;
  return ((tree.sets[place + (cell >> 5)]! >>> (cell & 31)) & 1) === 1;
}

/** Weight of one leaf, as `running * SCALE ** exponent`. */
function weighLeaf(search: Search, { first, boxes }: GrownTree, leaf: number, row: number, at: number): void {
  const { leaves, columns, width, found, running, exponent } = search;
  const from = leaves.start[first + leaf]!;
  const end = leaves.start[first + leaf + 1]!;
  let weight = end - from;
  let scaled = 0;
  for (let c = 0; c < columns.length; c++) {
    const { cells, bins, density, position } = columns[c]!;
    const cell = cells[row]!;
    if (cell < 0) continue;
    const bin = density.binOf[cell]!;
    let here = 0;
    for (let i = from; i < end; i++) if (bins[i] === bin) here++;
    const box = boxes[leaf * width + position]!;
    weight *= (here + (PRIOR * density.counts[bin]!) / box) / (end - from + PRIOR);
    if (weight < 1 / SCALE) {
      weight *= SCALE;
      scaled--;
    }
  }
  found[at] = first + leaf;
  running[at] = weight;
  exponent[at] = scaled;
}
