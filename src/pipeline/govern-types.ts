import type { BiasAudit, BiasAuditSpec } from '../bias/index.ts';
import type {
  DsseEnvelope,
  JsonObject,
  LineageAgent,
  LineageDatasetInput,
  LineageRecord,
  LineageSource,
  LineageUse,
} from '../lineage/index.ts';
import type { MeasureQualityOptions, QualityResult } from '../quality/index.ts';
import type { JobOptions, Model, Report, Table } from '../types.ts';
import type { DriftReport } from '../value-drift/index.ts';
import type { TableMarkPlan, TableMarkVerdict } from '../watermark/index.ts';
import type { GeneratorChoice } from './choose-generator.ts';
import type { MarkSampleOptions } from './mark-sample.ts';

/** What to sign the record with, and who answers for it. */
export interface GovernSigner {
  /** Ed25519 secret key, 32 random bytes. Never stored or shown. */
  readonly secretKey: Uint8Array;
  /** Who answers for the record. */
  readonly issuer: LineageAgent;
  /** When it is issued, RFC 3339 in UTC, for example `2026-01-14T00:05:00Z`. */
  readonly issuedAt: string;
  /** When it ends to be valid. Default: never. */
  readonly expiresAt?: string | undefined;
}

/** How to audit bias. */
export interface GovernBias extends Omit<BiasAuditSpec, 'seed' | keyof JobOptions> {
  /** Seed of the permutations; goes into the record. Default: from the dataset's name and version. */
  readonly seed?: string | undefined;
}

/** Options of {@link govern}. */
export interface GovernOptions extends JobOptions {
  /** What the synthetic dataset is. Its name should keep to letters, digits, `-` and `_`. */
  readonly dataset: LineageDatasetInput;
  /** What the source is; its table digest is computed. */
  readonly source: Omit<LineageSource, 'role' | 'digest' | 'rows'>;
  /** Seed of everything random. Equal input, options and seed give equal bytes everywhere. */
  readonly seed: string;
  /** Salt of the commitments to the seed and the mark's key, 32 random bytes; keep it with the keys. */
  readonly salt: Uint8Array;
  /** Rows of the synthetic table. Default: as many as the source. */
  readonly rows?: number | undefined;
  /** Generator and its options. Default: sequential CART. */
  readonly generator?: GeneratorChoice | undefined;
  /** How to measure fidelity; its seed comes from the dataset's name and version and goes into the record. */
  readonly quality?: Omit<MeasureQualityOptions, 'seed' | keyof JobOptions> | undefined;
  /** What to audit for bias. Default: nothing, and the report says so. */
  readonly bias?: GovernBias | undefined;
  /** Numeric columns whose values must not drift. Default: all of kind number, integer or datetime; [] for none. */
  readonly drift?:
    | {
        /** Names of the columns. */
        readonly columns?: readonly string[] | undefined;
        /** Random permutations, 99 to 1e6. Default 999. */
        readonly permutations?: number | undefined;
      }
    | undefined;
  /** Adds columns that are computed from others (a label, a score), to source and synthetic alike, before measuring. */
  readonly derive?: ((table: Table) => Table) | undefined;
  /** How to mark. Default: no mark, and the record says so. */
  readonly mark?: MarkSampleOptions | undefined;
  /** Who signs. */
  readonly signer: GovernSigner;
  /** What the data are for and not for; goes into the record. */
  readonly use?: LineageUse | undefined;
  /** Further facts for the record under reverse-domain names. */
  readonly ext?: JsonObject | undefined;
  /** File name of the table in the record and the Croissant document. Default: the dataset's name and `.csv`. */
  readonly fileName?: string | undefined;
}

/** What was measured. */
export interface GovernMeasures {
  /** Fidelity, with its noise floor. */
  readonly quality: QualityResult;
  /** Bias of source and copy; null when not asked for. */
  readonly bias: BiasAudit | null;
  /** Drift of numeric columns; null when there is none to test. */
  readonly drift: DriftReport | null;
  /** What the detector says of the table; null without a mark. */
  readonly mark: TableMarkVerdict | null;
}

/** Result of {@link govern}. */
export interface Governed {
  /** The synthetic table, marked when asked for. */
  readonly table: Table;
  /** The same as CSV: the bytes that the record names. */
  readonly csv: string;
  /** The fitted model. It may embed training values: see its `embedsTrainingValues`. */
  readonly model: Model;
  /** Public parameters of the mark, also in the record; null without one. */
  readonly plan: TableMarkPlan | null;
  /** What was measured. */
  readonly measures: GovernMeasures;
  /** The record. */
  readonly record: LineageRecord;
  /** The signed record. Store it as `canonicalJson(envelope)`. */
  readonly envelope: DsseEnvelope;
  /** The dataset's Croissant document (JSON-LD). */
  readonly croissant: JsonObject;
  /** Findings, tables and pictures of all parts. */
  readonly report: Report;
}
