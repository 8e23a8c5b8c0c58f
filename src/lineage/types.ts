import type { JsonValue } from '../hash/parse-strict-json.ts';
import type { Interval } from '../types.ts';

/** A JSON object. */
export interface JsonObject {
  /** Any JSON value under any name. */
  readonly [name: string]: JsonValue;
}

/** How a column's cells are encoded; see {@link TableDescriptor}. */
export type DigestColumnType = 'int' | 'float' | 'string' | 'bool' | 'datetime' | 'date';

/** What a table digest binds beside the cells: names, types and order of the columns. */
export interface TableDescriptor {
  /** Version of the digest. */
  readonly v: 1;
  /** Cell encoding: deterministic CBOR with numeric reduction. */
  readonly enc: 'dcbor';
  /** Hash of rows and tree. */
  readonly hash: 'sha-256';
  /** The columns in order. */
  readonly columns: readonly {
    /** Column name, without Unicode normalisation. */
    readonly name: string;
    /** Type of its cells. */
    readonly type: DigestColumnType;
  }[];
  /** Present when every leaf carries a salt that only the key's holder can compute. */
  readonly salt?: 'hmac-sha256-index-16' | undefined;
  /** Present when NaN and the infinities are allowed as cells. */
  readonly nonFinite?: 'allow' | undefined;
}

/** The fingerprint of a table, independent of any file format. */
export interface TableDigest {
  /** Columns and encoding. */
  readonly descriptor: TableDescriptor;
  /** SHA-256 of the descriptor's canonical JSON, lowercase hex. */
  readonly descriptorSha256: string;
  /** Number of rows. */
  readonly rows: number;
  /** Root of the RFC 9162 tree over the rows in order, lowercase hex. */
  readonly root: string;
  /** Root of the tree over the sorted leaf hashes, lowercase hex: equal for every order of the rows. */
  readonly multisetRoot?: string | undefined;
  /** SHA-256 over descriptor hash, row count and root, lowercase hex: the one figure to compare. */
  readonly digest: string;
}

/** A person, organisation or program. */
export interface LineageAgent {
  /** Name. */
  readonly name: string;
  /** What it did or does, for example `author`, `operator`. */
  readonly role?: string | undefined;
  /** Web address. */
  readonly url?: string | undefined;
}

/** A file that holds the dataset. */
export interface LineageFile {
  /** Path relative to the record, with `/`. */
  readonly name: string;
  /** SHA-256 of its bytes, lowercase hex. */
  readonly sha256: string;
  /** Size in bytes. */
  readonly bytes: number;
  /** Media type, for example `text/csv`. */
  readonly mediaType: string;
}

/** What the dataset is, as given to {@link createLineage}. */
export interface LineageDatasetInput {
  /** URN or URL; default `urn:synthproof:table:` and the table digest. */
  readonly id?: string | undefined;
  /** Name; letters, digits, `-` and `_` keep every exporter happy. */
  readonly name: string;
  /** Version, semantic. */
  readonly version: string;
  /** What it holds and what for. */
  readonly description?: string | undefined;
  /** SPDX identifier or a licence's address. */
  readonly license?: string | undefined;
  /** Landing page. */
  readonly url?: string | undefined;
  /** BCP 47 language tags. */
  readonly language?: readonly string[] | undefined;
  /** Places the data stand for. */
  readonly geography?: readonly string[] | undefined;
  /** Search words. */
  readonly keywords?: readonly string[] | undefined;
  /** Makers. */
  readonly creators?: readonly LineageAgent[] | undefined;
  /** How to cite it. */
  readonly citeAs?: string | undefined;
  /** Day of publication, `YYYY-MM-DD`. */
  readonly datePublished?: string | undefined;
}

/** What the dataset is. */
export interface LineageDataset extends LineageDatasetInput {
  /** URN or URL. */
  readonly id: string;
  /** Its files. */
  readonly files: readonly LineageFile[];
  /** Fingerprint of its table. */
  readonly table: TableDigest;
}

/** Number of rows by where they come from; the sum is the table's row count. */
export interface LineageRowOrigin {
  /** Rows made by the generator. */
  readonly synthetic: number;
  /** Rows kept as they were. */
  readonly real: number;
  /** Real rows of which some cells were changed or synthesised. */
  readonly modified: number;
  /** Rows of unknown origin. */
  readonly unknown: number;
}

/** Where a column's cells come from. */
export interface LineageColumnOrigin {
  /** Column name, as in the table. */
  readonly name: string;
  /** Where its cells come from. */
  readonly origin: 'synthetic' | 'real' | 'derived' | 'imputed' | 'perturbed' | 'label-machine' | 'label-human';
  /** Columns it was made from: `column`, or `source/column`. */
  readonly from?: readonly string[] | undefined;
}

/**
 * Kind of dataset, derived from the row and column origins. `full`: every cell synthetic. `partial`: real rows with
 * some synthetic cells. `hybrid`: whole real rows beside synthetic ones. `none`: nothing synthetic. `unknown`: some
 * rows of unknown origin.
 */
export type LineageOriginKind = 'full' | 'partial' | 'hybrid' | 'none' | 'unknown';

/** What in the dataset is synthetic. */
export interface LineageOrigin {
  /** Derived. */
  readonly kind: LineageOriginKind;
  /** Derived: whether any cell is synthetic. */
  readonly hasSynthetic: boolean;
  /** By row. */
  readonly rows: LineageRowOrigin;
  /** By column, in the table's order. */
  readonly columns: readonly LineageColumnOrigin[];
}

/** The program that made the data. */
export interface LineageGenerator {
  /** Name, for example `cart`. */
  readonly name: string;
  /** Version of the program or of its model format. */
  readonly version: string;
  /** Family. */
  readonly type:
    | 'statistical'
    | 'tree'
    | 'gan'
    | 'diffusion'
    | 'llm'
    | 'simulation'
    | 'rule'
    | 'augmentation'
    | 'other';
  /** Package address (purl) of the program. */
  readonly purl?: string | undefined;
  /** Datasets a pretrained generator learned from. */
  readonly trainedOn?: readonly string[] | undefined;
}

/** How the data were made, as given to {@link createLineage}. */
export interface LineageGenerationInput {
  /** The program. */
  readonly generator: LineageGenerator;
  /** Its parameters. */
  readonly parameters: JsonObject;
  /** The seed, published. With a real parent and a repeatable generator, prefer `seedCommitment`. */
  readonly seed?: string | undefined;
  /** Commitment to the seed; see {@link keyCommitment}. */
  readonly seedCommitment?: string | undefined;
  /** Name and version of the random engine, for example `threefry4x32-20/1`. */
  readonly prng?: string | undefined;
  /** SHA-256 of the fitted model's canonical JSON, lowercase hex. */
  readonly modelFingerprint?: string | undefined;
  /** Whether the model holds values of single training rows. */
  readonly embedsTrainingValues?: boolean | undefined;
  /** SHA-256 of the prompts, lowercase hex. */
  readonly promptsSha256?: string | undefined;
  /** Runtime and versions of the packages used. */
  readonly environment?: { readonly [name: string]: string } | undefined;
  /** What a second run gives: the same bits, the same distribution, or nothing promised. */
  readonly determinism?: 'bitwise' | 'statistical' | 'none' | undefined;
  /** Start, RFC 3339 in UTC. */
  readonly startedAt?: string | undefined;
  /** End, RFC 3339 in UTC. */
  readonly endedAt?: string | undefined;
  /** Who ran it. */
  readonly agents?: readonly LineageAgent[] | undefined;
}

/** How the data were made. */
export interface LineageGeneration extends LineageGenerationInput {
  /** Derived: SHA-256 of the parameters' canonical JSON, lowercase hex. */
  readonly parametersSha256: string;
}

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

/** What a statement speaks about. */
export interface StatementSubject {
  /** Name of a file or of the dataset. */
  readonly name: string;
  /** Digests by algorithm, lowercase hex: `sha256` of a file's bytes, `synthproofTableV1` of a table. */
  readonly digest: { readonly [algorithm: string]: string };
}

/** An in-toto Statement v1 whose predicate is a lineage record. */
export interface LineageStatement {
  /** `https://in-toto.io/Statement/v1`. */
  readonly _type: 'https://in-toto.io/Statement/v1';
  /** What it speaks about; at least one. */
  readonly subject: readonly StatementSubject[];
  /** `https://synthproof.dev/synthetic-dataset/v1`. */
  readonly predicateType: 'https://synthproof.dev/synthetic-dataset/v1';
  /** The record. */
  readonly predicate: LineageRecord;
}

/** One signature of an envelope. */
export interface DsseSignature {
  /** Id of the key: SHA-256 of its SPKI DER, lowercase hex. A hint; the verifier binds it to the key that verifies. */
  readonly keyid: string;
  /** Signature over the pre-authentication encoding, base64. */
  readonly sig: string;
}

/** A DSSE envelope: payload, its type, and signatures over both. Store it as `canonicalJson(envelope)`. */
export interface DsseEnvelope {
  /** Payload, base64. */
  readonly payload: string;
  /** Type of the payload, ASCII. */
  readonly payloadType: string;
  /** At least one. */
  readonly signatures: readonly DsseSignature[];
}

/** Signs with a key that is kept elsewhere: WebCrypto, a key service, a hardware token. */
export interface LineageSigner {
  /** Id of the key: SHA-256 of its SPKI DER, lowercase hex; see {@link keyId}. */
  readonly keyId: string;
  /** Signs the message as it stands: 64 bytes for Ed25519; P1363 or DER for ECDSA P-256 with SHA-256. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A signature algorithm; the library has Ed25519 built in, and {@link p256Scheme}. */
export interface SignatureScheme {
  /** Name, for example `Ed25519`. */
  readonly id: string;
  /** Null when the public key may be trusted, else what is wrong with it. */
  publicKeyFault(publicKey: Uint8Array): string | null;
  /** The key in SPKI DER form. */
  spki(publicKey: Uint8Array): Uint8Array;
  /** Whether the signature is good; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/** A public key that the verifier trusts, and for what. The algorithm comes from here, never from the message. */
export interface TrustedKey {
  /** Raw public key, or its lowercase hex: 32 bytes for Ed25519. */
  readonly publicKey: Uint8Array | string;
  /** Algorithm; default Ed25519. */
  readonly scheme?: SignatureScheme | undefined;
  /** Statements issued before this time (RFC 3339 in UTC) are refused. */
  readonly notBefore?: string | undefined;
  /** Statements issued after this time are refused. */
  readonly notAfter?: string | undefined;
  /** The key is worth nothing from this time on, whatever time a statement claims. */
  readonly revokedAt?: string | undefined;
  /** Dataset names it may speak for, by prefix; default all. */
  readonly namePrefixes?: readonly string[] | undefined;
}
