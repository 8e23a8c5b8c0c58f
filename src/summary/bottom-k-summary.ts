import { toHex } from '../hash/to-hex.ts';
import type { Table } from '../types.ts';
import {
  addToBottomK,
  type BottomK,
  combineBottomK,
  distinctBeyondK,
  emptyBottomK,
  keptBottomK,
  readBottomK,
} from './internal-bottom-k.ts';
import { buildSummarizer } from './internal-build.ts';
import { checkNames, checkWhole } from './internal-columns.ts';
import { summaryKey, visitKeyedRows } from './internal-keyed-rows.ts';
import { addCounts, badSummary, readCount, readField, readList, readText } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link bottomKSummary}. */
export interface BottomKOptions {
  /** Names of the columns that tell rows apart; at least one. */
  readonly columns: readonly string[];
  /** How many distinct rows to keep, 2 to 1,000,000. Relative error of estimates is about 1 / sqrt(k). Default 1024. */
  readonly k?: number | undefined;
  /** Secret key, at least 16 bytes. Samples made with one key pick the same rows and can be compared. */
  readonly key: Uint8Array;
}

/** What {@link bottomKSummary} reports. Holds keyed hashes only, no cell. */
export interface BottomKReport {
  /** How many distinct rows are kept at most. */
  readonly k: number;
  /** Names the key and the purpose without giving the key away: reports compare only when it is equal. */
  readonly keyId: string;
  /** Rows seen. */
  readonly rows: number;
  /** Distinct rows seen: exact while `exact`, else an estimate. */
  readonly distinct: number;
  /** Whether every distinct row is in the sample. */
  readonly exact: boolean;
  /** The rows with the smallest keyed hashes, rising: a uniform sample of the distinct rows. */
  readonly sample: readonly {
    /** HMAC-SHA-256 of the row in hex. */
    readonly hash: string;
    /** How often the row occurs; exact. */
    readonly count: number;
  }[];
}

interface KeyedSample {
  rows: number;
  kept: BottomK;
}

/**
 * A mergeable uniform sample of distinct rows: those with the smallest keyed hashes, with exact counts.
 *
 * The key decides which rows are in, so samples of two tables are coordinated: {@link bottomKJaccard} estimates their
 * overlap. (Reservoir samples are not mergeable in this sense: they depend on the order.)
 * A row's hash is HMAC-SHA-256 of the canonical JSON of its cells' canonical texts, under a key derived from the given one.
 *
 * @param options - See {@link BottomKOptions}.
 * @returns The summarizer, kind `bottom-k/1`.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`, `BAD_KEY`; on update `UNKNOWN_COLUMN`, and `BAD_JSON` at
 * a text with a lone surrogate.
 * @example
 * const sample = bottomKSummary({ columns: ['name'], k: 100, key: new Uint8Array(32).fill(7) });
 * const report = sample.report(summarize(sample, [createTable([textColumn('name', ['Ada', 'Max', 'Ada'])])]));
 * report.distinct; // => 2
 * report.sample.map((row) => row.count).sort(); // => [1, 2]
 */
export function bottomKSummary(options: BottomKOptions): Summarizer<Table, SummaryState<'bottom-k/1'>, BottomKReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const k = checkWhole(options.k ?? 1024, 'k', 2, 1_000_000);
  const key = summaryKey(options.key, 'bottom-k/1');
  return buildSummarizer(
    'bottom-k/1',
    { columns, k, keyId: key.id },
    {
      empty: (): KeyedSample => ({ rows: 0, kept: emptyBottomK(k) }),
      add(data, table) {
        const { kept } = data;
        visitKeyedRows(table, columns, key, (digest) => {
          // Most rows are above the limit: their first word shows it, without writing out the hash.
          const first = ((digest[0]! << 24) | (digest[1]! << 16) | (digest[2]! << 8) | digest[3]!) >>> 0;
          if (kept.limit === null || first <= Number.parseInt(kept.limit.slice(0, 8), 16))
            addToBottomK(kept, toHex(digest), 1, null);
        });
        data.rows = addCounts(data.rows, table.rowCount);
      },
      combine(into, from) {
        into.rows = addCounts(into.rows, from.rows);
        combineBottomK(into.kept, from.kept);
      },
      write: ({ rows, kept }) => ({
        rows,
        sample: keptBottomK(kept).map(([hash, { count }]) => [hash, count]),
      }),
      read(value) {
        const rows = readCount(readField(value, 'rows', '/state'), '/state/rows');
        const kept = readBottomK(readField(value, 'sample', '/state'), k, '/state/sample', (entry, path) => {
          const [hash, count] = readList(entry, path, 2);
          return {
            hash: readText(hash, `${path}/0`, /^[0-9a-f]{64}$/),
            count: readCount(count, `${path}/1`),
            name: null,
          };
        });
        const counted = countKept(kept);
        if (counted > rows || (kept.entries.size < k && counted < rows))
          throw badSummary('/state/rows', 'the rows of the sample');
        return { rows, kept };
      },
      report({ rows, kept }): BottomKReport {
        const entries = keptBottomK(kept);
        let counted = 0;
        for (const [, { count }] of entries) counted += count;
        const exact = counted === rows;
        return {
          k,
          keyId: key.id,
          rows,
          distinct: exact ? entries.length : distinctBeyondK(entries, k),
          exact,
          sample: entries.map(([hash, { count }]) => ({ hash, count })),
        };
      },
    },
  );
}

function countKept(kept: BottomK): number {
  let total = 0;
  for (const { count } of kept.entries.values()) total = addCounts(total, count);
  return total;
}
