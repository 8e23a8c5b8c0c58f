import { fraction } from '../shared/internal-uniform.ts';
import type { Adversary } from './internal-adversary.ts';
import type { ForestColumn } from './internal-columns.ts';
import { FIT_STREAMS, fitWords } from './internal-fit-words.ts';

/** Bins of the real rows, twice as long as needed for them: the second half is for synthetic rows. */
export function realBins(columns: readonly ForestColumn[]): Int32Array[] {
  return columns.map(({ cells, binOf }) => {
    const bins = new Int32Array(2 * cells.length);
    for (let row = 0; row < cells.length; row++) bins[row] = binOf[cells[row]!]!;
    return bins;
  });
}

/** Round 0: every column a bootstrap sample of itself, independently of the others. */
export function fillFromMarginals(bins: readonly Int32Array[], key: Uint32Array): void {
  const words = new Uint32Array(4);
  for (let slot = 0; slot < bins.length; slot++) {
    const column = bins[slot]!;
    const real = column.length / 2;
    for (let i = 0; i < real; i++) {
      fitWords(key, FIT_STREAMS.marginals, slot, i, words);
      column[real + i] = column[Math.floor(fraction(words[0]!, words[1]!) * real)]!;
    }
  }
}

/**
 * Later rounds: a random tree, one of its leaves in proportion to its real rows, and every column from a real row of that
 * leaf, independently of the others.
 */
export function fillFromLeaves(
  bins: readonly Int32Array[],
  { trees, leafOf }: Adversary,
  key: Uint32Array,
  round: number,
): void {
  const real = bins[0]!.length / 2;
  const starts = trees.map(({ feature }, t) => leafStarts(leafOf[t]!, feature.length, real));
  const members = leafOf.map((leaves, t) => rowsByLeaf(leaves, starts[t]!, real));
  const words = new Uint32Array(4);
  for (let i = 0; i < real; i++) {
    fitWords(key, FIT_STREAMS.leaves, round, i, words);
    const t = Math.floor(fraction(words[0]!, words[1]!) * trees.length);
    // A leaf is met in proportion to its real rows through the leaf of a random real row.
    const leaf = leafOf[t]![Math.floor(fraction(words[2]!, words[3]!) * real)]!;
    const start = starts[t]![leaf]!;
    const size = starts[t]![leaf + 1]! - start;
    for (let slot = 0; slot < bins.length; slot += 2) {
      fitWords(key, FIT_STREAMS.donors + (slot >> 1), round, i, words);
      const donor = members[t]![start + Math.floor(fraction(words[0]!, words[1]!) * size)]!;
      bins[slot]![real + i] = bins[slot]![donor]!;
      if (slot + 1 === bins.length) break;
      const second = members[t]![start + Math.floor(fraction(words[2]!, words[3]!) * size)]!;
      bins[slot + 1]![real + i] = bins[slot + 1]![second]!;
    }
  }
}

function leafStarts(leafOf: Int32Array, nodes: number, real: number): Int32Array {
  const start = new Int32Array(nodes + 1);
  for (let row = 0; row < real; row++) start[leafOf[row]! + 1]!++;
  for (let node = 0; node < nodes; node++) start[node + 1]! += start[node]!;
  return start;
}

function rowsByLeaf(leafOf: Int32Array, start: Int32Array, real: number): Int32Array {
  const at = start.slice();
  const rows = new Int32Array(real);
  for (let row = 0; row < real; row++) rows[at[leafOf[row]!]!++] = row;
  return rows;
}
