import { SynthproofError } from '../errors.ts';
import { createMerkleTree } from '../hash/merkle-tree.ts';
import { toHex } from '../hash/to-hex.ts';
import type { Table } from '../types.ts';
import { createRowSalt } from './internal-row-salt.ts';
import { tableDigest } from './table-digest.ts';
import { type TableDigestOptions, tableLeafHashes } from './table-leaf-hashes.ts';

/** Proof that a row stands in a table, without the other rows. JSON-safe. */
export interface TableRowProof {
  /** Digest of the table, lowercase hex. */
  readonly digest: string;
  /** Number of rows of the table. */
  readonly rows: number;
  /** 0-based index of the row. */
  readonly index: number;
  /** Sibling hashes, lowest first, lowercase hex. */
  readonly proof: readonly string[];
  /** Salt of this row, lowercase hex, when the leaves are salted; it tells nothing about other rows. */
  readonly salt?: string | undefined;
}

/**
 * Proves that a row belongs to a digested table. The row itself is handed over beside the proof, as a table of one
 * row, and checked with {@link verifyTableRow}.
 *
 * @param table - The whole table.
 * @param index - 0-based row.
 * @param options - As for {@link tableDigest}.
 * @returns See {@link TableRowProof}.
 * @throws {@link SynthproofError} `OUT_OF_RANGE` when there is no such row; else as {@link tableDigest}.
 * @example
 * const table = createTable([numberColumn('x', [1, 2, 3])]);
 * const proof = proveTableRow(table, 1);
 * verifyTableRow(takeRows(table, [1]), proof, tableDigest(table)); // => true
 */
export function proveTableRow(table: Table, index: number, options: TableDigestOptions = {}): TableRowProof {
  if (!Number.isInteger(index) || index < 0 || index >= table.rowCount)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `index: expected a row from 0 to ${table.rowCount - 1}, received ${index}`,
      {
        argument: 'index',
      },
    );
  const tree = createMerkleTree(tableLeafHashes(table, options));
  const { digest } = tableDigest(table, { ...options, multiset: false });
  const proof = { digest, rows: table.rowCount, index, proof: tree.inclusionProof(index).map(toHex) };
  if (options.saltKey === undefined) return proof;
  return { ...proof, salt: toHex(rowSalt(options.saltKey, index)) };
}

/** Salt of one row: the first 16 bytes of HMAC-SHA-256 of its index. */
function rowSalt(saltKey: Uint8Array, index: number): Uint8Array {
  const salt = new Uint8Array(32);
  createRowSalt(saltKey)(salt, index);
  return salt.slice(0, 16);
}
