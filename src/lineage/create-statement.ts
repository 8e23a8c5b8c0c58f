import { SynthproofError } from '../errors.ts';
import { digestFault, recordFault } from './internal-record-fault.ts';
import type { LineageRecord, LineageStatement, StatementSubject } from './types.ts';

/**
 * Wraps a lineage record in an in-toto statement.
 * Source: in-toto Attestation Framework, Statement v1.
 *
 * @param record - From {@link createLineage}.
 * @param subjects - What the statement speaks about. Default: the table under the dataset's name
 * (`synthproofTableV1`), and every file of the record (`sha256`).
 * @returns The statement; hand it to {@link signLineage}.
 * @throws {@link SynthproofError} `BAD_RECORD` when the record is malformed, a subject has no digest, or no subject
 * carries the table's digest.
 * @example
 * const record = createLineage({
 *   dataset: { name: 'demo', version: '1.0.0' },
 *   table: tableDigest(createTable([numberColumn('x', [1])])),
 *   generation: { generator: { name: 'cart', version: '1', type: 'tree' }, parameters: {} },
 *   sources: [],
 *   columns: [{ name: 'x', origin: 'synthetic' }],
 *   rows: { synthetic: 1, real: 0, modified: 0, unknown: 0 },
 *   issuedAt: '2026-01-14T00:05:00Z',
 *   issuer: { name: 'Example Lab' },
 * });
 * createStatement(record).subject[0]!.name; // => 'demo'
 */
export function createStatement(record: LineageRecord, subjects?: readonly StatementSubject[]): LineageStatement {
  const fault = recordFault(record);
  if (fault !== null)
    throw new SynthproofError('BAD_RECORD', `record${fault.where}: ${fault.fault}`, { argument: 'record' });
  const subject = subjects ?? defaultSubjects(record);
  const wrong = subjectFault(subject, record);
  if (wrong !== null) throw new SynthproofError('BAD_RECORD', `subjects${wrong}`, { argument: 'subjects' });
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subject.map(({ name, digest }) => ({ name, digest })),
    predicateType: 'https://synthproof.dev/synthetic-dataset/v1',
    predicate: record,
  };
}

/** What is wrong with a statement's subjects for a record, or null. */
export function subjectFault(subjects: readonly StatementSubject[], record: LineageRecord): string | null {
  const { files, table } = record.dataset;
  let bound = false;
  for (let i = 0; i < subjects.length; i++) {
    const { name, digest } = subjects[i]!;
    const fault = digestFault(digest, `/${i}/digest`);
    if (fault !== null) return `${fault.where}: ${fault.fault}`;
    const stated = digest['synthproofTableV1'];
    if (stated !== undefined && stated !== table.digest) return `/${i}: another table's digest`;
    bound ||= stated === table.digest;
    const file = files.find((item) => item.name === name);
    if (file !== undefined && digest['sha256'] !== file.sha256)
      return `/${i}: another digest than the record's file "${name}"`;
  }
  if (!bound) return ': no subject carries the table digest (synthproofTableV1)';
  const missing = files.find((file) => !subjects.some((subject) => subject.name === file.name));
  return missing === undefined ? null : `: the file "${missing.name}" is no subject`;
}

function defaultSubjects(record: LineageRecord): StatementSubject[] {
  const { name, files, table } = record.dataset;
  const list: StatementSubject[] = files.map((file) => ({ name: file.name, digest: { sha256: file.sha256 } }));
  const clash = files.some((file) => file.name === name);
  return [{ name: clash ? `${name}#table` : name, digest: { synthproofTableV1: table.digest } }, ...list];
}
