/** Bin of a value: the number of edges strictly below it. NaN has no bin; the caller leaves it out. */
export function binOf(value: number, edges: ArrayLike<number>): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Level of a bin on a coarser grid of equal shares, from its mid-rank. */
export function binLevel(midRank: number, levels: number): number {
  return Math.min(levels - 1, Math.floor(midRank * levels));
}
