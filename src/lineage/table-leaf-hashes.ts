import { SynthproofError } from '../errors.ts';
import { createSha256Batch } from '../hash/sha256-batch.ts';
import type { JobOptions, Table } from '../types.ts';
import { createCellBuffer } from './internal-cbor.ts';
import { createRowWriter, digestTypeOf, fitsDigestType } from './internal-row-encoder.ts';
import { createRowSalt } from './internal-row-salt.ts';
import type { TableDescriptor } from './types.ts';

/** Options of {@link tableDigest} and {@link tableLeafHashes}. */
export interface TableDigestOptions extends JobOptions {
  /**
   * Key for salted leaves, at least 16 random bytes. Needed when real rows are in the table: unsalted row hashes tell
   * whoever guesses a person's row that it is there. Keep it; whoever recomputes the digest needs it.
   */
  readonly saltKey?: Uint8Array | undefined;
  /** What becomes of NaN and the infinities in number columns. Default `reject`. */
  readonly nonFinite?: 'reject' | 'allow' | undefined;
  /** Whether to compute `multisetRoot` as well. Default false. */
  readonly multiset?: boolean | undefined;
  /**
   * A descriptor to recompute a digest under. Names and order must be the table's; a number column may be stated as
   * int or float. Default: made from the table. Excludes `nonFinite`, which it states itself.
   */
  readonly descriptor?: TableDescriptor | undefined;
}

/**
 * Leaf hashes of a table's rows: SHA-256 of 0x00, the row's salt if any, and the row's canonical bytes.
 *
 * Published beside a digest they let a verifier name the first row that differs ({@link firstDifferingRow}) and prove
 * single rows ({@link proveTableRow}).
 *
 * @param table - The table.
 * @param options - See {@link TableDigestOptions}.
 * @returns The hashes end to end, 32 bytes each.
 * @throws {@link SynthproofError} As {@link tableDigest}.
 * @example
 * const table = createTable([numberColumn('x', [1, 2])]);
 * tableLeafHashes(table).length; // => 64
 */
export function tableLeafHashes(table: Table, options: TableDigestOptions = {}): Uint8Array {
  const leaves = new Uint8Array(table.rowCount * 32);
  hashRows(table, describeTable(table, options), options, (row, leaf) => leaves.set(leaf, row * 32));
  return leaves;
}

/** The descriptor of a table under options; checks a given one against the table. */
export function describeTable(table: Table, options: TableDigestOptions): TableDescriptor {
  const { descriptor, saltKey, nonFinite } = options;
  if (saltKey !== undefined && saltKey.length < 16)
    throw new SynthproofError('BAD_KEY', 'saltKey: expected at least 16 random bytes', { argument: 'saltKey' });
  if (descriptor === undefined)
    return {
      v: 1,
      enc: 'dcbor',
      hash: 'sha-256',
      columns: table.columns.map((column) => ({ name: column.name, type: digestTypeOf(column) })),
      ...(saltKey === undefined ? {} : { salt: 'hmac-sha256-index-16' as const }),
      ...(nonFinite === 'allow' ? { nonFinite: 'allow' as const } : {}),
    };
  const names = table.columns.map((column) => column.name);
  for (let i = 0; i < Math.max(names.length, descriptor.columns.length); i++) {
    const stated = descriptor.columns[i];
    const column = table.columns[i];
    if (stated === undefined || column === undefined || stated.name !== column.name)
      throw mismatch(
        `column ${i} is ${quote(stated?.name)} in the descriptor and ${quote(column?.name)} in the table`,
        column?.name,
      );
    if (!fitsDigestType(column, stated.type))
      throw mismatch(
        `column "${column.name}" is ${stated.type} in the descriptor and ${column.kind} in the table`,
        column.name,
      );
  }
  if ((descriptor.salt === undefined) !== (saltKey === undefined))
    throw new SynthproofError(
      'BAD_KEY',
      descriptor.salt === undefined
        ? 'saltKey: the descriptor has no salt; leave the key out'
        : 'saltKey: the descriptor is salted; give the key',
      { argument: 'saltKey' },
    );
  return descriptor;
}

/** Hashes the rows in order and hands each leaf hash over; the array is reused. */
export function hashRows(
  table: Table,
  descriptor: TableDescriptor,
  options: TableDigestOptions,
  take: (row: number, leaf: Uint8Array) => void,
): void {
  const { saltKey, onProgress, signal } = options;
  const write = createRowWriter(table, descriptor);
  const batch = createSha256Batch();
  const buffer = createCellBuffer();
  const leaf = new Uint8Array(32);
  const salt = saltKey === undefined ? null : createRowSalt(saltKey);
  const salted = new Uint8Array(32);
  for (let row = 0; row < table.rowCount; row++) {
    if ((row & 0xffff) === 0 && row > 0) {
      if (signal?.aborted === true)
        throw new SynthproofError('ABORTED', 'signal: the digest was aborted', { argument: 'signal' });
      onProgress?.({ stage: 'digest', done: row, total: table.rowCount });
    }
    // The leaf prefix 0x00 and the salt stand before the row, so that one call hashes all.
    buffer.bytes[0] = 0;
    buffer.length = 1;
    if (salt !== null) {
      salt(salted, row);
      for (let i = 0; i < 16; i++) buffer.bytes[1 + i] = salted[i]!;
      buffer.length = 17;
    }
    write(buffer, row);
    batch.fillDigest(leaf, 0, buffer.bytes, 0, buffer.length);
    take(row, leaf);
  }
  onProgress?.({ stage: 'digest', done: table.rowCount, total: table.rowCount });
}

function quote(name: string | undefined): string {
  return name === undefined ? 'absent' : `"${name}"`;
}

function mismatch(fault: string, column: string | undefined): SynthproofError {
  return new SynthproofError('SCHEMA_MISMATCH', `descriptor: ${fault}`, { argument: 'descriptor', column });
}
