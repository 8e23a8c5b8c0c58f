import { SynthproofError } from '../errors.ts';
import type { Table } from '../types.ts';
import { type CalibrationByGroup, type CalibrationOptions, calibrationByGroupOf } from './calibration-by-group-of.ts';
import {
  checkOutcome,
  columnOf,
  encodeNumbers,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { scoreTable } from './score-table.ts';

/** What {@link calibrationByGroup} measures. */
export interface CalibrationSpec extends CalibrationOptions {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of predicted probabilities, 0 to 1. */
  readonly score: string;
}

/**
 * Calibration of probabilities by group: do rows scored 0.7 turn out positive seven times in ten, in each group?
 *
 * The error is biased upward in small groups; compare it with its `nullExpectation`, not with another group's error.
 * Intervals resample rows within each bin's mean score; tests draw labels from the scores.
 * The same from counts of shards: {@link calibrationByGroupOf}.
 * Source: Naeini, Cooper & Hauskrecht 2015 (ECE, bins of equal width); Bröcker & Smith 2007 (consistency resampling).
 *
 * @param table - The rows.
 * @param spec - See {@link CalibrationSpec}.
 * @returns See {@link CalibrationByGroup}.
 * @throws {@link SynthproofError} `UNKNOWN_COLUMN`, `KIND_MISMATCH`, `OUT_OF_RANGE`; `BAD_VALUE` for a score outside 0 to 1.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'f', 'f']), booleanColumn('y', [true, false, true, true]), numberColumn('p', [0.5, 0.5, 0.5, 0.5])]);
 * const found = calibrationByGroup(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'p', minN: 1, rng: createRng('demo') });
 * found.groups[0]?.expectedCalibrationError.value; // => 0.25
 */
export function calibrationByGroup(table: Table, spec: CalibrationSpec): CalibrationByGroup {
  checkOutcome(spec.label, 'label');
  const labels = readOutcome(table, spec.label, 'label');
  const scores = encodeNumbers(columnOf(table, spec.score, 'score'), 'score');
  for (let i = 0; i < table.rowCount; i++)
    if (labels[i] !== OUTCOME_MISSING && (scores[i]! < 0 || scores[i]! > 1))
      throw new SynthproofError(
        'BAD_VALUE',
        `score: expected probabilities from 0 to 1, received ${scores[i]} in row ${i}; scale the scores first`,
        { argument: 'score', column: spec.score, row: i },
      );
  const { sensitive, label, score } = spec;
  return calibrationByGroupOf(scoreTable(table, { sensitive, label, score }), spec);
}
