import { RECORD_SHAPE } from './internal-record-shape.ts';
import { type ShapeFault, shapeFault } from './internal-shape.ts';
import { parseTime } from './internal-time.ts';
import type { LineageRecord, LineageSource } from './types.ts';

/** The first thing wrong with a record, in form or in sense, or null. Derived fields are not recomputed here. */
export function recordFault(record: unknown): ShapeFault | null {
  return shapeFault(record, RECORD_SHAPE) ?? senseFault(record as LineageRecord);
}

function senseFault(record: LineageRecord): ShapeFault | null {
  const { dataset, origin, generation, sources, marking, claims } = record;
  const { table } = dataset;
  if (table.descriptor.v !== 1) return fault('/dataset/table/descriptor/v', 'expected 1');
  const names = table.descriptor.columns.map((column) => column.name);
  if (new Set(names).size !== names.length)
    return fault('/dataset/table/descriptor/columns', 'a column name occurs twice');
  const { synthetic, real, modified, unknown } = origin.rows;
  const sum = synthetic + real + modified + unknown;
  if (sum !== table.rows)
    return fault('/origin/rows', `expected a sum of ${table.rows}, the table's rows, received ${sum}`);
  if (origin.columns.length !== names.length || origin.columns.some((column, i) => column.name !== names[i]))
    return fault('/origin/columns', `expected the table's columns in order: ${names.join(', ').slice(0, 200)}`);
  const kept = origin.columns.findIndex((column) => column.origin === 'real');
  if (kept >= 0 && table.rows > 0 && synthetic === table.rows)
    return fault(`/origin/columns/${kept}`, 'a real column in wholly synthetic rows; count those rows as modified');
  if (generation.seed !== undefined && generation.seedCommitment !== undefined)
    return fault('/generation/seedCommitment', 'state the seed or its commitment, not both');
  if (!ascends(generation.startedAt, generation.endedAt)) return fault('/generation/endedAt', 'ends before it starts');
  if (!ascends(generation.endedAt ?? generation.startedAt, record.issuedAt))
    return fault('/issuedAt', 'issued before the generation ended');
  if (!ascends(record.issuedAt, record.expiresAt)) return fault('/expiresAt', 'expires before it is issued');
  const files = dataset.files.map((file) => file.name);
  if (new Set(files).size !== files.length) return fault('/dataset/files', 'a file name occurs twice');
  const ids = sources.map((source) => source.id);
  if (new Set(ids).size !== ids.length) return fault('/sources', 'a source id occurs twice');
  for (let i = 0; i < sources.length; i++) {
    const found = digestFault(sources[i]!.digest, `/sources/${i}/digest`);
    if (found !== null) return found;
    if (sources[i]!.kind === 'real' && sources[i]!.lineage !== undefined)
      return fault(`/sources/${i}/kind`, 'a real source has no lineage record of a synthetic dataset');
  }
  const weights = weightFault(sources);
  if (weights !== null) return weights;
  for (let i = 0; i < marking.watermarks.length; i++)
    if (marking.watermarks[i]!.version === '') return fault(`/marking/watermarks/${i}/version`, 'expected a version');
  for (let i = 0; i < claims.length; i++) {
    const claim = claims[i]!;
    if (claim.value === null && claim.reason === undefined)
      return fault(`/claims/${i}/reason`, 'a claim without a value needs a reason');
    if (claim.interval !== undefined && claim.interval.lower > claim.interval.upper)
      return fault(`/claims/${i}/interval`, 'lower end above the upper end');
  }
  if (record.cost?.method === 'estimated' && record.cost.source === undefined)
    return fault('/cost/source', 'an estimate needs the source of its factors');
  for (const name of Object.keys(record.ext ?? {}))
    if (!/^[a-z0-9-]+(\.[A-Za-z0-9_-]+)+$/.test(name))
      return fault(`/ext/${name}`, 'expected a reverse-domain name such as org.example.audit');
  return null;
}

/** What is wrong with a set of digests, or null: at least one, lowercase hex. */
export function digestFault(digest: { readonly [algorithm: string]: string }, where: string): ShapeFault | null {
  const algorithms = Object.keys(digest);
  if (algorithms.length === 0) return fault(where, 'expected at least one digest');
  for (const algorithm of algorithms) {
    const value = digest[algorithm]!;
    const length = algorithm === 'sha256' || algorithm === 'synthproofTableV1' ? 64 : value.length;
    if (!/^([0-9a-f]{2}){8,}$/.test(value) || value.length !== length)
      return fault(`${where}/${algorithm}`, 'expected lowercase hex of the digest');
  }
  return null;
}

/** Sources whose rows went into the data. */
export function isParent(source: LineageSource): boolean {
  return source.role === 'training' || source.role === 'seed';
}

function weightFault(sources: readonly LineageSource[]): ShapeFault | null {
  const parents = sources.filter(isParent);
  const stated = parents.filter((source) => source.weight !== undefined);
  if (stated.length === 0) return null;
  if (stated.length < parents.length) return fault('/sources', 'give every training and seed source a weight, or none');
  let sum = 0;
  for (const source of stated) sum += source.weight!;
  return Math.abs(sum - 1) <= 1e-9
    ? null
    : fault('/sources', `weights of training and seed sources sum to ${sum}, expected 1`);
}

/** Whether two times, where both are stated, are in order. */
function ascends(first: string | undefined, second: string | undefined): boolean {
  return first === undefined || second === undefined || parseTime(first)! <= parseTime(second)!;
}

function fault(where: string, text: string): ShapeFault {
  return { where, fault: text };
}
