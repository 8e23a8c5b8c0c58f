import type { Interval } from '../types.ts';
import type {
  LineageAgent,
  LineageColumnOrigin,
  LineageDataset,
  LineageDatasetInput,
  LineageFile,
  LineageGeneration,
  LineageGenerationInput,
  LineageOrigin,
  LineageRowOrigin,
} from './dataset-types.ts';
import type { JsonObject, TableDigest } from './types.ts';

/** How far from real data a dataset is; see {@link lineageDagMetrics} for the definitions. */
export interface LineageAncestry {
  /** Most generation steps on any path to a root. */
  readonly maxDepth: number;
  /** Generation steps, averaged by weight: grows by 1 a step when synthetic data replace their source. */
  readonly meanDepth: number;
  /** Share made by a generator, 0 to 1. */
  readonly syntheticFraction: number;
  /** Share whose roots are real data, 0 to 1. */
  readonly realRootMass: number;
  /** Share whose roots are unknown, 0 to 1. */
  readonly unknownMass: number;
}

/** A mark that the dataset carries. */
export interface LineageWatermark {
  /** Scheme, for example `select/1`. */
  readonly scheme: string;
  /** Version of the scheme. */
  readonly version: string;
  /** Commitment to the key; see {@link keyCommitment}. Never the key. */
  readonly keyCommitment: string;
  /** How to detect it, and what the issuer found. */
  readonly detector?:
    | {
        /** Name of the detector. */
        readonly name: string;
        /** Its version. */
        readonly version: string;
        /** p-value the issuer measured on the marked table, 0 to 1. */
        readonly pValue?: number | undefined;
        /** Base-10 logarithm of the p-value, for p-values too small for a double. */
        readonly log10P?: number | undefined;
      }
    | undefined;
  /** Public parameters. */
  readonly parameters?: JsonObject | undefined;
}

/** What the dataset was made from. */
export interface LineageSource {
  /** Name or address of the source; unique in the record. */
  readonly id: string;
  /** Its part in the making. */
  readonly role: 'training' | 'seed' | 'reference' | 'constraint' | 'prompt';
  /** Digests by algorithm, lowercase hex, for example `sha256` or `synthproofTableV1`. */
  readonly digest: { readonly [algorithm: string]: string };
  /** What it is; default `unknown`. */
  readonly kind?: 'real' | 'synthetic' | 'unknown' | undefined;
  /** Number of rows. */
  readonly rows?: number | undefined;
  /** SPDX identifier or a licence's address. Source licences survive synthesis. */
  readonly license?: string | undefined;
  /** Web address. */
  readonly url?: string | undefined;
  /** Whether it holds personal data. */
  readonly personalData?: boolean | undefined;
  /** Legal basis and where it is written down. */
  readonly consent?:
    | {
        /** Basis, for example `consent`, `public-task`. */
        readonly basis: string;
        /** Where it is written down. */
        readonly reference?: string | undefined;
        /** What it covers. */
        readonly scope?: string | undefined;
      }
    | undefined;
  /** When it was collected, in words or as an ISO 8601 interval. */
  readonly collectionPeriod?: string | undefined;
  /** Places it stands for. */
  readonly geography?: readonly string[] | undefined;
  /** Share of the training data, 0 to 1; the weights of all training and seed sources sum to 1. Default: equal. */
  readonly weight?: number | undefined;
  /** DUO or ODRL code of the permitted use. */
  readonly usage?: string | undefined;
  /** Whether opt-outs of rights holders were honoured. */
  readonly optOutHonoured?: boolean | undefined;
  /** The source's own signed record, when it is itself synthetic. */
  readonly lineage?:
    | {
        /** SHA-256 of its statement's canonical JSON, lowercase hex. */
        readonly statementSha256: string;
        /** Where to find it. */
        readonly uri?: string | undefined;
        /** Its ancestry. */
        readonly ancestry: LineageAncestry;
      }
    | undefined;
  /** Marks the source carries; they are carried forward into the record. */
  readonly watermarks?: readonly LineageWatermark[] | undefined;
}

/** Marks on the dataset, as given to {@link createLineage}. */
export interface LineageMarkingInput {
  /** Marks the issuer embedded. */
  readonly watermarks?: readonly LineageWatermark[] | undefined;
}

/** Marks on the dataset. */
export interface LineageMarking {
  /** Marks the issuer embedded. */
  readonly watermarks: readonly LineageWatermark[];
  /** Derived: marks of the sources, carried forward (EU Code of Practice, 1.2). */
  readonly inherited: readonly {
    /** The source's id. */
    readonly source: string;
    /** Its marks. */
    readonly watermarks: readonly LineageWatermark[];
  }[];
}

/**
 * A measured figure the issuer stands for. It is asserted, not verified, until somebody recomputes it.
 */
export interface LineageClaim {
  /** What it speaks about. */
  readonly kind: 'quality' | 'utility' | 'privacy' | 'bias' | 'drift' | 'value' | 'robustness' | 'watermark' | 'other';
  /** Name of the metric. */
  readonly metric: string;
  /** The figure; null when it could not be computed, with `reason`. */
  readonly value: number | null;
  /** Interval of the figure. */
  readonly interval?: Interval | undefined;
  /** Number of observations behind it. */
  readonly n: number;
  /** How it was computed: package, function and version, for example `synthproof/quality ksComplement 0.1.0`. */
  readonly method: string;
  /** Parameters of the computation, with which it can be repeated. */
  readonly parameters?: JsonObject | undefined;
  /** Digest of what it was compared with, lowercase hex. */
  readonly against?: string | undefined;
  /** Bound it was held against. */
  readonly threshold?: number | undefined;
  /** Whether it kept the bound. */
  readonly pass?: boolean | undefined;
  /** Why `value` is null. */
  readonly reason?: string | undefined;
  /** SHA-256 of the report that holds the details, lowercase hex. */
  readonly reportSha256?: string | undefined;
}

/** What the dataset is for and not for. */
export interface LineageUse {
  /** Intended uses. */
  readonly intended?: readonly string[] | undefined;
  /** Uses to refrain from. */
  readonly prohibited?: readonly string[] | undefined;
  /** Intended users. */
  readonly audiences?: readonly string[] | undefined;
  /** Known limits. */
  readonly limitations?: readonly string[] | undefined;
  /** Known biases. */
  readonly knownBiases?: readonly string[] | undefined;
  /** Shares of groups. */
  readonly representation?:
    | readonly {
        /** Group, for example `sex=female`. */
        readonly group: string;
        /** Share in this dataset, 0 to 1. */
        readonly share: number;
        /** Share in the population or source compared with, 0 to 1. */
        readonly referenceShare?: number | undefined;
      }[]
    | undefined;
  /** Expected effect on people. */
  readonly socialImpact?: string | undefined;
  /** Who maintains it and how. */
  readonly maintenance?: string | undefined;
  /** Personal or sensitive attributes it holds. */
  readonly personalSensitive?: readonly string[] | undefined;
}

/** What making the dataset took. Figures are measured or estimated, never invented: leave out what is not known. */
export interface LineageCost {
  /** Whether energy was measured or estimated. */
  readonly method: 'measured' | 'estimated';
  /** Where the estimate's factors come from. */
  readonly source?: string | undefined;
  /** Seconds of work. */
  readonly durationS?: number | undefined;
  /** Machine, in words. */
  readonly hardware?: string | undefined;
  /** Energy in kWh. */
  readonly energyKWh?: number | undefined;
  /** Carbon intensity in grams of CO2-equivalent a kWh. */
  readonly gCO2PerKWh?: number | undefined;
  /** Power usage effectiveness, from 1. */
  readonly pue?: number | undefined;
  /** Grams of CO2-equivalent. */
  readonly gCO2e?: number | undefined;
}

/** What {@link createLineage} takes. Everything that can be derived is left out. */
export interface LineageInput {
  /** What the dataset is. */
  readonly dataset: LineageDatasetInput;
  /** Fingerprint of its table. */
  readonly table: TableDigest;
  /** Its files. */
  readonly files?: readonly LineageFile[] | undefined;
  /** How it was made. */
  readonly generation: LineageGenerationInput;
  /** What it was made from. */
  readonly sources: readonly LineageSource[];
  /** Origin by column, in the table's order. */
  readonly columns: readonly LineageColumnOrigin[];
  /** Origin by row. */
  readonly rows: LineageRowOrigin;
  /** Marks. */
  readonly marking?: LineageMarkingInput | undefined;
  /** Measured figures. */
  readonly claims?: readonly LineageClaim[] | undefined;
  /** What it is for. */
  readonly use?: LineageUse | undefined;
  /** What it took. */
  readonly cost?: LineageCost | undefined;
  /** SHA-256 of the statement that this one replaces, lowercase hex. */
  readonly supersedes?: string | undefined;
  /** When the record is issued, RFC 3339 in UTC, for example `2026-01-14T00:05:00Z`. */
  readonly issuedAt: string;
  /** When the record ends to be valid, RFC 3339 in UTC. */
  readonly expiresAt?: string | undefined;
  /** Who answers for the record. */
  readonly issuer: LineageAgent;
  /** Extensions under reverse-domain names, for example `org.example.audit`. */
  readonly ext?: JsonObject | undefined;
}

/** The lineage record, version 1: the predicate of the signed statement. JSON-safe. */
export interface LineageRecord {
  /** Format of the record. */
  readonly format: 'synthproof.lineage/1';
  /** What the dataset is. */
  readonly dataset: LineageDataset;
  /** What in it is synthetic. */
  readonly origin: LineageOrigin;
  /** How it was made. */
  readonly generation: LineageGeneration;
  /** What it was made from. */
  readonly sources: readonly LineageSource[];
  /** Marks. */
  readonly marking: LineageMarking;
  /** Measured figures. */
  readonly claims: readonly LineageClaim[];
  /** What it is for. */
  readonly use?: LineageUse | undefined;
  /** What it took. */
  readonly cost?: LineageCost | undefined;
  /** Derived: how far it is from real data. */
  readonly ancestry: LineageAncestry;
  /** SHA-256 of the statement that this one replaces, lowercase hex. */
  readonly supersedes?: string | undefined;
  /** When the record was issued, RFC 3339 in UTC. */
  readonly issuedAt: string;
  /** When the record ends to be valid, RFC 3339 in UTC. */
  readonly expiresAt?: string | undefined;
  /** Who answers for the record. */
  readonly issuer: LineageAgent;
  /** Extensions under reverse-domain names. */
  readonly ext?: JsonObject | undefined;
}
