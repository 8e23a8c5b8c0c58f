import { type CompiledTable, compileTable, type StateDraws } from '../shared/internal-network.ts';
import { cellWords, fraction } from '../shared/internal-uniform.ts';
import type { DpColumnModel } from './model-types.ts';

/** One column of the tree. */
interface Node {
  readonly position: number;
  readonly size: number;
  /** Its parent among the nodes, -1 for a root. */
  readonly parent: number;
  /** Probability of each group alone. */
  readonly alone: Float64Array;
  /** Probability of each group by the parent's, row by row; those of `alone` for a parent's group that was never seen. */
  readonly given: Float64Array;
  /** Kept groups of the rows, or null for a column that is drawn; -1 where a cell tells nothing. */
  readonly known: Int32Array | null;
  /** Whether a kept column lies at or below it. */
  readonly informed: boolean;
}

/**
 * Draws the groups of all columns that are not kept given those that are, exactly: what the kept cells below a column say of
 * it goes up the tree (sum-product, Pearl 1988), then rows are drawn from the root down. The second uniform of each cell
 * goes to `spread`.
 */
export function drawGiven(
  draws: StateDraws,
  columns: readonly DpColumnModel[],
  order: readonly number[],
  kept: ReadonlyMap<number, Int32Array>,
  spread: readonly Float64Array[],
): void {
  const nodes = buildNodes(columns, order, draws.sizes, kept);
  const words = new Uint32Array(4);
  const likelihood = nodes.map(({ size }) => new Float64Array(size));
  const weights = nodes.map(({ size }) => new Float64Array(size));
  const group = new Int32Array(nodes.length);
  for (let i = 0; i < draws.rows; i++) {
    for (const one of likelihood) one.fill(1);
    for (let n = nodes.length - 1; n >= 0; n--) tellParent(nodes, n, likelihood, i);
    for (let n = 0; n < nodes.length; n++) {
      const { position, size, parent, alone, given, known } = nodes[n]!;
      cellWords(draws.key, 0, position, draws.offset + i, words);
      spread[position]![i] = fraction(words[2]!, words[3]!);
      if (known && known[i]! >= 0) {
        group[n] = known[i]!;
        continue;
      }
      const from = parent < 0 ? alone : given;
      const start = parent < 0 ? 0 : group[parent]! * size;
      let total = 0;
      for (let g = 0; g < size; g++) total += from[start + g]! * likelihood[n]![g]!;
      // Cells that cannot stand together under the model: the farther ones are passed over.
      const heard = total > 0;
      total = 0;
      for (let g = 0; g < size; g++) {
        total += heard ? from[start + g]! * likelihood[n]![g]! : from[start + g]!;
        weights[n]![g] = total;
      }
      group[n] = pick(weights[n]!, fraction(words[0]!, words[1]!) * total);
      draws.states[position]![i] = group[n]!;
    }
  }
}

function buildNodes(
  columns: readonly DpColumnModel[],
  order: readonly number[],
  sizes: readonly number[],
  kept: ReadonlyMap<number, Int32Array>,
): Node[] {
  const placed = order.filter((position) => columns[position]!.tables.length > 0);
  const informed = new Set<number>(kept.keys());
  for (const position of [...placed].reverse())
    if (informed.has(position)) for (const parent of columns[position]!.tables[0]!.parents) informed.add(parent);
  return placed.map((position): Node => {
    const { tables, size } = columns[position]!;
    const alone = probabilities(compileTable(tables[tables.length - 1]!, sizes), 0, size);
    const from = tables[0]!.parents[0];
    const base = { position, size, alone, known: kept.get(position) ?? null, informed: informed.has(position) };
    if (from === undefined) return { ...base, parent: -1, given: alone };
    const table = compileTable(tables[0]!, sizes);
    const given = new Float64Array(sizes[from]! * size);
    for (let p = 0; p < sizes[from]!; p++) {
      const slot = table.slot[p]!;
      given.set(slot < 0 ? alone : probabilities(table, slot, size), p * size);
    }
    return { ...base, parent: placed.indexOf(from), given };
  });
}

/** A configuration's weights as shares. */
function probabilities({ starts, states, running }: CompiledTable, slot: number, size: number): Float64Array {
  const out = new Float64Array(size);
  const total = running[starts[slot + 1]! - 1]!;
  for (let e = starts[slot]!; e < starts[slot + 1]!; e++)
    out[states[e]!] = (running[e]! - (e > starts[slot]! ? running[e - 1]! : 0)) / total;
  return out;
}

/** Multiplies the parent's likelihood by what is known at and below a node. */
function tellParent(nodes: readonly Node[], n: number, likelihood: readonly Float64Array[], row: number): void {
  const { parent, size, given, known, informed } = nodes[n]!;
  if (parent < 0 || !informed) return;
  const above = nodes[parent]!;
  // A parent whose own group is known has nothing to learn.
  if (above.known && above.known[row]! >= 0) return;
  const own = likelihood[n]!;
  const up = likelihood[parent]!;
  const fixed = known ? known[row]! : -1;
  let most = 0;
  for (let p = 0; p < above.size; p++) {
    let sum = 0;
    if (fixed >= 0) sum = given[p * size + fixed]!;
    else for (let g = 0; g < size; g++) sum += given[p * size + g]! * own[g]!;
    up[p]! *= sum;
    most = Math.max(most, up[p]!);
  }
  // Impossible under the model: heard as nothing. Otherwise scaled, so that no product underflows.
  if (most === 0) up.fill(1);
  else for (let p = 0; p < above.size; p++) up[p]! /= most;
}

function pick(running: Float64Array, target: number): number {
  let low = 0;
  let high = running.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! <= target) low = middle + 1;
    else high = middle;
  }
  return low;
}
