import { auditBias } from '../bias/index.ts';
import { SynthproofError } from '../errors.ts';
import { cartGenerator, fingerprintModel } from '../generators/index.ts';
import { sha256Hex, utf8 } from '../hash/index.ts';
import {
  createLineage,
  createStatement,
  type JsonObject,
  keyCommitment,
  type LineageRecord,
  signLineage,
  type TableDigest,
  tableDigest,
  toCroissant,
} from '../lineage/index.ts';
import { measureQuality } from '../quality/index.ts';
import { formatCsv } from '../table/index.ts';
import type { Column, JobOptions, Model, Table } from '../types.ts';
import { columnScorer, compareProfiles, profileValues } from '../value-drift/index.ts';
import { detectTableMark, type TableMarkPlan } from '../watermark/index.ts';
import { chooseGenerator, type GeneratorChoice } from './choose-generator.ts';
import { claimsOf } from './claims.ts';
import type { Governed, GovernMeasures, GovernOptions } from './govern-types.ts';
import { governReport } from './govern-report.ts';
import { markSample } from './mark-sample.ts';

/** Version written into records; equal to package.json, which a test checks. */
export const SYNTHPROOF_VERSION = '0.1.0';

/**
 * Runs the whole chain: fit, sample, mark, measure, record, sign. Everything it returns is plain data; check it again
 * at any time with {@link verifyGoverned}.
 *
 * Pure: time, seed, salt and keys are arguments, and the same arguments give the same bytes on every runtime.
 *
 * @param source - The real table.
 * @param options - See {@link GovernOptions}.
 * @returns See {@link Governed}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` when the source has no row; `UNKNOWN_COLUMN` for a column that is not there;
 * `BAD_KEY` for unusable keys; `BAD_OPTION`; `ABORTED`.
 * @example
 * const people = fromRecords(Array.from({ length: 300 }, (_, i) => ({ age: 20 + (i * 7) % 50, sex: i % 3 ? 'f' : 'm' })));
 * const governed = govern(people, {
 *   dataset: { name: 'people-synthetic', version: '1.0.0' },
 *   source: { id: 'people', kind: 'real', personalData: true },
 *   seed: 'run-1',
 *   salt: new Uint8Array(16).fill(1),
 *   bias: { sensitive: ['sex'], permutations: 99 },
 *   signer: { secretKey: new Uint8Array(32).fill(2), issuer: { name: 'me' }, issuedAt: '2026-01-14T00:05:00Z' },
 * });
 * governed.table.rowCount; // => 300
 * verifyGoverned(governed.csv, governed.envelope, { keys: [{ publicKey: ed25519PublicKey(new Uint8Array(32).fill(2)) }] }).ok; // => true
 */
export function govern(source: Table, options: GovernOptions): Governed {
  if (source.rowCount === 0)
    throw new SynthproofError('EMPTY_INPUT', 'source: expected at least one row, received none', { argument: 'source' });
  const { seed, salt, mark, rows = source.rowCount, onProgress, signal } = options;
  if (!Number.isInteger(rows) || rows < 1)
    throw new SynthproofError('OUT_OF_RANGE', `rows: expected a whole number from 1, received ${rows}`, { argument: 'rows' });
  const job: JobOptions = { onProgress, signal };
  const generator = options.generator ?? chooseGenerator(cartGenerator, {});
  // Bad columns and keys are found before the long part of the work.
  const derive = options.derive ?? ((table: Table) => table);
  const derivedSource = derive(source);
  const driftColumns = options.drift?.columns ?? derivedSource.columns.filter(isNumeric).map((column) => column.name);
  columnScorer(derivedSource, driftColumns);
  const sealed = { seed: keyCommitment(utf8(seed), salt), mark: mark ? keyCommitment(mark.key, salt) : null };

  const model = generator.fit(source, job);
  const sample = mark
    ? markSample(generator, model, { ...mark, rows, seed, ...job })
    : { table: generator.sample(model, { rows, seed, ...job }), plan: null };
  const { table, plan } = sample;

  const measures = measure(derivedSource, derive(table), table, plan, driftColumns, options);
  const csv = formatCsv(table);
  const digest = tableDigest(table);
  const sourceDigest = tableDigest(source);
  const record = recordOf({ table, csv, digest, sourceDigest, source, model, plan, measures, generator, sealed, options });
  const files = record.dataset.files;
  const envelope = signLineage(createStatement(record), { secretKey: options.signer.secretKey });
  return {
    table,
    csv,
    model,
    plan,
    measures,
    record,
    envelope,
    croissant: toCroissant(record, { files }),
    report: governReport({ source, table, record, measures, fit: fitReportOf(model) }),
  };
}

const isNumeric = (column: Column): boolean =>
  column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime';
