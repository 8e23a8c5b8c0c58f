import { auditBias } from '../bias/index.ts';
import { SynthproofError } from '../errors.ts';
import { cartGenerator, type FitReport, fingerprintModel } from '../generators/index.ts';
import { sha256Hex, utf8 } from '../hash/index.ts';
import {
  createLineage,
  createStatement,
  ed25519PublicKey,
  type JsonObject,
  keyCommitment,
  type LineageRecord,
  signLineage,
  type TableDigest,
  tableDigest,
  toCroissant,
} from '../lineage/index.ts';
import { measureQuality } from '../quality/index.ts';
import { formatCsv, getColumn } from '../table/index.ts';
import type { Column, JobOptions, Model, Table } from '../types.ts';
import { columnScorer, compareProfiles, profileValues } from '../value-drift/index.ts';
import { detectTableMark, type TableMarkPlan } from '../watermark/index.ts';
import { chooseGenerator, type GeneratorChoice } from './choose-generator.ts';
import { claimsOf } from './claims.ts';
import type { Governed, GovernMeasures, GovernOptions } from './govern-types.ts';
import { fitReportOf, governReport } from './govern-report.ts';
import { markSample } from './mark-sample.ts';
import { SYNTHPROOF_VERSION } from './version.ts';

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
 *   salt: new Uint8Array(32).fill(1),
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
  const job = (stage: string): JobOptions => partOf({ onProgress, signal }, stage);
  const generator = options.generator ?? chooseGenerator(cartGenerator, {});
  // Bad columns and keys are found before the long part of the work.
  const derive = options.derive ?? ((table: Table) => table);
  const derivedSource = derive(source);
  if (options.drift?.columns?.length) columnScorer(derivedSource, options.drift.columns);
  for (const name of options.bias?.sensitive ?? []) getColumn(derivedSource, name);
  ed25519PublicKey(options.signer.secretKey);
  const sealed = { seed: keyCommitment(utf8(`seed:${seed}`), salt), mark: mark ? keyCommitment(mark.key, salt) : null };

  const model = generator.fit(source, job('fit'));
  const sample = mark
    ? markSample(generator, model, { ...mark, rows, seed, ...job('sample and mark') })
    : { table: generator.sample(model, { rows, seed, ...job('sample') }), plan: null };
  const { table, plan } = sample;

  const fit = fitReportOf(model);
  const measures = measure({ source, derivedSource, table, derived: derive(table), plan, placeholders: placeholdersOf(fit), options });
  const csv = formatCsv(table);
  const digest = tableDigest(table);
  const sourceDigest = tableDigest(source);
  const record = recordOf({ table, csv, digest, sourceDigest, source, model, plan, measures, generator, sealed, options });
  const envelope = signLineage(createStatement(record), { secretKey: options.signer.secretKey });
  return {
    table,
    csv,
    model,
    plan,
    measures,
    record,
    envelope,
    croissant: toCroissant(record),
    report: governReport({ source, table, record, measures, fit }),
  };
}

/** Progress of one part under the name of that part. */
function partOf({ onProgress, signal }: JobOptions, stage: string): JobOptions {
  return { signal, onProgress: onProgress && ((progress) => onProgress({ ...progress, stage })) };
}

const isNumeric = (column: Column): boolean =>
  column.kind === 'number' || column.kind === 'integer' || column.kind === 'datetime';

interface MeasureParts {
  readonly source: Table;
  readonly derivedSource: Table;
  readonly table: Table;
  readonly derived: Table;
  readonly plan: TableMarkPlan | null;
  /** Columns of placeholders: nothing in them can be like the source. */
  readonly placeholders: readonly string[];
  readonly options: GovernOptions;
}

/** Every measure: fidelity and mark on the tables as they are, bias and drift with the derived columns too. */
function measure(parts: MeasureParts): GovernMeasures {
  const { source, derivedSource, table, derived, plan, placeholders, options } = parts;
  // Public, so that a verifier who has the source can repeat each figure; the run's own seed stays sealed.
  const seed = measureSeed(options.dataset);
  const { bias, mark } = options;
  const job = (stage: string): JobOptions => partOf(options, stage);
  const driftColumns =
    options.drift?.columns ??
    derivedSource.columns.filter((column) => isNumeric(column) && !placeholders.includes(column.name)).map((column) => column.name);
  const quality = measureQuality(source, table, {
    ...options.quality,
    skip: [...(options.quality?.skip ?? []), ...placeholders],
    seed,
    ...job('measure fidelity'),
  });
  const audit = bias ? auditBias(derivedSource, derived, { ...bias, seed: bias.seed ?? seed, ...job('measure bias') }) : null;
  const permutations = options.drift?.permutations;
  const drift =
    driftColumns.length === 0
      ? null
      : compareProfiles(
          profileValues(derivedSource, columnScorer(derivedSource, driftColumns)),
          profileValues(derived, columnScorer(derivedSource, driftColumns)),
          { seed, permutations, ...job('measure drift') },
        );
  const verdict = mark && plan ? detectTableMark(table, plan, { key: mark.key, ...job('detect mark') }) : null;
  return { quality, bias: audit, drift, mark: verdict };
}

const placeholdersOf = (fit: FitReport | null): string[] => (fit?.identifiers ?? []).map(({ column }) => column);

/** Seed of splits and permutations: public and bound to the release. */
function measureSeed(dataset: GovernOptions['dataset']): string {
  return `measure/${dataset.name}/${dataset.version}`;
}

interface RecordParts {
  readonly table: Table;
  readonly csv: string;
  readonly digest: TableDigest;
  readonly sourceDigest: TableDigest;
  readonly source: Table;
  readonly model: Model;
  readonly plan: TableMarkPlan | null;
  readonly measures: GovernMeasures;
  readonly generator: GeneratorChoice;
  readonly sealed: { readonly seed: string; readonly mark: string | null };
  readonly options: GovernOptions;
}

function recordOf(parts: RecordParts): LineageRecord {
  const { table, csv, digest, sourceDigest, model, plan, measures, generator, sealed, options } = parts;
  const { dataset, signer } = options;
  const bytes = utf8(csv);
  return createLineage({
    dataset,
    table: digest,
    files: [
      { name: options.fileName ?? `${dataset.name}.csv`, sha256: sha256Hex(bytes), bytes: bytes.length, mediaType: 'text/csv' },
    ],
    generation: {
      generator: { name: generator.id, version: `synthproof ${SYNTHPROOF_VERSION}, model ${model.version}`, type: generator.family },
      parameters: generator.parameters as JsonObject,
      seedCommitment: sealed.seed,
      prng: 'threefry4x32-20/1',
      modelFingerprint: fingerprintModel(model),
      embedsTrainingValues: model.embedsTrainingValues,
      determinism: 'bitwise',
    },
    sources: [
      { ...options.source, role: 'training', rows: parts.source.rowCount, digest: { synthproofTableV1: sourceDigest.digest } },
    ],
    columns: table.columns.map((column) => ({ name: column.name, origin: 'synthetic' })),
    rows: { synthetic: table.rowCount, real: 0, modified: 0, unknown: 0 },
    ...(plan && sealed.mark
      ? {
          marking: {
            watermarks: [
              {
                scheme: `${plan.kind}/${plan.preset}`,
                version: String(plan.version),
                keyCommitment: sealed.mark,
                detector: {
                  name: 'synthproof detectTableMark',
                  version: SYNTHPROOF_VERSION,
                  ...(measures.mark?.log10P == null ? {} : { log10P: measures.mark.log10P }),
                },
                parameters: plan as unknown as JsonObject,
              },
            ],
          },
        }
      : {}),
    claims: claimsOf(measures, sourceDigest.digest, SYNTHPROOF_VERSION),
    use: options.use,
    issuedAt: signer.issuedAt,
    expiresAt: signer.expiresAt,
    issuer: signer.issuer,
    ext: options.ext,
  });
}
