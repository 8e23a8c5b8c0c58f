import { fingerprintModel } from '../generators/index.ts';
import { sha256Hex, utf8 } from '../hash/index.ts';
import {
  createLineage,
  type JsonObject,
  type LineageGenerationInput,
  type LineageRecord,
  type TableDigest,
} from '../lineage/index.ts';
import type { Model, Table } from '../types.ts';
import { SYNTHPROOF_VERSION } from '../version.ts';
import type { TableMarkPlan } from '../watermark/index.ts';
import type { GeneratorChoice } from './choose-generator.ts';
import { claimsOf } from './claims.ts';
import type { GovernMeasures, GovernOptions } from './govern-types.ts';
import { modelClaims } from './model-claims.ts';
import type { ModelFacts } from './model-facts.ts';

/** What {@link recordGoverned} writes down. */
export interface RecordParts {
  /** The synthetic table. */
  readonly table: Table;
  /** Its CSV. */
  readonly csv: string;
  /** Its digest. */
  readonly digest: TableDigest;
  /** Digest of the source. */
  readonly sourceDigest: TableDigest;
  /** The source. */
  readonly source: Table;
  /** The model. */
  readonly model: Model;
  /** Plan of the mark. */
  readonly plan: TableMarkPlan | null;
  /** What was measured. */
  readonly measures: GovernMeasures;
  /** What the model says of itself. */
  readonly facts: ModelFacts;
  /** The generator. */
  readonly generator: GeneratorChoice;
  /** Commitments to the seed and the mark's key. */
  readonly sealed: { readonly seed: string; readonly mark: string | null };
  /** Options of the run. */
  readonly options: GovernOptions;
}

/** The lineage record of a run. */
export function recordGoverned(parts: RecordParts): LineageRecord {
  const { table, csv, digest, sourceDigest, model, plan, measures, facts, generator, sealed, options } = parts;
  const { dataset, signer } = options;
  const bytes = utf8(csv);
  return createLineage({
    dataset,
    table: digest,
    files: [
      {
        name: options.fileName ?? `${dataset.name}.csv`,
        sha256: sha256Hex(bytes),
        bytes: bytes.length,
        mediaType: 'text/csv',
      },
    ],
    generation: {
      generator: {
        name: generator.id,
        version: `${generator.version ? `${generator.version}, ` : ''}model ${model.version}`,
        type: generator.family,
      },
      parameters: generator.parameters as JsonObject,
      seedCommitment: sealed.seed,
      ...modelFields(model),
      ...generator.repeatable,
    },
    sources: [
      {
        ...options.source,
        role: 'training',
        rows: parts.source.rowCount,
        digest: { synthproofTableV1: sourceDigest.digest },
      },
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
    claims: [
      ...claimsOf({ ...measures, pooled: facts.pooled }, sourceDigest.digest, SYNTHPROOF_VERSION),
      ...modelClaims(facts, table, parts.source, sourceDigest.digest),
    ],
    use: options.use,
    issuedAt: signer.issuedAt,
    expiresAt: signer.expiresAt,
    issuer: signer.issuer,
    ext: options.ext,
  });
}

/** Fingerprint of the model and what it holds. Of an outside table no model is at hand, so only what its maker says stands. */
function modelFields(model: Model): Pick<LineageGenerationInput, 'modelFingerprint' | 'embedsTrainingValues'> {
  if (model.kind === 'outside') return model.embedsTrainingValues ? {} : { embedsTrainingValues: false };
  return { modelFingerprint: fingerprintModel(model), embedsTrainingValues: model.embedsTrainingValues };
}
