import type { JsonValue } from '../hash/parse-strict-json.ts';
import type { LineageRecord } from './record-types.ts';

export type {
  LineageAgent,
  LineageColumnOrigin,
  LineageDataset,
  LineageDatasetInput,
  LineageFile,
  LineageGeneration,
  LineageGenerationInput,
  LineageGenerator,
  LineageOrigin,
  LineageOriginKind,
  LineageRowOrigin,
} from './dataset-types.ts';
export type {
  LineageAncestry,
  LineageClaim,
  LineageCost,
  LineageInput,
  LineageMarking,
  LineageMarkingInput,
  LineageRecord,
  LineageSource,
  LineageUse,
  LineageWatermark,
} from './record-types.ts';

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
