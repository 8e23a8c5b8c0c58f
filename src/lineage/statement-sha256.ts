import { canonicalJson } from '../hash/canonical-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import type { LineageStatement } from './types.ts';

/**
 * Name of a statement: SHA-256 of its canonical JSON, the bytes that were signed. Children refer to parents by it, and
 * `supersedes` to the statement before.
 *
 * @param statement - The statement.
 * @returns 64 hex digits.
 * @throws {@link SynthproofError} `BAD_JSON` when the statement is not JSON.
 * @example
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table: tableDigest(createTable([numberColumn('x', [1])])),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * statementSha256(createStatement(record)).length; // => 64
 */
export function statementSha256(statement: LineageStatement): string {
  return sha256Hex(canonicalJson(statement));
}
