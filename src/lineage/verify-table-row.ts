import { fromHex } from '../hash/from-hex.ts';
import { sha256 } from '../hash/sha256.ts';
import { verifyMerkleInclusion } from '../hash/verify-merkle-inclusion.ts';
import type { Table } from '../types.ts';
import { createCellBuffer } from './internal-cbor.ts';
import { createRowWriter } from './internal-row-encoder.ts';
import type { TableRowProof } from './prove-table-row.ts';
import { sealDigest } from './table-digest.ts';
import { describeTable } from './table-leaf-hashes.ts';
import type { TableDigest } from './types.ts';

/**
 * Checks that a row stands at its index in a digested table.
 *
 * @param row - A table of one row with the digested table's columns.
 * @param proof - From {@link proveTableRow}.
 * @param digest - The digest that the verifier trusts, for example from a verified record.
 * @returns Whether everything fits; false at anything malformed.
 * @example
 * const table = createTable([numberColumn('x', [1, 2, 3])]);
 * const proof = proveTableRow(table, 1);
 * verifyTableRow(takeRows(table, [2]), proof, tableDigest(table)); // => false
 */
export function verifyTableRow(row: Table, proof: TableRowProof, digest: TableDigest): boolean {
  try {
    const { descriptor, rows, root } = digest;
    if (row.rowCount !== 1 || proof.rows !== rows || proof.digest !== digest.digest) return false;
    if (sealDigest(descriptor, rows, fromHex(root)).digest !== digest.digest) return false;
    if ((descriptor.salt === undefined) !== (proof.salt === undefined)) return false;
    const salt = proof.salt === undefined ? new Uint8Array(0) : fromHex(proof.salt);
    if (proof.salt !== undefined && salt.length !== 16) return false;
    // The names and types are checked without the salt: the row's own salt is at hand, not the key.
    const { salt: _salt, ...unsalted } = descriptor;
    const buffer = createCellBuffer();
    buffer.bytes.set(salt, 1);
    buffer.length = 1 + salt.length;
    createRowWriter(row, describeTable(row, { descriptor: unsalted }))(buffer, 0);
    return verifyMerkleInclusion({
      leafHash: sha256(buffer.bytes.slice(0, buffer.length)),
      index: proof.index,
      treeSize: rows,
      proof: proof.proof.map(fromHex),
      root: fromHex(root),
    });
  } catch {
    return false;
  }
}
