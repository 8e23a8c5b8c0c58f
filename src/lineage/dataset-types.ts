import type { GeneratorFamily } from '../types.ts';
import type { JsonObject, TableDigest } from './types.ts';

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
  readonly type: GeneratorFamily;
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
