import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import {
  type CellMap,
  combineCells,
  compareLevels,
  countTable,
  emptyCells,
  readCells,
  sortedCells,
  writeCells,
} from './internal-cell-map.ts';
import { checkNames, checkWhole } from './internal-columns.ts';
import { readField } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Options of {@link contingencySummary}. */
export interface ContingencyOptions {
  /** Names of the columns whose combinations of levels are counted; at least one, of any kind. */
  readonly columns: readonly string[];
  /** More combinations than this are refused with `NO_CAPACITY`. Default 1,000,000. */
  readonly maxCells?: number | undefined;
}

/** What {@link contingencySummary} reports. */
export interface ContingencyReport {
  /** The columns, as given. */
  readonly columns: readonly string[];
  /** Rows counted: all of them. */
  readonly rows: number;
  /** The levels that occur in each column, by code unit, missing (null) last. */
  readonly levels: readonly (readonly (string | null)[])[];
  /** The combinations that occur, ordered by their levels. */
  readonly cells: readonly {
    /** A level of each column; null where the cell is missing. */
    readonly levels: readonly (string | null)[];
    /** Rows. */
    readonly count: number;
  }[];
}

/**
 * A mergeable contingency table of one or more columns, sparse: only combinations that occur are kept.
 *
 * Levels are canonical cell texts ({@link cellText}), so a level is the same whether its column is a category or text.
 * A missing cell is a level of its own, null.
 *
 * @param options - See {@link ContingencyOptions}.
 * @returns The summarizer, kind `contingency/1`. Exact.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN` and `NO_CAPACITY`.
 * @example
 * const pairs = contingencySummary({ columns: ['sex', 'hired'] });
 * const rows = createTable([categoryColumn('sex', ['f', 'm', 'f']), booleanColumn('hired', [true, null, true])]);
 * pairs.report(summarize(pairs, [rows])).cells; // => [{ levels: ['f', 'true'], count: 2 }, { levels: ['m', null], count: 1 }]
 */
export function contingencySummary(
  options: ContingencyOptions,
): Summarizer<Table, SummaryState<'contingency/1'>, ContingencyReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const maxCells = checkWhole(options.maxCells ?? 1_000_000, 'maxCells', 1, 16_000_000);
  return buildSummarizer(
    'contingency/1',
    { columns, maxCells },
    {
      empty: () => emptyCells(1, maxCells),
      add: (data: CellMap, table) => countTable(data, table, columns, [], () => 0),
      combine: combineCells,
      write: (data) => ({ cells: writeCells(data) }),
      read: (value) => readCells(readField(value, 'cells', '/state'), columns.length, 1, maxCells, '/state/cells'),
      report(data): ContingencyReport {
        const cells = sortedCells(data).map(({ levels, counts }) => ({ levels, count: counts[0]! }));
        let rows = 0;
        for (const cell of cells) rows += cell.count;
        const levels = columns.map((_, c) => [...new Set(cells.map((cell) => cell.levels[c]!))].sort(compareLevels));
        return { columns, rows, levels, cells };
      },
    },
  );
}
