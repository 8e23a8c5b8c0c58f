import type { Table } from '../types.ts';
import { describeTable, hashRows, type TableDigestOptions } from './table-leaf-hashes.ts';

/**
 * The first row whose hash differs from the published leaf hashes: tells where a table was changed, not only that.
 *
 * @param table - The table at hand.
 * @param leafHashes - Published hashes end to end, from {@link tableLeafHashes}; trust them only when their tree has
 * the signed root.
 * @param options - See {@link TableDigestOptions}; give the record's `descriptor`.
 * @returns The 0-based row; the shorter length when one is a beginning of the other; null when they are equal.
 * @throws {@link SynthproofError} As {@link tableDigest}.
 * @example
 * const leaves = tableLeafHashes(createTable([numberColumn('x', [1, 2, 3])]));
 * firstDifferingRow(createTable([numberColumn('x', [1, 2, 4])]), leaves); // => 2
 */
export function firstDifferingRow(
  table: Table,
  leafHashes: Uint8Array,
  options: TableDigestOptions = {},
): number | null {
  let first = -1;
  hashRows(table, describeTable(table, options), options, (row, leaf) => {
    if (first >= 0) return;
    for (let i = 0; i < 32; i++) if (leaf[i] !== leafHashes[row * 32 + i]) first = row;
  });
  if (first >= 0) return first;
  const stated = Math.floor(leafHashes.length / 32);
  return stated === table.rowCount ? null : Math.min(stated, table.rowCount);
}
