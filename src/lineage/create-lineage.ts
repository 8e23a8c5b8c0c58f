import { SynthproofError } from '../errors.ts';
import { canonicalJson } from '../hash/canonical-json.ts';
import { parseStrictJson } from '../hash/parse-strict-json.ts';
import { sha256Hex } from '../hash/sha256-hex.ts';
import { isParent, recordFault } from './internal-record-fault.ts';
import type {
  LineageAncestry,
  LineageColumnOrigin,
  LineageInput,
  LineageOriginKind,
  LineageRecord,
  LineageRowOrigin,
  LineageSource,
} from './types.ts';

/**
 * Builds the lineage record of a synthetic dataset and fills in what can be derived: kind of dataset, whether it holds
 * synthetic cells, hash of the parameters, marks carried forward from the sources, and how far it is from real data.
 * A verifier derives the same fields again.
 *
 * @param input - See {@link LineageInput}. Fields that are undefined are left out.
 * @returns The record, JSON-safe; hand it to {@link createStatement}.
 * @throws {@link SynthproofError} `BAD_RECORD` with a JSON pointer to the first field that is missing, malformed or
 * contradicts another (row sums, column names, times, weights); `BAD_JSON` at a value that JSON cannot hold.
 * @example
 * const table = tableDigest(createTable([numberColumn('x', [1, 2])]));
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table,
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [{ id: 'census', role: 'training', kind: 'real', digest: { sha256: sha256Hex('census') } }],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 2, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * record.origin.kind; // => 'full'
 * record.ancestry.meanDepth; // => 1
 */
export function createLineage(input: LineageInput): LineageRecord {
  for (const name of ['dataset', 'table', 'generation', 'sources', 'columns', 'rows'] as const)
    if (typeof input[name] !== 'object' || input[name] === null)
      throw new SynthproofError('BAD_RECORD', `input/${name}: missing`, { argument: 'input' });
  const { dataset, table, generation, sources, marking, rows, columns } = input;
  const { descriptor, descriptorSha256, rows: rowCount, root, multisetRoot, digest } = table;
  const draft = plainTree({
    format: 'synthproof.lineage/1',
    dataset: {
      ...dataset,
      id: dataset.id ?? `urn:synthproof:table:${digest}`,
      files: input.files ?? [],
      table: { descriptor, descriptorSha256, rows: rowCount, root, multisetRoot, digest },
    },
    origin: { ...originOf(rows, columns), rows, columns },
    generation: {
      ...generation,
      parametersSha256: sha256Hex(canonicalJson(plainTree(generation.parameters, '/generation/parameters'))),
    },
    sources,
    marking: {
      watermarks: marking?.watermarks ?? [],
      inherited: sources
        .filter((source) => (source.watermarks?.length ?? 0) > 0)
        .map((source) => ({ source: source.id, watermarks: source.watermarks })),
    },
    claims: input.claims ?? [],
    use: input.use,
    cost: input.cost,
    ancestry: ancestryOf(rows, sources),
    supersedes: input.supersedes,
    issuedAt: input.issuedAt,
    expiresAt: input.expiresAt,
    issuer: input.issuer,
    ext: input.ext,
  });
  const fault = recordFault(draft);
  if (fault !== null)
    throw new SynthproofError('BAD_RECORD', `record${fault.where}: ${fault.fault}`, { argument: 'input' });
  // A text and back: what a verifier will read is what is returned, and numbers beyond 2^53 are refused here.
  return parseStrictJson(canonicalJson(draft)) as unknown as LineageRecord;
}

/** The input that gives a record: its fields without the derived ones. */
export function lineageInputOf(record: LineageRecord): LineageInput {
  const { dataset, origin, generation, ancestry: _ancestry, format: _format, marking, ...rest } = record;
  const { files, table, ...datasetInput } = dataset;
  const { parametersSha256: _parametersSha256, ...generationInput } = generation;
  return {
    ...rest,
    dataset: datasetInput,
    files,
    table,
    generation: generationInput,
    columns: origin.columns,
    rows: origin.rows,
    marking: { watermarks: marking.watermarks },
  };
}

/** Copies a tree without its undefined fields. */
function plainTree(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item, i) => plainTree(item, `${path}/${i}`));
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Instances of a class stay as they are, so that canonical JSON refuses them instead of losing what they hold.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  if (path.length > 8192) throw new SynthproofError('BAD_RECORD', 'input: nested too deep', { argument: 'input' });
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (name === '__proto__')
      throw new SynthproofError('BAD_RECORD', `input${path}: the field name __proto__ is not allowed`, {
        argument: 'input',
      });
    const item = (value as Record<string, unknown>)[name];
    if (item !== undefined) copy[name] = plainTree(item, `${path}/${name}`);
  }
  return copy;
}

/** Kind of dataset: see {@link LineageOriginKind}. */
function originOf(
  rows: LineageRowOrigin,
  columns: readonly LineageColumnOrigin[],
): { kind: LineageOriginKind; hasSynthetic: boolean } {
  const { synthetic, real, modified, unknown } = rows;
  const hasSynthetic = synthetic + modified > 0;
  if (unknown > 0) return { kind: 'unknown', hasSynthetic };
  if (!hasSynthetic) return { kind: 'none', hasSynthetic };
  if (synthetic > 0 && real > 0) return { kind: 'hybrid', hasSynthetic };
  const made = columns.every((column) => MADE.includes(column.origin));
  return { kind: modified === 0 && made ? 'full' : 'partial', hasSynthetic };
}

/** Origins of cells that no real row supplied. */
const MADE: readonly string[] = ['synthetic', 'derived', 'label-machine'];

/**
 * The dataset is a merge: its synthetic and modified rows are generated from the training and seed sources, its real
 * rows are a real root, its unknown rows an unknown one. Definitions: {@link lineageDagMetrics}.
 */
function ancestryOf(rows: LineageRowOrigin, sources: readonly LineageSource[]): LineageAncestry {
  const total = rows.synthetic + rows.real + rows.modified + rows.unknown;
  const made = total === 0 ? 1 : (rows.synthetic + rows.modified) / total;
  const real = total === 0 ? 0 : rows.real / total;
  const unknown = total === 0 ? 0 : rows.unknown / total;
  const parents = sources.filter(isParent);
  let maxDepth = 0;
  let meanDepth = 0;
  let realRootMass = 0;
  let unknownMass = 0;
  for (const parent of parents) {
    const weight = parent.weight ?? 1 / parents.length;
    const ancestry = parentAncestry(parent);
    if (weight > 0 && ancestry.maxDepth > maxDepth) maxDepth = ancestry.maxDepth;
    meanDepth += weight * ancestry.meanDepth;
    realRootMass += weight * ancestry.realRootMass;
    unknownMass += weight * ancestry.unknownMass;
  }
  if (parents.length === 0) unknownMass = 1;
  return {
    maxDepth: made > 0 ? 1 + maxDepth : 0,
    meanDepth: made * (1 + meanDepth),
    syntheticFraction: made,
    realRootMass: Math.min(1, made * realRootMass + real),
    unknownMass: Math.min(1, made * unknownMass + unknown),
  };
}

function parentAncestry(source: LineageSource): LineageAncestry {
  if (source.lineage !== undefined) return source.lineage.ancestry;
  const kind = source.kind ?? 'unknown';
  const made = kind === 'synthetic' ? 1 : 0;
  return {
    maxDepth: made,
    meanDepth: made,
    syntheticFraction: made,
    realRootMass: kind === 'real' ? 1 : 0,
    unknownMass: kind === 'real' ? 0 : 1,
  };
}
