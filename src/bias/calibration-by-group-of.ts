import { SynthproofError } from '../errors.ts';
import { binomial } from '../random/binomial.ts';
import { bootstrapCells } from '../stats/bootstrap-cells.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Interval, Measure, Rng } from '../types.ts';
import { checkRng } from './internal-encode.ts';
import { groupLabel, rateOptions, wilsonEnds } from './internal-rates.ts';
import { cellsByGroup, checkScoreTable, type JoinedScores, joinScores, rowsIn } from './internal-score-entries.ts';
import type { ScoreTable } from './score-table.ts';

/** Options of {@link calibrationByGroupOf}. */
export interface CalibrationOptions {
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
 * Calibration of probabilities by group, as {@link calibrationByGroup} gives it, from a score table. Groups are those of the
 * sensitive columns; control columns are added up over.
 *
 * @param cells - From {@link scoreTable} with a label and without weights, or {@link mergeScoreTables}.
 * @param options - See {@link CalibrationOptions}.
 * @returns See {@link CalibrationByGroup}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a table without labels or with weights; `OUT_OF_RANGE`; `BAD_VALUE` for
 * a score outside 0 to 1.
 * @example
 * const rows = createTable([categoryColumn('sex', ['f', 'f', 'f', 'f']), booleanColumn('y', [true, false, true, true]), numberColumn('p', [0.5, 0.5, 0.5, 0.5])]);
 * const cells = scoreTable(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'p' });
 * calibrationByGroupOf(cells, { minN: 1, rng: createRng('demo') }).groups[0].expectedCalibrationError.value; // => 0.25
 */
export function calibrationByGroupOf(cells: ScoreTable, options: CalibrationOptions): CalibrationByGroup {
  const { bins = 10, rng, resamples = 499 } = options;
  const { level, minN, z } = checkCalibration(options);
  checkScoreTable(cells, { label: true, plain: true });
  for (const { scores } of cells.cells) {
    // Scores rise, so the ends tell.
    const out = scores[0]! < 0 ? scores[0]! : scores[scores.length - 1]!;
    if (!(out >= 0 && out <= 1))
      throw new SynthproofError(
        'BAD_VALUE',
        `cells: expected scores that are probabilities from 0 to 1, received ${out}; scale the scores first`,
        { argument: 'cells' },
      );
  }
  let suppressedRows = 0;
  const groups = cellsByGroup(cells.cells).map((own): GroupCalibration => {
    const values = [...own[0]!.group];
    const n = rowsIn(own);
    const base = { group: groupLabel(values), values };
    const error = { metric: 'expectedCalibrationError', range: [0, 1], goal: 'zero' } as const;
    const large = { metric: 'calibrationInTheLarge', range: [-1, 1], goal: 'zero' } as const;
    if (n < minN) {
      suppressedRows += n;
      const none = { value: null, n: 0, reason: 'suppressed' };
      return {
        ...base,
        n: null,
        expectedCalibrationError: { ...error, ...none },
        calibrationInTheLarge: { ...large, ...none },
        bins: [],
      };
    }
    const entries = joinScores(own, (cell) => cell.label, 2);
    const binned = binScores(entries, bins);
    const value = errorOf(binned.counts, binned.means);
    const stream = rng.stream(base.group);
    const { interval } = bootstrapCells(binned.counts, (counts) => errorOf(counts, binned.means), {
      rng: stream.stream('interval'),
      resamples,
      level,
      method: 'percentile',
    });
    const test = testCalibration(entries, bins, binned.means, value, stream.stream('test'), resamples);
    let positives = 0;
    let sum = 0;
    for (let k = 0; k < entries.scores.length; k++) {
      positives += entries.n[1]![k]!;
      sum += (entries.n[0]![k]! + entries.n[1]![k]!) * entries.scores[k]!;
    }
    const rate = positives / n;
    const mean = sum / n;
    const ends = wilsonEnds(rate, n, z);
    return {
      ...base,
      n,
      expectedCalibrationError: { ...error, value, n, ...(interval === null ? {} : { interval }), ...test },
      calibrationInTheLarge: {
        ...large,
        value: rate - mean,
        n,
        interval: { lower: ends[0] - mean, upper: ends[1] - mean, level, method: 'wilson' },
      },
      bins: shownBins(binned, bins, level, z),
    };
  });
  const errors = groups.map((one) => one.expectedCalibrationError.value).filter((x) => x !== null);
  return {
    groups,
    difference: errors.length < 2 ? null : Math.max(...errors) - Math.min(...errors),
    rows: cells.rows,
    leftOut: cells.leftOut.missingLabel + cells.leftOut.missingScore,
    suppressedRows,
  };
}

/** Checks the options of both forms. */
function checkCalibration(options: CalibrationOptions): ReturnType<typeof rateOptions> {
  const { bins = 10, resamples = 499 } = options;
  const rates = rateOptions(options);
  checkWhole('bins', bins, 1, 1000);
  checkWhole('resamples', resamples, 1, 1e6);
  checkRng(options.rng, 'rng');
  return rates;
}

/** Counts [negative, positive] per bin and the mean score of each bin. */
interface Binned {
  readonly counts: Float64Array;
  readonly means: Float64Array;
}

function binOf(score: number, bins: number): number {
  return Math.min(bins - 1, Math.floor(score * bins));
}

function binScores({ scores, n }: JoinedScores, bins: number): Binned {
  const counts = new Float64Array(2 * bins);
  const sums = new Float64Array(bins);
  for (let k = 0; k < scores.length; k++) {
    const bin = binOf(scores[k]!, bins);
    counts[2 * bin]! += n[0]![k]!;
    counts[2 * bin + 1]! += n[1]![k]!;
    sums[bin]! += (n[0]![k]! + n[1]![k]!) * scores[k]!;
  }
  const means = sums.map((sum, b) => {
    const rows = counts[2 * b]! + counts[2 * b + 1]!;
    return rows === 0 ? 0 : sum / rows;
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
  { scores, n }: JoinedScores,
  bins: number,
  means: Float64Array,
  value: number,
  rng: Rng,
  draws: number,
): { readonly pValue: number; readonly nullExpectation: number } {
  const drawn = new Float64Array(2 * bins);
  let exceed = 0;
  let sum = 0;
  for (let d = 0; d < draws; d++) {
    drawn.fill(0);
    for (let k = 0; k < scores.length; k++) {
      const rows = n[0]![k]! + n[1]![k]!;
      const positives = binomial(rng, rows, scores[k]!);
      const bin = binOf(scores[k]!, bins);
      drawn[2 * bin]! += rows - positives;
      drawn[2 * bin + 1]! += positives;
    }
    const error = errorOf(drawn, means);
    sum += error;
    if (error >= value - 1e-12) exceed++;
  }
  return { pValue: (1 + exceed) / (1 + draws), nullExpectation: sum / draws };
}

function shownBins({ counts, means }: Binned, bins: number, level: number, z: number): GroupCalibrationBin[] {
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
