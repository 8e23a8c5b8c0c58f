import { canonicalJson } from '../hash/canonical-json.ts';
import { fillUint64 } from '../hash/internal-sha256-core.ts';
import { createSubtreeStack } from '../hash/internal-subtree-stack.ts';
import { sha256 } from '../hash/sha256.ts';
import { toHex } from '../hash/to-hex.ts';
import { utf8 } from '../hash/utf8.ts';
import type { Table } from '../types.ts';
import { multisetRoot } from './internal-multiset-root.ts';
import { describeTable, hashRows, type TableDigestOptions } from './table-leaf-hashes.ts';
import type { TableDescriptor, TableDigest } from './types.ts';

/**
 * Fingerprint of a table, whatever file it is stored in: equal for CSV, JSON or memory, different as soon as a cell, a
 * column name or type, or the order of rows or columns differs.
 *
 * Rows are deterministic CBOR, leaves of an RFC 9162 tree; the digest binds descriptor, row count and root. Category
 * and text columns are both `string`. One pass, memory for one row and log2(rows) hashes.
 *
 * @param table - The table.
 * @param options - See {@link TableDigestOptions}.
 * @returns See {@link TableDigest}.
 * @throws {@link SynthproofError} `BAD_VALUE` at NaN or an infinity unless allowed, or a datetime out of range;
 * `BAD_TEXT` at a lone surrogate; `BAD_KEY` at a short or missing salt key; `SCHEMA_MISMATCH` when a given descriptor
 * does not fit; `ABORTED`.
 * @example
 * const table = createTable([numberColumn('x', [1, 2])]);
 * const other = createTable([numberColumn('x', [1, 3])]);
 * tableDigest(table).digest === tableDigest(other).digest; // => false
 * tableDigest(table).descriptor.columns; // => [{ name: 'x', type: 'float' }]
 */
export function tableDigest(table: Table, options: TableDigestOptions = {}): TableDigest {
  const descriptor = describeTable(table, options);
  const tree = createSubtreeStack(0);
  const leaves = options.multiset === true ? new Uint8Array(table.rowCount * 32) : null;
  hashRows(table, descriptor, options, (row, leaf) => {
    tree.push(leaf, 0, 1);
    leaves?.set(leaf, row * 32);
  });
  const sealed = sealDigest(descriptor, table.rowCount, tree.root());
  return leaves === null ? sealed : { ...sealed, multisetRoot: toHex(multisetRoot(leaves)) };
}

/** Joins descriptor, row count and root. */
export function sealDigest(descriptor: TableDescriptor, rows: number, root: Uint8Array): TableDigest {
  const descriptorHash = sha256(utf8(canonicalJson(descriptor)));
  const domain = utf8('synthproof.table.v1\0');
  const message = new Uint8Array(domain.length + 72);
  message.set(domain);
  message.set(descriptorHash, domain.length);
  fillUint64(message, domain.length + 32, rows);
  message.set(root, domain.length + 40);
  return {
    descriptor,
    descriptorSha256: toHex(descriptorHash),
    rows,
    root: toHex(root),
    digest: toHex(sha256(message)),
  };
}
