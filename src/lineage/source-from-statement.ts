import { statementSha256 } from './statement-sha256.ts';
import type { LineageSource, LineageStatement } from './types.ts';

/** Options of {@link sourceFromStatement}. */
export interface SourceFromStatementOptions {
  /** Its part in the making. Default `training`. */
  readonly role?: LineageSource['role'] | undefined;
  /** Share of the training data, 0 to 1. Default: as {@link LineageSource}. */
  readonly weight?: number | undefined;
  /** Where the signed statement is to be found. */
  readonly uri?: string | undefined;
}

/**
 * The source entry for a dataset that has a signed record of its own: its digest, licence, ancestry, and every mark it
 * carries or inherited go into the child's record, so that nothing is laundered by synthesis.
 *
 * @param statement - The parent's statement, verified before.
 * @param options - See {@link SourceFromStatementOptions}.
 * @returns An entry for `sources` of {@link createLineage}.
 * @example
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0', license: 'CC-BY-4.0' },
 *   table: tableDigest(createTable([numberColumn('x', [1])])),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * const source = sourceFromStatement(createStatement(record));
 * source.license; // => 'CC-BY-4.0'
 */
export function sourceFromStatement(
  statement: LineageStatement,
  options: SourceFromStatementOptions = {},
): LineageSource {
  const { role = 'training', weight, uri } = options;
  const { dataset, origin, ancestry, marking } = statement.predicate;
  const watermarks = [...marking.watermarks, ...marking.inherited.flatMap((item) => item.watermarks)];
  return {
    id: dataset.id,
    role,
    kind: origin.hasSynthetic ? 'synthetic' : 'unknown',
    digest: { synthproofTableV1: dataset.table.digest },
    rows: dataset.table.rows,
    lineage: { statementSha256: statementSha256(statement), ancestry, ...(uri === undefined ? {} : { uri }) },
    ...(dataset.license === undefined ? {} : { license: dataset.license }),
    ...(dataset.url === undefined ? {} : { url: dataset.url }),
    ...(weight === undefined ? {} : { weight }),
    ...(watermarks.length === 0 ? {} : { watermarks }),
  };
}
