import { auditBias, type OutcomeSpec } from '../bias/index.ts';
import { SynthproofError } from '../errors.ts';
import { sha256Hex, utf8 } from '../hash/index.ts';
import {
  type DsseEnvelope,
  type LineageCheck,
  type LineageClaim,
  type LineageRecord,
  type LineageVerdict,
  type TableDescriptor,
  tableDigest,
  type VerifyLineageOptions,
  verifyLineage,
} from '../lineage/index.ts';
import { measureQuality } from '../quality/index.ts';
import { type ColumnSchema, castColumn, createTable, parseCsv } from '../table/index.ts';
import type { Column, ColumnKind, JobOptions, Table } from '../types.ts';
import { SYNTHPROOF_VERSION } from '../version.ts';
import { detectTableMark, type TableMarkPlan, type TableMarkVerdict } from '../watermark/index.ts';
import { claimsOf } from './claims.ts';
import { compareColumns } from './measure-governed.ts';
import { needsNoSource, recomputeModelClaim } from './model-claims.ts';
import { type PoolRule, poolRareLevels } from './pool-rare-levels.ts';

/** Options of {@link verifyGoverned}: those of `verifyLineage`, and what lets it look deeper. */
export interface VerifyGovernedOptions extends Omit<VerifyLineageOptions, 'table' | 'recompute'> {
  /** Key of the mark, to look for it too. Never shown. Default: the mark is not looked for. */
  readonly markKey?: Uint8Array | undefined;
  /** The real table, to compute the claims again. Default: claims stay asserted. */
  readonly source?: Table | undefined;
  /** The columns that `govern` derived, when it did. */
  readonly derive?: ((table: Table) => Table) | undefined;
}

/** What {@link verifyGoverned} found. */
export interface GovernedVerdict {
  /** Whether everything that was looked at holds. */
  readonly ok: boolean;
  /** The first thing that does not hold: a code of `verifyLineage`, or `TABLE_UNREADABLE`, `SOURCE_MISMATCH`, `MARK_NOT_FOUND`. */
  readonly code?: string | undefined;
  /** Where. */
  readonly where?: string | undefined;
  /** In words; never shows a key. */
  readonly detail?: string | undefined;
  /** Everything that was looked at, in order. */
  readonly checks: readonly Omit<LineageCheck, 'code'>[];
  /** The verdict on the record; null when the table could not be read under it. */
  readonly lineage: LineageVerdict | null;
  /** The verdict on the mark; null when it was not looked for. */
  readonly mark: TableMarkVerdict | null;
  /** Whether the CSV's bytes are the file that the record names; a file written anew from equal data may differ. Null for a table. */
  readonly sameFile: boolean | null;
}

/**
 * Checks what {@link govern} left behind: the signature and the record, the table's digest, the mark when its key is
 * given, and the claims, computed again, when the source is given. Two kinds need no source: the privacy loss, added up
 * from the charges in the record (that the fit made these and no others is the issuer's word), and declared constraints.
 *
 * Never throws at a hostile table or envelope. A good verdict says who stands for the record and that these are the
 * data; it is evidence, not proof, of what the claims mean.
 *
 * @param data - The table, or its CSV text (read under the column types of the record).
 * @param envelope - The signed record: text as stored, or the parsed object.
 * @param options - See {@link VerifyGovernedOptions}.
 * @returns See {@link GovernedVerdict}.
 * @throws `SynthproofError` `ABORTED`; `BAD_KEY` for an unusable `markKey`.
 * @example
 * verifyGoverned('age\n1\n', '{}', { keys: [{ publicKey: ed25519PublicKey(new Uint8Array(32)) }] }).ok; // => false
 */
export function verifyGoverned(
  data: Table | string,
  envelope: string | DsseEnvelope,
  options: VerifyGovernedOptions,
): GovernedVerdict {
  const { markKey, source, derive, ...policy } = options;
  const first = verifyLineage(envelope, policy);
  if (!first.ok) return refused(first);
  const { record } = first;
  let table: Table;
  try {
    table =
      typeof data === 'string'
        ? parseCsv(data, { schema: { columns: columnsOf(record.dataset.table.descriptor) } })
        : data;
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    return { ...refused(first), ok: false, code: 'TABLE_UNREADABLE', where: 'data', detail: error.message };
  }
  const sameFile =
    typeof data === 'string' ? record.dataset.files.some((file) => file.sha256 === sha256Hex(utf8(data))) : null;
  if (source && !record.sources.some((one) => one.digest['synthproofTableV1'] === tableDigest(source).digest))
    return {
      ...refused(first),
      ok: false,
      code: 'SOURCE_MISMATCH',
      where: 'source',
      detail: 'source: its digest is none of the sources in the record; give the table that govern was given',
      sameFile,
    };
  let recompute: VerifyLineageOptions['recompute'];
  try {
    if (source) recompute = recomputeClaims(source, table, derive ?? ((one) => one));
    else if (record.claims.some(needsNoSource)) recompute = (claim) => recomputeModelClaim(claim, table, null);
  } catch (error) {
    if (!(error instanceof SynthproofError)) throw error;
    return { ...refused(first), ok: false, code: 'SOURCE_MISMATCH', where: 'source', detail: error.message, sameFile };
  }
  const lineage = verifyLineage(envelope, { ...policy, table, recompute });
  if (!lineage.ok) return { ...refused(lineage), sameFile };
  if (!markKey) return { ok: true, checks: lineage.checks, lineage, mark: null, sameFile };

  const plan = lineage.record.marking.watermarks[0]?.parameters as unknown as TableMarkPlan | undefined;
  const mark = plan ? detect(table, plan, markKey, options) : null;
  const found = mark?.decision === 'marked';
  const detail = !mark
    ? 'the record names no mark that this detector can read'
    : found
      ? `found, log10 p = ${mark.log10P?.toFixed(1)}`
      : `not found: ${mark.decision}${mark.reason ? ` (${mark.reason})` : ''}; is this the key of release ${mark.tableId}?`;
  const checks = [...lineage.checks, { check: 'mark', ok: found, detail }];
  return found
    ? { ok: true, checks, lineage, mark, sameFile }
    : { ok: false, code: 'MARK_NOT_FOUND', where: 'markKey', detail, checks, lineage, mark, sameFile };
}

/** The detector's verdict; null when the record's parameters are no plan. */
function detect(table: Table, plan: TableMarkPlan, key: Uint8Array, { signal }: JobOptions): TableMarkVerdict | null {
  try {
    return detectTableMark(table, plan, { key, signal });
  } catch (error) {
    if (error instanceof SynthproofError && error.code === 'BAD_RECORD') return null;
    throw error;
  }
}

function refused(lineage: LineageVerdict): GovernedVerdict {
  const base = { checks: lineage.checks, lineage, mark: null, sameFile: null };
  return lineage.ok
    ? { ok: true, ...base }
    : { ok: false, code: lineage.code, where: lineage.where, detail: lineage.detail, ...base };
}

const KINDS = {
  int: 'integer',
  float: 'number',
  string: 'text',
  bool: 'boolean',
  datetime: 'datetime',
  date: 'datetime',
} as const;

function columnsOf(descriptor: TableDescriptor): ColumnSchema[] {
  return descriptor.columns.map(({ name, type }) =>
    KINDS[type] === 'datetime'
      ? { name, kind: 'datetime', unit: type === 'date' ? 'day' : 'millisecond' }
      : { name, kind: KINDS[type] },
  );
}

/** Computes each claim again, once per set of parameters; claims of other methods stay asserted. */
function recomputeClaims(source: Table, table: Table, derive: (table: Table) => Table) {
  // The table's kinds decide how it is measured: under the record a category reads as text.
  const synthetic = likeSource(table, source);
  const known = new Map<string, LineageClaim[]>();
  const once = (key: string, compute: () => LineageClaim[]): LineageClaim[] => {
    const before = known.get(key);
    if (before) return before;
    const claims = compute();
    known.set(key, claims);
    return claims;
  };
  return (claim: LineageClaim, record: LineageRecord): number | null | undefined => {
    const ofModel = recomputeModelClaim(claim, synthetic, source);
    if (ofModel !== undefined) return ofModel;
    const parameters = claim.parameters as Readonly<Record<string, unknown>> | undefined;
    const against = claim.against;
    if (!parameters || against === undefined) return undefined;
    let again: readonly LineageClaim[] = [];
    if (claim.method === `synthproof/quality measureQuality ${SYNTHPROOF_VERSION}`)
      again = once(JSON.stringify(parameters), () => {
        const { repeats, ...rest } = parameters as { repeats: number; seed: string };
        const quality = measureQuality(source, synthetic, { ...rest, noiseFloor: { repeats } });
        return claimsOf({ quality, pooled: [], bias: null, drift: null }, against, SYNTHPROOF_VERSION);
      });
    else if (claim.method === `synthproof/bias auditBias ${SYNTHPROOF_VERSION}`)
      again = once(JSON.stringify(parameters), () => {
        const { label, prediction, pooled, ...rest } = parameters as {
          pooled: PoolRule[];
          label: OutcomeSpec | null;
          prediction: OutcomeSpec | null;
          sensitive: string[];
          seed: string;
        };
        const bias = auditBias(poolRareLevels(derive(source), pooled), derive(synthetic), {
          ...rest,
          // No claim speaks of the search of other columns.
          columns: [],
          ...(label ? { label } : {}),
          ...(prediction ? { prediction } : {}),
        });
        return claimsOf({ quality: null, pooled, bias, drift: null }, against, SYNTHPROOF_VERSION);
      });
    else if (claim.method === `synthproof/value-drift compareProfiles ${SYNTHPROOF_VERSION}`)
      again = once(JSON.stringify(parameters), () => {
        const { columns, seed, permutations } = parameters as { columns: string[]; seed: string; permutations: number };
        const drift = compareColumns(derive(source), derive(synthetic), columns, { seed, permutations });
        return claimsOf({ quality: null, pooled: [], bias: null, drift }, against, SYNTHPROOF_VERSION);
      });
    const found = again.find(
      (one) => one.metric === claim.metric && record.claims.some((mine) => mine.metric === one.metric),
    );
    return found ? found.value : undefined;
  };
}

/** The table with the kinds of the source's columns, where a column has one there. */
function likeSource(table: Table, source: Table): Table {
  const kinds = new Map(source.columns.map((column) => [column.name, column.kind]));
  return createTable(
    table.columns.map((column) => {
      const kind = kinds.get(column.name);
      return kind === undefined || kind === column.kind ? column : castOrKeep(column, kind);
    }),
  );
}

/** Text placeholders of a private fit stand in columns that held numbers: nothing measures them, so they stay as they are. */
function castOrKeep(column: Column, kind: ColumnKind): Column {
  try {
    return castColumn(column, kind);
  } catch (error) {
    if (error instanceof SynthproofError) return column;
    throw error;
  }
}
