import type { JobOptions, Table } from '../types.ts';
import type { LineageClaim, LineageRecord, LineageStatement, TrustedKey } from './types.ts';
import type { DsseFaultCode } from './verify-dsse.ts';

/** Why a lineage envelope was refused. */
export type LineageFaultCode =
  | DsseFaultCode
  | 'MALFORMED'
  | 'PAYLOAD_JSON'
  | 'PAYLOAD_NOT_CANONICAL'
  | 'STATEMENT_SHAPE'
  | 'RECORD_SHAPE'
  | 'DERIVED'
  | 'SUBJECT'
  | 'KEY_NOT_YET_VALID'
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'KEY_SCOPE'
  | 'NOT_YET_ISSUED'
  | 'EXPIRED'
  | 'TOO_OLD'
  | 'TIME_UNKNOWN'
  | 'SUPERSEDED'
  | 'NAME'
  | 'DESCRIPTOR'
  | 'ROW_COUNT'
  | 'ROOT'
  | 'MULTISET_ROOT'
  | 'TABLE_VALUE'
  | 'TABLE_MISSING'
  | 'SALT_KEY'
  | 'FILE_UNKNOWN'
  | 'FILE_MISSING'
  | 'FILE_SIZE'
  | 'FILE_DIGEST'
  | 'PARENT_MISSING'
  | 'PARENT_MISMATCH'
  | 'MARKING_DROPPED'
  | 'LICENSE_DROPPED'
  | 'CLAIM_MISSING'
  | 'CLAIM_MISMATCH'
  | 'WATERMARK_MISSING'
  | 'TOO_DEEP'
  | 'TOO_FEW_REAL_ROOTS';

/** What must be there beside a good signature. Everything defaults to not required. */
export interface LineageRequirements {
  /** A table must be given to {@link verifyLineage}, so that its digest is recomputed. */
  readonly table?: boolean | undefined;
  /** Every file of the record must be given. */
  readonly files?: boolean | undefined;
  /** Every parent that has a record must be given. */
  readonly parents?: boolean | undefined;
  /** The record must name a watermark. */
  readonly watermark?: boolean | undefined;
  /** Metrics that must be among the claims. */
  readonly claims?: readonly string[] | undefined;
  /** Largest `maxDepth` of the ancestry. */
  readonly maxDepth?: number | undefined;
  /** Smallest `realRootMass` of the ancestry, 0 to 1. */
  readonly minRealRootMass?: number | undefined;
  /** Oldest age of the record in seconds; needs `now`. */
  readonly maxAgeS?: number | undefined;
}

/** Options of {@link verifyLineage}. */
export interface VerifyLineageOptions extends JobOptions {
  /** Trusted keys; at least one. */
  readonly keys: readonly TrustedKey[];
  /** Number of distinct trusted keys that must have signed. Default 1. */
  readonly threshold?: number | undefined;
  /** `exact` (default): the envelope's text equals its canonical JSON. `strict`: other white space is allowed. */
  readonly profile?: 'exact' | 'strict' | undefined;
  /** The present, RFC 3339 in UTC. Needed for records that expire. */
  readonly now?: string | undefined;
  /** Seconds that the issuer's clock may be ahead. Default 300. */
  readonly clockSkewS?: number | undefined;
  /** Name the dataset must have. Default: any. */
  readonly name?: string | undefined;
  /** The table at hand: its digest is recomputed under the record's descriptor. */
  readonly table?: Table | undefined;
  /** Key of the salted leaves, when the record's descriptor is salted. */
  readonly saltKey?: Uint8Array | undefined;
  /** Published leaf hashes, end to end; with them a mismatch names the first row that differs. */
  readonly leafHashes?: Uint8Array | undefined;
  /** Files at hand: size and digest are recomputed. */
  readonly files?:
    | readonly {
        /** Name, as in the record. */
        readonly name: string;
        /** Content. */
        readonly bytes: Uint8Array;
      }[]
    | undefined;
  /** Verified statements of sources; each is found by its hash. */
  readonly parents?: readonly LineageStatement[] | undefined;
  /** Hashes of statements that were replaced or withdrawn: these are refused. */
  readonly superseded?: readonly string[] | undefined;
  /**
   * Recomputes a claim. Return the figure, null for "cannot be computed", or undefined for claims it does not know;
   * a figure that differs from the claimed one refuses the record.
   */
  readonly recompute?: ((claim: LineageClaim, record: LineageRecord) => number | null | undefined) | undefined;
  /** What else must hold. */
  readonly require?: LineageRequirements | undefined;
}

/** One thing that was looked at. */
export interface LineageCheck {
  /** What: `envelope`, `signature`, `statement`, `record`, `derived`, `subjects`, `keys`, `time`, `table`, ... */
  readonly check: string;
  /** Whether it holds. */
  readonly ok: boolean;
  /** Why not. */
  readonly code?: LineageFaultCode | undefined;
  /** Where: a JSON pointer, or an option. */
  readonly where?: string | undefined;
  /** In words. */
  readonly detail?: string | undefined;
}

/** What {@link verifyLineage} found when everything holds. */
export interface VerifiedLineage {
  /** Everything that was looked at holds. */
  readonly ok: true;
  /** What was looked at, in order. */
  readonly checks: readonly LineageCheck[];
  /** The signed statement. */
  readonly statement: LineageStatement;
  /** Its hash; see {@link statementSha256}. */
  readonly statementSha256: string;
  /** The record. */
  readonly record: LineageRecord;
  /** Ids of the trusted keys that signed, ascending. */
  readonly keyIds: readonly string[];
  /** The claims' standing, in their order: recomputed here, or only asserted by the issuer. */
  readonly claims: readonly {
    /** Name of the metric. */
    readonly metric: string;
    /** Its standing. */
    readonly status: 'recomputed' | 'asserted';
  }[];
}

/** What {@link verifyLineage} found when something does not hold. */
export interface RefusedLineage {
  /** Not to be trusted. */
  readonly ok: false;
  /** The first thing that does not hold. */
  readonly code: LineageFaultCode;
  /** Where: a JSON pointer, or an option. */
  readonly where: string;
  /** In words; never shows a key. */
  readonly detail: string;
  /** What was looked at, in order. */
  readonly checks: readonly LineageCheck[];
}

/** What {@link verifyLineage} found. */
export type LineageVerdict = VerifiedLineage | RefusedLineage;
