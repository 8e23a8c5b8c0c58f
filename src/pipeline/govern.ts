import { SynthproofError } from '../errors.ts';
import { cartGenerator } from '../generators/index.ts';
import { utf8 } from '../hash/index.ts';
import {
  createStatement,
  ed25519PublicKey,
  keyCommitment,
  signLineage,
  tableDigest,
  toCroissant,
} from '../lineage/index.ts';
import { formatCsv, getColumn, groupCodes } from '../table/index.ts';
import type { JobOptions, Table } from '../types.ts';
import { columnScorer } from '../value-drift/index.ts';
import { deriveTableKeys } from '../watermark/index.ts';
import { chooseGenerator } from './choose-generator.ts';
import { governReport } from './govern-report.ts';
import type { Governed, GovernOptions } from './govern-types.ts';
import { markSample } from './mark-sample.ts';
import { measureGoverned, partOf } from './measure-governed.ts';
import { factsOf } from './model-facts.ts';
import { recordGoverned } from './record-governed.ts';

/**
 * Runs the whole chain: fit, sample, mark, measure, record, sign. Everything it returns is plain data; check it again
 * at any time with {@link verifyGoverned}.
 *
 * Pure: time, seed, salt and keys are arguments, and the same arguments give the same bytes on every runtime (a
 * differentially private fit excepted: its noise never comes again).
 *
 * The record states what the model says of itself: whether it embeds training values, the privacy loss that the ledger of a
 * private fit adds up to, and how many rows violate its constraints. The guarantee of a private fit covers the model and its
 * rows, not the figures that this chain measures on the source: keep record and report from the public then.
 *
 * @param source - The real table.
 * @param options - See {@link GovernOptions}.
 * @returns See {@link Governed}.
 * @throws `SynthproofError` `EMPTY_INPUT` when the source has no row; `UNKNOWN_COLUMN` for a column that is not there;
 * `BAD_KEY` for unusable keys; `BAD_OPTION`; `ABORTED`.
 * @example
 * const people = fromRecords(Array.from({ length: 300 }, (_, i) => ({ age: 20 + (i * 7) % 50, sex: i % 3 ? 'f' : 'm' })));
 * const governed = govern(people, {
 *   dataset: { name: 'people-synthetic', version: '1.0.0' },
 *   source: { id: 'people', kind: 'real', personalData: true },
 *   seed: 'run-1',
 *   salt: new Uint8Array(32).fill(1),
 *   bias: { sensitive: ['sex'], permutations: 99 },
 *   signer: { secretKey: new Uint8Array(32).fill(2), issuer: { name: 'me' }, issuedAt: '2026-01-14T00:05:00Z' },
 * });
 * governed.table.rowCount; // => 300
 * verifyGoverned(governed.csv, governed.envelope, { keys: [{ publicKey: ed25519PublicKey(new Uint8Array(32).fill(2)) }] }).ok; // => true
 */
export function govern(source: Table, options: GovernOptions): Governed {
  if (source.rowCount === 0)
    throw new SynthproofError('EMPTY_INPUT', 'source: expected at least one row, received none', {
      argument: 'source',
    });
  const { seed, salt, mark, rows = source.rowCount, onProgress, signal } = options;
  if (!Number.isInteger(rows) || rows < 1)
    throw new SynthproofError('OUT_OF_RANGE', `rows: expected a whole number from 1, received ${rows}`, {
      argument: 'rows',
    });
  const job = (stage: string): JobOptions => partOf({ onProgress, signal }, stage);
  const generator = options.generator ?? chooseGenerator(cartGenerator, {});
  // Bad columns and keys are found before the long part of the work.
  const derive = options.derive ?? ((table: Table) => table);
  const derivedSource = derive(source);
  if (options.drift?.columns?.length) columnScorer(derivedSource, options.drift.columns);
  for (const name of options.bias?.sensitive ?? []) getColumn(derivedSource, name);
  ed25519PublicKey(options.signer.secretKey);
  if (mark) deriveTableKeys(mark.key, mark.tableId);
  const sealed = { seed: keyCommitment(utf8(`seed:${seed}`), salt), mark: mark ? keyCommitment(mark.key, salt) : null };

  const model = generator.fit(source, job('fit'));
  const sample = mark
    ? markSample(generator, model, {
        preserve: preservable(source, options),
        ...mark,
        rows,
        seed,
        ...job('sample and mark'),
      })
    : { table: generator.sample(model, { rows, seed, ...job('sample') }), plan: null };
  const { table, plan } = sample;

  const facts = factsOf(model);
  const measures = measureGoverned({
    source,
    derivedSource,
    table,
    derived: derive(table),
    plan,
    placeholders: facts.placeholders,
    pooled: facts.pooled,
    options,
  });
  const csv = formatCsv(table);
  const digest = tableDigest(table);
  const sourceDigest = tableDigest(source);
  const record = recordGoverned({
    table,
    csv,
    digest,
    sourceDigest,
    source,
    model,
    plan,
    measures,
    facts,
    generator,
    sealed,
    options,
  });
  const envelope = signLineage(createStatement(record), { secretKey: options.signer.secretKey });
  return {
    table,
    csv,
    model,
    plan,
    measures,
    record,
    envelope,
    croissant: toCroissant(record),
    report: governReport({ source, table, record, measures, facts }),
  };
}

/** Most levels of a sensitive column that the mark leaves wholly alone. */
const PRESERVED_LEVELS = 8;

/** The sensitive columns with few levels: their shares must not be moved by a mark. */
function preservable(source: Table, options: GovernOptions): string[] {
  const sensitive = options.bias?.sensitive ?? [];
  return source.columns
    .filter((column) => sensitive.includes(column.name) && groupCodes(column).labels.length <= PRESERVED_LEVELS)
    .map((column) => column.name);
}
