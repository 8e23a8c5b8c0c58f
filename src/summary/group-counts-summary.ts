import { getColumn } from '../table/get-column.ts';
import { groupCodes } from '../table/group-codes.ts';
import { isPresent } from '../table/internal-bitmap.ts';
import type { Table } from '../types.ts';
import { buildSummarizer } from './internal-build.ts';
import {
  type CellMap,
  combineCells,
  countTable,
  emptyCells,
  readCells,
  sortedCells,
  writeCells,
} from './internal-cell-map.ts';
import { checkNames, checkWhole } from './internal-columns.ts';
import type { CodedCells } from './internal-count-codes.ts';
import { readField } from './internal-read.ts';
import type { Summarizer, SummaryState } from './summarizer.ts';

/** Which cells of a column count as the positive outcome. */
export interface GroupCountsOutcome {
  /** Name of the column. */
  readonly column: string;
  /** The positive value: a label or text, true or false, or a number. Compared as canonical text. Default true. */
  readonly positive?: string | number | boolean | undefined;
}

/** Options of {@link groupCountsSummary}. */
export interface GroupCountsOptions {
  /** Names of the group columns; at least one. Groups are the combinations that occur. */
  readonly columns: readonly string[];
  /** The true outcome. */
  readonly label?: GroupCountsOutcome | undefined;
  /** The predicted or decided outcome. */
  readonly prediction?: GroupCountsOutcome | undefined;
  /** More groups than this are refused with `NO_CAPACITY`. Default 1,000,000. */
  readonly maxCells?: number | undefined;
}

/** One group of {@link groupCountsSummary}. */
export interface GroupCounts {
  /** A level of each group column; null where the cell is missing. */
  readonly group: readonly (string | null)[];
  /** Rows in `counts`. */
  readonly n: number;
  /**
   * Rows by label and prediction: [label 0 & prediction 0, label 0 & prediction 1, label 1 & prediction 0, both 1], that
   * is [TN, FP, FN, TP]. An outcome that was not asked for counts as 0.
   */
  readonly counts: readonly [number, number, number, number];
  /** Rows of the group left out because the label is missing. */
  readonly missingLabel: number;
  /** Rows of the group with a label, left out because the prediction is missing. */
  readonly missingPrediction: number;
}

/** What {@link groupCountsSummary} reports. */
export interface GroupCountsReport {
  /** The group columns, as given. */
  readonly columns: readonly string[];
  /** Rows in the groups' `counts`. */
  readonly rows: number;
  /** Rows left out because the label is missing. */
  readonly missingLabel: number;
  /** Rows with a label, left out because the prediction is missing. */
  readonly missingPrediction: number;
  /** The groups that occur, ordered by their levels, missing last. */
  readonly groups: readonly GroupCounts[];
}

/**
 * Mergeable counts of rows by group, label and prediction: all that count-type fairness figures need.
 *
 * A missing group level is a group of its own (null); rows without label or prediction are left out and counted. The
 * positive value need not occur in every chunk, so it is not checked against the labels.
 *
 * @param options - See {@link GroupCountsOptions}.
 * @returns The summarizer, kind `group-counts/1`. Exact.
 * @throws {@link SynthproofError} `BAD_OPTION`, `OUT_OF_RANGE`; on update `UNKNOWN_COLUMN` and `NO_CAPACITY`.
 * @example
 * const hired = groupCountsSummary({ columns: ['sex'], prediction: { column: 'hired' } });
 * const rows = createTable([categoryColumn('sex', ['f', 'm', 'm']), booleanColumn('hired', [true, false, null])]);
 * const report = hired.report(summarize(hired, [rows]));
 * report.groups.map((group) => [group.group[0], group.counts[0], group.counts[1]]); // => [['f', 0, 1], ['m', 1, 0]]
 * report.missingPrediction; // => 1
 */
export function groupCountsSummary(
  options: GroupCountsOptions,
): Summarizer<Table, SummaryState<'group-counts/1'>, GroupCountsReport> {
  const columns = checkNames(options.columns, 'columns', 1);
  const maxCells = checkWhole(options.maxCells ?? 1_000_000, 'maxCells', 1, 16_000_000);
  const label = outcomeOf(options.label, 'label');
  const prediction = outcomeOf(options.prediction, 'prediction');
  const asked = [label, prediction].filter((outcome) => outcome !== null);
  // Slots: 0 negative, 1 positive, 2 missing, for the label and then for the prediction.
  const labelStep = prediction === null ? 1 : 3;
  const width = (label === null ? 1 : 3) * labelStep;
  const slotOf = (codes: readonly number[]): number => {
    let slot = 0;
    for (let k = 0; k < codes.length; k++) slot = slot * 3 + (codes[k]! < 0 ? 2 : codes[k]!);
    return slot;
  };
  return buildSummarizer(
    'group-counts/1',
    { columns, label, prediction, maxCells },
    {
      empty: () => emptyCells(width, maxCells),
      add: (data: CellMap, table) =>
        countTable(
          data,
          table,
          columns,
          asked.map((outcome) => outcomeCodes(table, outcome.column, outcome.positive)),
          slotOf,
        ),
      combine: combineCells,
      write: (data) => ({ cells: writeCells(data) }),
      read: (value) => readCells(readField(value, 'cells', '/state'), columns.length, width, maxCells, '/state/cells'),
      report(data): GroupCountsReport {
        const groups: GroupCounts[] = sortedCells(data).map(({ levels, counts }) => {
          const at = (y: number, p: number): number =>
            (label === null && y > 0) || (prediction === null && p > 0) ? 0 : counts[y * labelStep + p]!;
          const four = [at(0, 0), at(0, 1), at(1, 0), at(1, 1)] as const;
          return {
            group: levels,
            n: four[0] + four[1] + four[2] + four[3],
            counts: four,
            missingLabel: at(2, 0) + at(2, 1) + at(2, 2),
            missingPrediction: at(0, 2) + at(1, 2),
          };
        });
        let rows = 0;
        let missingLabel = 0;
        let missingPrediction = 0;
        for (const group of groups) {
          rows += group.n;
          missingLabel += group.missingLabel;
          missingPrediction += group.missingPrediction;
        }
        return { columns, rows, missingLabel, missingPrediction, groups };
      },
    },
  );
}

function outcomeOf(
  outcome: GroupCountsOutcome | undefined,
  argument: string,
): { readonly column: string; readonly positive: string } | null {
  if (outcome === undefined) return null;
  checkNames([outcome.column], `${argument}.column`, 1);
  return { column: outcome.column, positive: String(outcome.positive ?? true) };
}

/** 1 where the cell is the positive value, 0 where it is another, -1 where it is missing. */
function outcomeCodes(table: Table, name: string, positive: string): CodedCells {
  const column = getColumn(table, name);
  const codes = new Int32Array(table.rowCount);
  if (column.kind === 'number' || column.kind === 'integer') {
    const wanted = Number(positive);
    const { values, validity } = column;
    for (let i = 0; i < codes.length; i++) codes[i] = isPresent(validity, i) ? (values[i] === wanted ? 1 : 0) : -1;
    return { codes, size: 2 };
  }
  const groups = groupCodes(column);
  // With exactly the labels [negative, positive] the codes serve as they are.
  if (groups.labels.length === 2 && groups.labels[1] === positive) return { codes: groups.codes, size: 2 };
  const wanted = groups.labels.indexOf(positive);
  for (let i = 0; i < codes.length; i++) codes[i] = groups.codes[i]! < 0 ? -1 : groups.codes[i] === wanted ? 1 : 0;
  return { codes, size: 2 };
}
