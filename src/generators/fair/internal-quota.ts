import type { FairTarget } from '../../bias/fair/fair-target-types.ts';
import { createRng } from '../../random/create-rng.ts';
import { fillShuffled } from '../../random/fill-shuffled.ts';

/** Rows per cell of the target: group sizes by largest remainder, then labels within each group, then the rest within those. */
export function quotaCounts(target: FairTarget, rows: number): Int32Array {
  const depths = [target.sensitive.length, target.sensitive.length + 1, target.columns.length];
  const counts = new Int32Array(target.cells.length);
  const split = (cells: readonly number[], total: number, level: number): void => {
    if (level === depths.length) {
      counts[cells[0]!] = total;
      return;
    }
    const parts = new Map<string, number[]>();
    for (const cell of cells) {
      const key = JSON.stringify(target.cells[cell]!.values.slice(0, depths[level]));
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [cell]);
      else part.push(cell);
    }
    const lists = [...parts.values()];
    const shares = lists.map((list) => list.reduce((sum, cell) => sum + target.cells[cell]!.target, 0));
    const whole = apportion(shares, total);
    for (let k = 0; k < lists.length; k++) if (whole[k]! > 0) split(lists[k]!, whole[k]!, level + 1);
  };
  split(
    target.cells.map((_, cell) => cell),
    rows,
    0,
  );
  return counts;
}

/** Whole numbers with the given total in proportion to the shares, by largest remainder; ties by position. */
function apportion(shares: readonly number[], total: number): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  // Remainders are compared to twelve digits, so that raking's last bits do not break ties.
  const exact = shares.map((share) => Math.round(((share * total) / all) * 1e12) / 1e12);
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((sum, n) => sum + n, 0);
  const order = shares.map((_, k) => k).sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (let k = 0; left > 0; k = (k + 1) % order.length, left--) whole[order[k]!]!++;
  return whole;
}

/** The cell of each of `rows` rows: the quotas, in an order that the seed decides. */
export function quotaRows(target: FairTarget, rows: number, seed: string): Int32Array {
  const counts = quotaCounts(target, rows);
  const cells = new Int32Array(rows);
  for (let cell = 0, at = 0; cell < counts.length; at += counts[cell]!, cell++)
    cells.fill(cell, at, at + counts[cell]!);
  return fillShuffled(cells, createRng(seed).stream('fair/quota/1'));
}
