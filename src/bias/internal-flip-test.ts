import type { Table } from '../types.ts';
import { columnOf, encodeNumbers } from './internal-encode.ts';

/** Neighbours that vote, unless there are fewer than {@link FEW} to ask. */
const NEIGHBOURS = 5;
const FEW = 10;

/**
 * Flip test: share of disadvantaged rows that are predicted positive while their nearest advantaged rows mostly are not,
 * minus the share the other way round; below 0 the disadvantaged are worse off than their like. Euclidean distance, ties by row, rows with a missing feature do not take part.
 */
export function flipTest(
  table: Table,
  features: readonly string[],
  kept: readonly number[],
  facet: Uint8Array,
  prediction: Uint8Array,
): number {
  const columns = features.map((name) => encodeNumbers(columnOf(table, name, 'features'), 'features'));
  const whole = kept.filter((i) => columns.every((column) => !Number.isNaN(column[i]!)));
  const asked = whole.filter((i) => facet[i] === 0);
  const asking = whole.filter((i) => facet[i] === 1);
  const k = Math.min(asked.length, asked.length < FEW ? 1 : NEIGHBOURS);
  const distance = new Float64Array(asked.length);
  let balance = 0;
  for (const i of asking) {
    for (let j = 0; j < asked.length; j++) {
      let total = 0;
      for (const column of columns) total += (column[i]! - column[asked[j]!]!) * (column[i]! - column[asked[j]!]!);
      distance[j] = total;
    }
    let votes = 0;
    for (const j of nearest(distance, k)) votes += prediction[asked[j]!]!;
    const majority = 2 * votes > k ? 1 : 0;
    balance += prediction[i]! - majority;
  }
  return asking.length === 0 ? 0 : balance / asking.length;
}

/** Positions of the k smallest distances, ties by position. */
export function nearest(distance: Float64Array, k: number): number[] {
  const found: number[] = [];
  for (let j = 0; j < distance.length; j++) {
    if (found.length === k && distance[j]! >= distance[found[k - 1]!]!) continue;
    let at = found.length < k ? found.length : k - 1;
    for (; at > 0 && distance[found[at - 1]!]! > distance[j]!; at--) found[at] = found[at - 1]!;
    found[at] = j;
  }
  return found;
}
