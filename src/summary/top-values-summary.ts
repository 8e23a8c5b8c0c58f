import { getColumn } from '../table/get-column.ts';
import { groupCodes } from '../table/group-codes.ts';
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
import { hashKey, hashText } from './internal-cell-hash.ts';
import { checkNames, checkWhole } from './internal-columns.ts';
import { addCounts, badSummary, readCount, readField, readList, readText } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link topValuesSummary}. */
export interface TopValuesOptions {
  /** Name of a column of any kind. */
  readonly column: string;
  /** How many distinct values are counted, 2 to 1,000,000; up to so many everything is exact. Default 10,000. */
  readonly cap?: number | undefined;
  /** How many values to report, 1 to 100,000; not part of the state. Default 10. */
  readonly top?: number | undefined;
}

/** What {@link topValuesSummary} reports. */
export interface TopValuesReport {
  /** The column. */
  readonly column: string;
  /** Rows with a value. */
  readonly rows: number;
  /** Rows without a value. */
  readonly missing: number;
  /** Distinct values: exact while `exact`, else an estimate. */
  readonly distinct: number;
  /** Whether all values are counted. When not, a uniform sample of `cap` of the distinct values is. */
  readonly exact: boolean;
  /** Rows whose value is not counted: no value that is not counted can occur more often. 0 while `exact`. */
  readonly outside: number;
  /** The most frequent values counted, then by code unit. */
  readonly top: readonly {
    /** Canonical text. */
    readonly value: string;
    /** Rows; exact. */
    readonly count: number;
    /** Whether its rank among all values is certain: more frequent than any value left out can be. */
    readonly certain: boolean;
  }[];
}

interface Values {
  rows: number;
  missing: number;
  kept: BottomK;
}

/**
 * Mergeable counts of a column's most frequent values: exact up to a number of distinct values, honest beyond it.
 *
 * Beyond the cap, the values with the smallest hashes stay, with exact counts, and the rows of all others are counted as
 * `outside`. Which values stay depends on the set of values alone, so any partitioning gives the same bytes. Counters
 * that chase the heavy values instead (Misra-Gries, Space-Saving) depend on the order of merging and are not offered;
 * raise the cap, or count a coarser column, when `exact` is false.
 *
 * @param options - See {@link TopValuesOptions}.
 * @returns The summarizer, kind `top-values/1`.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN`.
 * @example
 * const sports = topValuesSummary({ column: 'sport', top: 1 });
 * const rows = createTable([textColumn('sport', ['judo', 'rowing', 'judo', null])]);
 * const report = sports.report(summarize(sports, [rows]));
 * report.top; // => [{ value: 'judo', count: 2, certain: true }]
 * [report.distinct, report.missing]; // => [2, 1]
 */
export function topValuesSummary(
  options: TopValuesOptions,
): Summarizer<Table, SummaryState<'top-values/1'>, TopValuesReport> {
  const [column] = checkNames([options.column], 'column', 1) as [string];
  const cap = checkWhole(options.cap ?? 10_000, 'cap', 2, 1_000_000);
  const top = checkWhole(options.top ?? 10, 'top', 1, 100_000);
  const key = hashKey('top-values');
  const words = new Uint32Array(4);
  const hashOf = (text: string): string => {
    hashText(words, key, text);
    let hex = '';
    for (let w = 0; w < 4; w++) hex += words[w]!.toString(16).padStart(8, '0');
    return hex;
  };
  return buildSummarizer(
    'top-values/1',
    { column, cap },
    {
      empty: (): Values => ({ rows: 0, missing: 0, kept: emptyBottomK(cap) }),
      add(data, table) {
        const { codes, labels } = groupCodes(getColumn(table, column));
        // Place 0 counts the missing cells, code -1.
        const counts = new Float64Array(labels.length + 1);
        for (let i = 0; i < codes.length; i++) counts[codes[i]! + 1]!++;
        for (let code = 0; code < labels.length; code++) {
          const count = counts[code + 1]!;
          if (count > 0) addToBottomK(data.kept, hashOf(labels[code]!), count, labels[code]!);
        }
        data.missing = addCounts(data.missing, counts[0]!);
        data.rows = addCounts(data.rows, codes.length - counts[0]!);
      },
      combine(into, from) {
        into.rows = addCounts(into.rows, from.rows);
        into.missing = addCounts(into.missing, from.missing);
        combineBottomK(into.kept, from.kept);
      },
      write: ({ rows, missing, kept }) => ({
        rows,
        missing,
        values: keptBottomK(kept).map(([, { name, count }]) => [name, count]),
      }),
      read(value) {
        const rows = readCount(readField(value, 'rows', '/state'), '/state/rows');
        const missing = readCount(readField(value, 'missing', '/state'), '/state/missing');
        const kept = readBottomK(readField(value, 'values', '/state'), cap, '/state/values', (entry, path) => {
          const [name, count] = readList(entry, path, 2);
          const text = readText(name, `${path}/0`);
          return { hash: hashOf(text), count: readCount(count, `${path}/1`), name: text };
        });
        let counted = 0;
        for (const { count } of kept.entries.values()) counted = addCounts(counted, count);
        if (counted > rows || (kept.entries.size < cap && counted < rows))
          throw badSummary('/state/rows', 'the rows of the values');
        return { rows, missing, kept };
      },
      report({ rows, missing, kept }): TopValuesReport {
        const entries = keptBottomK(kept);
        let counted = 0;
        for (const [, { count }] of entries) counted += count;
        const outside = rows - counted;
        const ranked = entries
          .map(([, { name, count }]) => ({ value: name!, count, certain: count > outside }))
          .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
        return {
          column,
          rows,
          missing,
          distinct: outside === 0 ? entries.length : distinctBeyondK(entries, cap),
          exact: outside === 0,
          outside,
          top: ranked.slice(0, top),
        };
      },
    },
  );
}
