import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { hmacSha256 } from '../hash/hmac-sha256.ts';
import { createSha256Batch } from '../hash/sha256-batch.ts';
import { toHex } from '../hash/to-hex.ts';
import { utf8 } from '../hash/utf8.ts';
import { cellText } from '../table/cell-text.ts';
import { getColumn } from '../table/get-column.ts';
import type { Table } from '../types.ts';

/** A secret key for one purpose, and a public name for it. */
export interface SummaryKey {
  /** 32 bytes. */
  readonly bytes: Uint8Array;
  /** 16 hex digits that name the key without giving it away. */
  readonly id: string;
}

/** Derives a key for one purpose, so that one secret serves several summaries. */
export function summaryKey(key: Uint8Array, purpose: string): SummaryKey {
  if (!(key instanceof Uint8Array) || key.length < 16)
    throw new SynthproofError('BAD_KEY', 'key: expected a Uint8Array of at least 16 bytes; 32 random bytes are best', {
      argument: 'key',
    });
  const bytes = hmacSha256(key, utf8(`synthproof/summary/${purpose}`));
  return { bytes, id: toHex(hmacSha256(bytes, utf8('id')).subarray(0, 8)) };
}

/**
 * Calls `visit` with HMAC-SHA-256 of each row: of the canonical JSON of its cells' canonical texts (null when missing).
 * The 32 bytes are overwritten by the next row.
 */
export function visitKeyedRows(
  table: Table,
  names: readonly string[],
  key: SummaryKey,
  visit: (digest: Uint8Array) => void,
): void {
  const columns = names.map((name) => getColumn(table, name));
  const batch = createSha256Batch();
  // RFC 2104: H(key xor opad, H(key xor ipad, text)), over buffers that are written once.
  let inner = new Uint8Array(1024).fill(0x36, 0, 64);
  const outer = new Uint8Array(96).fill(0x5c, 0, 64);
  for (let i = 0; i < 32; i++) {
    inner[i] = inner[i]! ^ key.bytes[i]!;
    outer[i] = outer[i]! ^ key.bytes[i]!;
  }
  const digest = new Uint8Array(32);
  const cells: (string | null)[] = new Array(columns.length).fill(null);
  for (let row = 0; row < table.rowCount; row++) {
    for (let c = 0; c < columns.length; c++) cells[c] = cellText(columns[c]!, row);
    const message = utf8(canonicalJson(cells));
    if (64 + message.length > inner.length) {
      const wider = new Uint8Array(2 * (64 + message.length));
      wider.set(inner.subarray(0, 64));
      inner = wider;
    }
    inner.set(message, 64);
    batch.fillDigest(outer, 64, inner, 0, 64 + message.length);
    batch.fillDigest(digest, 0, outer, 0, 96);
    visit(digest);
  }
}
