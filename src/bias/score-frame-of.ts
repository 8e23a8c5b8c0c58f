import { log } from '../math/log.ts';
import { checkWhole } from '../stats/internal-options.ts';
import type { Measure, Rng } from '../types.ts';
import { testAucGap } from './internal-auc-test.ts';
import { type CellFrameOptions, frameOfCells } from './internal-cell-frame.ts';
import { checkRng } from './internal-encode.ts';
import type { FrameStratum, MetricFrame } from './internal-frame.ts';
import { zFor } from './internal-rates.ts';
import { cellsByGroup, checkScoreTable } from './internal-score-entries.ts';
import { weightedMean } from './internal-weighted-mean.ts';
import type { ScoreCell, ScoreTable } from './score-table.ts';

/** Options of {@link scoreFrameOf}. */
export interface ScoreFrameOptions extends CellFrameOptions {
  /** Random source of the test that no group's AUC differs. Without it there is no p-value. */
  readonly rng?: Rng | undefined;
  /** Permutations of that test. Default 999. */
  readonly permutations?: number | undefined;
}

/** scikit-learn clips probabilities at the machine epsilon. */
const EPSILON = 2.220446049250313e-16;

/**
 * Quality of scores by group, as {@link scoreFrame} gives it, from a score table: count, meanPrediction, rocAuc, logLoss.
 * With a random source, the gap of AUCs also has a permutation p (groups shuffled within each label) and its null expectation.
 *
 * @param cells - From {@link scoreTable} with a label, or {@link mergeScoreTables}.
 * @param options - See {@link ScoreFrameOptions}.
 * @returns See {@link MetricFrame}.
 * @throws {@link SynthproofError} `SPEC_MISMATCH` for a table without labels; `OUT_OF_RANGE`, `BAD_OPTION`.
 * @example
 * const rows = createTable([
 *   categoryColumn('sex', ['f', 'f', 'm', 'm']),
 *   booleanColumn('y', [true, false, true, false]),
 *   numberColumn('score', [0.9, 0.1, 0.2, 0.6]),
 * ]);
 * const cells = scoreTable(rows, { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
 * scoreFrameOf(cells, { minN: 1 }).strata[0]?.groups.map((one) => one.measures[2]?.value); // => [1, 0]
 */
export function scoreFrameOf(cells: ScoreTable, options: ScoreFrameOptions = {}): MetricFrame {
  const { rng, permutations = 999 } = options;
  checkWhole('permutations', permutations, 1, 1e6);
  if (rng !== undefined) checkRng(rng, 'rng');
  checkScoreTable(cells, { label: true });
  const frame = frameOfCells(cells, options, METRICS, read, measure);
  return rng === undefined
    ? frame
    : { ...frame, strata: frame.strata.map((one) => tested(one, cells, rng, permutations)) };
}

const METRICS = ['count', 'meanPrediction', 'rocAuc', 'logLoss'];

/** A stratum with the test of its gap of AUCs, where there is a gap. */
function tested(stratum: FrameStratum, table: ScoreTable, rng: Rng, permutations: number): FrameStratum {
  const key = JSON.stringify(stratum.values);
  const inside = cellsByGroup(table.cells.filter((cell) => JSON.stringify(cell.stratum) === key));
  const shown = new Set(
    stratum.groups.filter((one) => one.measures[2]!.value !== null).map((one) => JSON.stringify(one.values)),
  );
  const groups = inside.filter((cells) => shown.has(JSON.stringify(cells[0]!.group)));
  return {
    ...stratum,
    aggregates: stratum.aggregates.map((one) =>
      one.metric !== 'rocAuc' || one.differenceBetweenGroups === null || groups.length < 2
        ? one
        : { ...one, ...testAucGap(groups, permutations, rng.stream(key)) },
    ),
  };
}

/** Entries of some cells: label, score, sum of weights and of their squares. */
interface Entries {
  readonly rows: number;
  readonly y: Uint8Array;
  readonly p: Float64Array;
  readonly w: Float64Array;
  readonly w2: Float64Array;
}

function read(cells: readonly ScoreCell[]): Entries {
  const size = cells.reduce((sum, cell) => sum + cell.n.length, 0);
  const y = new Uint8Array(size);
  const [p, w, w2] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let rows = 0;
  let at = 0;
  for (const cell of cells)
    for (let i = 0; i < cell.n.length; i++, at++) {
      const weight = cell.weights === null ? 1 : cell.weights[i]!;
      rows += cell.n[i]!;
      y[at] = cell.label;
      p[at] = cell.scores[i]!;
      w[at] = cell.n[i]! * weight;
      w2[at] = w[at]! * weight;
    }
  return { rows, y, p, w, w2 };
}

function measure(entries: Entries, metric: string, level: number): Measure {
  const { rows, y, p, w, w2 } = entries;
  const head = { metric, n: rows, goal: 'none' as const };
  if (metric === 'count') return { ...head, value: rows, range: [0, null] };
  if (metric === 'rocAuc') return areaUnderCurve(entries, level);
  if (metric === 'logLoss' && p.some((value) => value < 0 || value > 1))
    return { ...head, value: null, range: [0, null], reason: 'score-outside-0-1' };
  const x =
    metric === 'meanPrediction'
      ? p
      : p.map((value, i) => {
          const score = Math.min(1 - EPSILON, Math.max(EPSILON, value));
          return -log(y[i] === 1 ? score : 1 - score);
        });
  const found = weightedMean(x, w, w2, level);
  const range: readonly [number | null, number | null] = metric === 'logLoss' ? [0, null] : [null, null];
  if (found === null) return { ...head, value: null, range, reason: 'zero-weight' };
  return { ...head, value: found.mean, range, interval: found.interval };
}

function areaUnderCurve({ rows, y, p, w, w2 }: Entries, level: number): Measure {
  const head = { metric: 'rocAuc', n: rows, range: [0, 1] as const, goal: 'none' as const };
  const order = Int32Array.from(p.keys()).sort((a, b) => p[a]! - p[b]! || a - b);
  const weight = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < p.length; i++) {
    weight[y[i]!]! += w[i]!;
    squares[y[i]!]! += w2[i]!;
  }
  const [negatives, positives] = weight as [number, number];
  if (positives === 0 || negatives === 0)
    return { ...head, value: null, reason: positives === 0 ? 'no-positives' : 'no-negatives' };
  let below = 0;
  let area = 0;
  for (let i = 0; i < p.length; ) {
    const score = p[order[i]!]!;
    const tied = [0, 0];
    while (i < p.length && p[order[i]!] === score) {
      const entry = order[i++]!;
      tied[y[entry]!]! += w[entry]!;
    }
    area += tied[1]! * (below + tied[0]! / 2);
    below += tied[0]!;
  }
  const auc = Math.min(1, area / (positives * negatives));
  // Hanley & McNeil 1982, equations 1 and 2.
  const np = (positives * positives) / squares[1]!;
  const nn = (negatives * negatives) / squares[0]!;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance = (auc * (1 - auc) + (np - 1) * (q1 - auc * auc) + (nn - 1) * (q2 - auc * auc)) / (np * nn);
  const half = zFor(level) * Math.sqrt(Math.max(0, variance));
  return {
    ...head,
    value: auc,
    interval: { lower: Math.max(0, auc - half), upper: Math.min(1, auc + half), level, method: 'hanley-mcneil' },
  };
}
