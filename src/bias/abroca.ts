import type { Table } from '../types.ts';
import { type AbrocaOptions, type AbrocaResult, abrocaOf } from './abroca-of.ts';
import { checkOutcome, type OutcomeSpec } from './internal-encode.ts';
import { scoreTable } from './score-table.ts';

/** What {@link abroca} measures. */
export interface AbrocaSpec extends AbrocaOptions {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of scores. */
  readonly score: string;
}

/**
 * ABROCA: the absolute area between the ROC curves of a group and a reference, which sees differences that a gap of AUCs cancels
 * out.
 *
 * Curves join the points of all distinct scores by straight lines. The area is biased upward in small groups: compare it with
 * its `nullExpectation`, and see whether its interval reaches down to 0. The same from counts of shards: {@link abrocaOf}.
 * Source: Gardner, Brooks & Baker 2019; interval: Fang & Santos 2019 (bootstrap of directionally differentiable figures); gap of
 * AUCs: DeLong, DeLong & Clarke-Pearson 1988.
 *
 * @param table - The rows.
 * @param spec - See {@link AbrocaSpec}.
 * @returns See {@link AbrocaResult}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`; `BAD_OPTION` for an unknown reference.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [true, false, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.2, 0.6]),
 * ]);
 * const found = abroca(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score', reference: 'm', minN: 1 });
 * [found.groups[0]?.abroca.value, found.groups[0]?.aucGap.value]; // => [1, 1]
 */
export function abroca(table: Table, spec: AbrocaSpec): AbrocaResult {
  checkOutcome(spec.label, 'label');
  const { sensitive, label, score } = spec;
  return abrocaOf(scoreTable(table, { sensitive, label, score }), spec);
}
