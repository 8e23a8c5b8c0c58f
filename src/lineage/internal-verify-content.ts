import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { fromHex } from '../hash/from-hex.ts';
import { createSubtreeStack } from '../hash/internal-subtree-stack.ts';
import { createMerkleTree } from '../hash/merkle-tree.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { toHex } from '../hash/to-hex.ts';
import { createLineage, lineageInputOf } from './create-lineage.ts';
import { multisetRoot } from './internal-multiset-root.ts';
import { parseTime } from './internal-time.ts';
import { statementSha256 } from './statement-sha256.ts';
import { sealDigest } from './table-digest.ts';
import { describeTable, hashRows } from './table-leaf-hashes.ts';
import type { LineageRecord } from './types.ts';
import type { LineageFaultCode, VerifyLineageOptions } from './verify-types.ts';

/** Why a check failed. */
export interface ContentFault {
  readonly code: LineageFaultCode;
  readonly where: string;
  readonly detail: string;
}

/** Derives every derived field again and compares canonical bytes. */
export function derivedFault(record: LineageRecord): ContentFault | null {
  const { table } = record.dataset;
  const sealed = sealDigest(table.descriptor, table.rows, fromHex(table.root));
  if (sealed.descriptorSha256 !== table.descriptorSha256)
    return fault('DERIVED', '/predicate/dataset/table/descriptorSha256', 'not the hash of the descriptor');
  if (sealed.digest !== table.digest)
    return fault('DERIVED', '/predicate/dataset/table/digest', 'not the digest of descriptor, row count and root');
  const again = createLineage(lineageInputOf(record));
  for (const name of ['origin', 'generation', 'marking', 'ancestry'] as const)
    if (canonicalJson(again[name]) !== canonicalJson(record[name]))
      return fault('DERIVED', `/predicate/${name}`, 'a derived field does not follow from the others');
  return canonicalJson(again) === canonicalJson(record)
    ? null
    : fault('DERIVED', '/predicate', 'a derived field does not follow from the others');
}

/** Recomputes the digest of the table at hand. */
export function tableFault(record: LineageRecord, options: VerifyLineageOptions): ContentFault | null {
  const { table, saltKey, leafHashes, onProgress, signal } = options;
  const stated = record.dataset.table;
  if (table === undefined)
    return options.require?.table === true
      ? fault('TABLE_MISSING', 'options.table', 'the policy requires the table')
      : null;
  const tree = createSubtreeStack(0);
  const job = { descriptor: stated.descriptor, saltKey, onProgress, signal };
  // Leaf hashes help only when they are those of the signed root.
  const leaves =
    leafHashes !== undefined &&
    leafHashes.length === stated.rows * 32 &&
    toHex(createMerkleTree(leafHashes).root) === stated.root
      ? leafHashes
      : null;
  const sorted = stated.multisetRoot === undefined ? null : new Uint8Array(table.rowCount * 32);
  let first = -1;
  try {
    hashRows(table, describeTable(table, job), job, (row, leaf) => {
      tree.push(leaf, 0, 1);
      sorted?.set(leaf, row * 32);
      if (leaves === null || first >= 0) return;
      for (let i = 0; i < 32; i++) if (leaf[i] !== leaves[row * 32 + i]) first = row;
    });
  } catch (error) {
    if (!(error instanceof SynthproofError) || error.code === 'ABORTED') throw error;
    const code =
      error.code === 'SCHEMA_MISMATCH' ? 'DESCRIPTOR' : error.code === 'BAD_KEY' ? 'SALT_KEY' : 'TABLE_VALUE';
    return fault(code, placeOf(error), error.message);
  }
  if (first < 0 && leaves !== null && table.rowCount !== stated.rows) first = Math.min(table.rowCount, stated.rows);
  const where = first >= 0 ? `table row ${first}` : 'table';
  if (table.rowCount !== stated.rows)
    return fault('ROW_COUNT', where, `the record states ${stated.rows} rows, the table has ${table.rowCount}`);
  const root = toHex(tree.root());
  if (root !== stated.root)
    return fault(
      'ROOT',
      where,
      first >= 0 ? `row ${first} is the first that differs` : 'at least one cell or the order of rows differs',
    );
  if (sorted !== null && toHex(multisetRoot(sorted)) !== stated.multisetRoot)
    return fault('MULTISET_ROOT', '/predicate/dataset/table/multisetRoot', 'not the order-free root of the rows');
  return null;
}

/** Recomputes size and digest of the files at hand. */
export function filesFault(record: LineageRecord, options: VerifyLineageOptions): ContentFault | null {
  const given = options.files ?? [];
  for (const { name, bytes } of given) {
    const stated = record.dataset.files.find((file) => file.name === name);
    const where = `options.files "${name}"`;
    if (stated === undefined) return fault('FILE_UNKNOWN', where, 'the record has no such file');
    if (bytes.length !== stated.bytes)
      return fault('FILE_SIZE', where, `the record states ${stated.bytes} bytes, the file has ${bytes.length}`);
    if (sha256Hex(bytes) !== stated.sha256) return fault('FILE_DIGEST', where, 'the file was changed');
  }
  if (options.require?.files !== true) return null;
  const missing = record.dataset.files.find((file) => !given.some((item) => item.name === file.name));
  return missing === undefined
    ? null
    : fault('FILE_MISSING', `options.files "${missing.name}"`, 'the policy requires every file');
}

/** Holds the sources against their own records. */
export function parentsFault(record: LineageRecord, options: VerifyLineageOptions): ContentFault | null {
  const parents = options.parents ?? [];
  const required = options.require?.parents === true;
  if (parents.length === 0 && !required) return null;
  const hashes = parents.map((parent) => statementSha256(parent));
  for (let i = 0; i < record.sources.length; i++) {
    const source = record.sources[i]!;
    if (source.lineage === undefined) continue;
    const where = `/predicate/sources/${i}`;
    const at = hashes.indexOf(source.lineage.statementSha256);
    if (at < 0) {
      if (required) return fault('PARENT_MISSING', where, 'the policy requires the statements of all parents');
      continue;
    }
    const parent = parents[at]!.predicate;
    if (canonicalJson(parent.ancestry) !== canonicalJson(source.lineage.ancestry))
      return fault('PARENT_MISMATCH', `${where}/lineage/ancestry`, "not the parent's ancestry");
    if (source.digest['synthproofTableV1'] !== parent.dataset.table.digest)
      return fault('PARENT_MISMATCH', `${where}/digest`, "not the parent's table digest");
    if (parseTime(parent.issuedAt)! > parseTime(record.issuedAt)!)
      return fault('PARENT_MISMATCH', where, 'the parent was issued later than the child');
    if (parent.dataset.license !== undefined && source.license !== parent.dataset.license)
      return fault('LICENSE_DROPPED', `${where}/license`, "the parent's licence must be carried forward");
    const carried = new Set((source.watermarks ?? []).map((mark) => canonicalJson(mark)));
    const marks = [...parent.marking.watermarks, ...parent.marking.inherited.flatMap((item) => item.watermarks)];
    if (marks.some((mark) => !carried.has(canonicalJson(mark))))
      return fault('MARKING_DROPPED', `${where}/watermarks`, "the parent's marks must be carried forward");
  }
  return null;
}

/** Compares recomputed claims with the record's, and looks for required ones. */
export function claimsFault(
  record: LineageRecord,
  recomputed: readonly (number | null | undefined)[],
  options: VerifyLineageOptions,
): ContentFault | null {
  for (const metric of options.require?.claims ?? [])
    if (!record.claims.some((claim) => claim.metric === metric))
      return fault('CLAIM_MISSING', '/predicate/claims', `the policy requires a claim on ${metric}`);
  for (let i = 0; i < record.claims.length; i++) {
    const { metric, value } = record.claims[i]!;
    const figure = recomputed[i];
    if (figure !== undefined && figure !== value)
      return fault(
        'CLAIM_MISMATCH',
        `/predicate/claims/${i}/value`,
        `${metric}: claimed ${value}, recomputed ${figure}`,
      );
  }
  return null;
}

function placeOf(error: SynthproofError): string {
  const { column, row } = error.place;
  return `table${column === undefined ? '' : ` column "${column}"`}${row === undefined ? '' : ` row ${row}`}`;
}

function fault(code: LineageFaultCode, where: string, detail: string): ContentFault {
  return { code, where, detail };
}
