import { SynthproofError } from '../errors.ts';
import { uniform } from '../random/uniform.ts';
import { bootstrapCells } from '../stats/bootstrap-cells.ts';
import type { Interval, Measure, Rng, Table } from '../types.ts';
import {
  checkRng,
  columnOf,
  encodeNumbers,
  OUTCOME_MISSING,
  type OutcomeSpec,
  readOutcome,
} from './internal-encode.ts';
import { indexGroups } from './internal-index.ts';
import { groupLabel, rateOptions, wilsonEnds, zFor } from './internal-rates.ts';

/** What {@link calibrationByGroup} measures. */
export interface CalibrationSpec {
  /** Names of the sensitive columns; groups are their combinations. */
  readonly sensitive: readonly string[];
  /** The true outcome. */
  readonly label: OutcomeSpec;
  /** Name of the column of predicted probabilities, 0 to 1. */
  readonly score: string;
  /** Bins of equal width. Default 10. */
  readonly bins?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  /** Groups with fewer rows get no figure. Default 10. */
  readonly minN?: number | undefined;
  /** Random source of intervals and tests. Take a stream of your own. */
  readonly rng: Rng;
  /** Resamples per interval, and draws per test. Default 499. */
  readonly resamples?: number | undefined;
}

/** Rows of a group whose score falls into one bin. */
export interface GroupCalibrationBin {
  /** Lower end of the bin; the upper end is 1 / bins more. */
  readonly from: number;
  /** Rows. */
  readonly n: number;
  /** Mean score. */
  readonly meanScore: number;
  /** Rate of the positive outcome. */
  readonly rate: number;
  /** Wilson's interval of the rate. */
  readonly interval: Interval;
}

/** Calibration of one group. */
export interface GroupCalibration {
  /** The group's levels joined with ' × '. */
  readonly group: string;
  /** The group's levels. */
  readonly values: readonly string[];
  /** Rows; null when suppressed. */
  readonly n: number | null;
  /** Expected calibration error: mean over rows of |rate - mean score| of their bin, 0 = calibrated; bootstrap interval; `pValue` that scores are the true probabilities. */
  readonly expectedCalibrationError: Measure & {
    /** Mean of the error when the scores are the true probabilities: it is never 0 in a sample. */
    readonly nullExpectation?: number | undefined;
  };
  /** Rate minus mean score over all rows: above 0, the group's risk is underrated. Interval of the rate, shifted. */
  readonly calibrationInTheLarge: Measure;
  /** Bins that hold rows; empty when suppressed. */
  readonly bins: readonly GroupCalibrationBin[];
}

/** Result of {@link calibrationByGroup}. */
export interface CalibrationByGroup {
  /** The groups that occur. */
  readonly groups: readonly GroupCalibration[];
  /** Greatest minus least error over groups with a figure; null with fewer than two. */
  readonly difference: number | null;
  /** Rows counted. */
  readonly rows: number;
  /** Rows left out because label or score is missing. */
  readonly leftOut: number;
  /** Rows in suppressed groups. */
  readonly suppressedRows: number;
}

/**
 * Calibration of probabilities by group: do rows scored 0.7 turn out positive seven times in ten, in each group?
 *
 * The error is biased upward in small groups; compare it with its `nullExpectation`, not with another group's error.
 * Intervals resample rows within each bin's mean score; tests draw labels from the scores.
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
  const { bins = 10, rng, resamples = 499 } = spec;
  const { level, minN } = rateOptions(spec);
  for (const [argument, value, most] of [
    ['bins', bins, 1000],
    ['resamples', resamples, 1e6],
  ] as const)
    if (!(Number.isSafeInteger(value) && value >= 1 && value <= most))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `${argument}: expected a whole number from 1 to ${most}, received ${value}`,
        { argument },
      );
  checkRng(rng, 'rng');
  const index = indexGroups(table, spec.sensitive, []);
  const labels = readOutcome(table, spec.label, 'label');
  const scores = encodeNumbers(columnOf(table, spec.score, 'score'), 'score');
  const members = new Map<number, number[]>();
  let leftOut = 0;
  for (let i = 0; i < table.rowCount; i++) {
    const score = scores[i]!;
    if (labels[i] === OUTCOME_MISSING || Number.isNaN(score)) {
      leftOut++;
      continue;
    }
    if (!(score >= 0 && score <= 1))
      throw new SynthproofError(
        'BAD_VALUE',
        `score: expected probabilities from 0 to 1, received ${score} in row ${i}; scale the scores first`,
        { argument: 'score', column: spec.score, row: i },
      );
    const list = members.get(index.index[i]!);
    if (list === undefined) members.set(index.index[i]!, [i]);
    else list.push(i);
  }
  let suppressedRows = 0;
  const groups = [...members.keys()]
    .sort((a, b) => a - b)
    .map((g): GroupCalibration => {
      const rows = members.get(g)!;
      const values = index.codesOf(g).map((code, c) => index.levels[c]![code]!);
      const base = { group: groupLabel(values), values };
      const error = { metric: 'expectedCalibrationError', range: [0, 1], goal: 'zero' } as const;
      const large = { metric: 'calibrationInTheLarge', range: [-1, 1], goal: 'zero' } as const;
      if (rows.length < minN) {
        suppressedRows += rows.length;
        const none = { value: null, n: 0, reason: 'suppressed' };
        return {
          ...base,
          n: null,
          expectedCalibrationError: { ...error, ...none },
          calibrationInTheLarge: { ...large, ...none },
          bins: [],
        };
      }
      const cells = binCells(rows, labels, scores, bins);
      const value = errorOf(cells.counts, cells.means);
      const stream = rng.stream(base.group);
      const { interval } = bootstrapCells(cells.counts, (counts) => errorOf(counts, cells.means), {
        rng: stream.stream('interval'),
        resamples,
        level,
        method: 'percentile',
      });
      const test = testCalibration(rows, scores, bins, cells, value, stream.stream('test'), resamples);
      const z = zFor(level);
      const rate = rows.reduce((sum, i) => sum + labels[i]!, 0) / rows.length;
      const mean = rows.reduce((sum, i) => sum + scores[i]!, 0) / rows.length;
      const ends = wilsonEnds(rate, rows.length, z);
      return {
        ...base,
        n: rows.length,
        expectedCalibrationError: {
          ...error,
          value,
          n: rows.length,
          ...(interval === null ? {} : { interval }),
          ...test,
        },
        calibrationInTheLarge: {
          ...large,
          value: rate - mean,
          n: rows.length,
          interval: { lower: ends[0] - mean, upper: ends[1] - mean, level, method: 'wilson' },
        },
        bins: shownBins(cells, bins, level, z),
      };
    });
  const errors = groups.map((one) => one.expectedCalibrationError.value).filter((x) => x !== null);
  return {
    groups,
    difference: errors.length < 2 ? null : Math.max(...errors) - Math.min(...errors),
    rows: table.rowCount - leftOut,
    leftOut,
    suppressedRows,
  };
}

/** Counts [negative, positive] per bin and the mean score of each bin. */
interface Cells {
  readonly counts: Float64Array;
  readonly means: Float64Array;
}

function binCells(rows: readonly number[], labels: Uint8Array, scores: Float64Array, bins: number): Cells {
  const counts = new Float64Array(2 * bins);
  const sums = new Float64Array(bins);
  for (const i of rows) {
    const bin = Math.min(bins - 1, Math.floor(scores[i]! * bins));
    counts[2 * bin + labels[i]!]!++;
    sums[bin]! += scores[i]!;
  }
  const means = sums.map((sum, b) => {
    const n = counts[2 * b]! + counts[2 * b + 1]!;
    return n === 0 ? 0 : sum / n;
  });
  return { counts, means };
}

function errorOf(counts: Float64Array, means: Float64Array): number {
  let sum = 0;
  let all = 0;
  for (let b = 0; b < means.length; b++) {
    const n = counts[2 * b]! + counts[2 * b + 1]!;
    all += n;
    sum += Math.abs(counts[2 * b + 1]! - n * means[b]!);
  }
  return all === 0 ? 0 : sum / all;
}

function testCalibration(
  rows: readonly number[],
  scores: Float64Array,
  bins: number,
  { counts, means }: Cells,
  value: number,
  rng: Rng,
  draws: number,
): { readonly pValue: number; readonly nullExpectation: number } {
  const bin = rows.map((i) => Math.min(bins - 1, Math.floor(scores[i]! * bins)));
  const drawn = new Float64Array(counts.length);
  let exceed = 0;
  let sum = 0;
  for (let d = 0; d < draws; d++) {
    drawn.fill(0);
    for (let k = 0; k < rows.length; k++) drawn[2 * bin[k]! + (uniform(rng) < scores[rows[k]!]! ? 1 : 0)]!++;
    const error = errorOf(drawn, means);
    sum += error;
    if (error >= value - 1e-12) exceed++;
  }
  return { pValue: (1 + exceed) / (1 + draws), nullExpectation: sum / draws };
}

function shownBins({ counts, means }: Cells, bins: number, level: number, z: number): GroupCalibrationBin[] {
  const out: GroupCalibrationBin[] = [];
  for (let b = 0; b < bins; b++) {
    const n = counts[2 * b]! + counts[2 * b + 1]!;
    if (n === 0) continue;
    const rate = counts[2 * b + 1]! / n;
    const ends = wilsonEnds(rate, n, z);
    out.push({
      from: b / bins,
      n,
      meanScore: means[b]!,
      rate,
      interval: { lower: ends[0], upper: ends[1], level, method: 'wilson' },
    });
  }
  return out;
}
