import { SynthproofError } from '../../errors.ts';
import type { SeriesChart, Table } from '../../types.ts';
import { checkOutcome, columnOf } from '../internal-encode.ts';
import { achievedTilt } from './achieved-tilt.ts';
import { fairTarget } from './fair-target.ts';
import type { FairPoint, FairTradeOff, FairTradeOffOptions, TrainedFigures } from './fair-trade-off-types.ts';
import { type JudgeSettings, judgeModel } from './internal-evaluate.ts';

/**
 * What a tilt costs and what it brings: for each strength synthetic rows are drawn, a model is trained on them and judged
 * on real rows, and the strength is searched at which a chosen gap between groups vanishes.
 *
 * Full label parity need not close a model's gaps: proxies remain, and the true positive rates can turn over. So the
 * whole curve is given, each gap with Newcombe's interval. With two groups the gap has a sign, and further strengths are
 * put where the line between the neighbours of its zero crosses; with more, around the least. A strength that was chosen
 * on the hold-out looks better there than it is: give `test` rows.
 *
 * @param source - The real rows that the generator learnt from.
 * @param options - See {@link FairTradeOffOptions}.
 * @returns The curve, the strength chosen, and a picture.
 * @throws {@link SynthproofError} as {@link fairTarget} and the `sample` function do; `BAD_OPTION` (strengths, no positive
 * label, options out of range), `UNKNOWN_COLUMN`, `ABORTED`.
 * @example
 * const source = fromColumns({ sex: ['f', 'f', 'f', 'm', 'm', 'm'], x: [1, 2, 3, 4, 5, 6], hired: [true, false, false, true, true, false] });
 * const target = { sensitive: ['sex'], label: { column: 'hired' }, minGroupRows: 1 };
 * const curve = fairTradeOff(source, { target, holdout: source, sample: (one) => tiltPool(source, one, { rows: 4, seed: 'demo' }).table, refine: 0 });
 * curve.points.map((point) => point.strength); // => [0, 0.25, 0.5, 0.75, 1]
 */
export function fairTradeOff(source: Table, options: FairTradeOffOptions): FairTradeOff {
  const { sample, holdout, test, metric = 'equalOpportunity', strengths = [0, 0.25, 0.5, 0.75, 1] } = options;
  const { refine = 3, maxAucLoss, learner = 'logistic', exclude = [], seed = '' } = options;
  check(source, options, strengths, refine);
  const total = strengths.length + refine;
  const points: FairPoint[] = [];
  let base: readonly TrainedFigures[] = [];
  const add = (strength: number): void => {
    if (options.signal?.aborted)
      throw new SynthproofError('ABORTED', 'fairTradeOff: aborted by its signal; nothing was returned', {
        argument: 'signal',
      });
    const target = fairTarget(source, { ...options.target, strength });
    if (target.positive === null)
      throw new SynthproofError(
        'BAD_OPTION',
        `target.label.positive: expected the level of "${target.label}" that a model selects; name it`,
        { argument: 'target.label.positive' },
      );
    const settings: JudgeSettings = {
      target,
      reference: source,
      learner,
      exclude,
      threshold: options.threshold ?? 0.5,
      minGroupRows: options.minGroupRows ?? 10,
      level: options.level ?? 0.95,
      seed,
      signal: options.signal,
    };
    const drawn = sample(target);
    const figures = judgeModel(drawn, test === undefined ? [holdout] : [holdout, test], settings);
    if (points.length === 0) base = figures;
    points.push({
      strength,
      labelGap: target.labelGap.target,
      achievedLabelGap: achievedTilt(drawn, target, { direction: 'feature', seed: '' }).labelGap.achieved,
      effectiveShare: target.effectiveShare,
      holdout: figures[0]!,
      aucLoss: loss(base[0]!, figures[0]!),
      test: figures[1] ?? null,
      testAucLoss: figures[1] === undefined ? null : loss(base[1]!, figures[1]),
    });
    options.onProgress?.({ stage: 'fairTradeOff', done: points.length, total });
  };
  for (const strength of strengths) add(strength);
  for (let step = 0; step < refine; step++) {
    points.sort((a, b) => a.strength - b.strength);
    const next = nextStrength(points, metric);
    if (next === null) break;
    add(next);
  }
  points.sort((a, b) => a.strength - b.strength);
  const target = fairTarget(source, { ...options.target, strength: 0 });
  return {
    version: 'fair-trade-off/1',
    sensitive: target.sensitive,
    label: target.label,
    positive: target.positive!,
    metric,
    learner,
    exclude: [...exclude],
    seed,
    maxAucLoss: maxAucLoss ?? null,
    points,
    chosen: nearest(points, metric, maxAucLoss),
    chart: chartOf(points),
  };
}

function check(source: Table, options: FairTradeOffOptions, strengths: readonly number[], refine: number): void {
  const bad = (argument: string, what: string): SynthproofError =>
    new SynthproofError('BAD_OPTION', `${argument}: ${what}`, { argument });
  const ascending = strengths.every((one, k) => one >= 0 && one <= 1 && (k === 0 || one > strengths[k - 1]!));
  if (!ascending || strengths[0] !== 0)
    throw bad(
      'strengths',
      `expected ascending numbers from 0 up to 1, beginning with 0, received ${strengths.join(', ')}`,
    );
  if (!(Number.isInteger(refine) && refine >= 0 && refine <= 20))
    throw bad('refine', `expected a whole number from 0 to 20, received ${refine}`);
  const { metric = 'equalOpportunity', threshold = 0.5, maxAucLoss, exclude = [], target } = options;
  if (metric !== 'equalOpportunity' && metric !== 'demographicParity')
    throw bad('metric', `expected equalOpportunity or demographicParity, received ${String(metric)}`);
  if (!(threshold >= 0 && threshold <= 1))
    throw bad('threshold', `expected a number from 0 to 1, received ${threshold}`);
  if (maxAucLoss !== undefined && !(maxAucLoss >= 0))
    throw bad('maxAucLoss', `expected 0 or more, received ${maxAucLoss}`);
  if (typeof options.sample !== 'function')
    throw bad('sample', `expected a function that draws rows for a target, received ${typeof options.sample}`);
  for (const [argument, table] of [
    ['holdout', options.holdout],
    ['test', options.test ?? options.holdout],
  ] as const)
    if (typeof table?.rowCount !== 'number')
      throw bad(argument, `expected a table of real rows, received ${typeof table}`);
  if (!Array.isArray(target?.sensitive))
    throw bad('target', 'expected an object with sensitive columns and a label, as fairTarget takes it');
  checkOutcome(target.label, 'target.label');
  for (const name of exclude) columnOf(source, name, 'exclude');
  for (const name of [...target.sensitive, target.label.column]) {
    columnOf(options.holdout, name, 'holdout');
    if (options.test !== undefined) columnOf(options.test, name, 'test');
  }
}

function loss(before: TrainedFigures, after: TrainedFigures): number | null {
  return before.auc.value === null || after.auc.value === null ? null : before.auc.value - after.auc.value;
}

/** Where to look next: between two strengths, by their gaps; null when nothing is left to halve. */
function nextStrength(points: readonly FairPoint[], metric: FairTradeOff['metric']): number | null {
  const gaps = points.map((point) => point.holdout[metric].value);
  const signed = points[0]!.holdout[metric].signed;
  for (let k = 1; signed && k < points.length; k++) {
    const [a, b] = [gaps[k - 1]!, gaps[k]!];
    if (a === null || b === null || (a <= 0 && b <= 0) || (a >= 0 && b >= 0)) continue;
    const from = points[k - 1]!.strength;
    const width = points[k]!.strength - from;
    // Away from the ends, so that each step narrows the bracket.
    const share = Math.min(0.9, Math.max(0.1, a / (a - b)));
    return width < 1e-3 ? null : from + share * width;
  }
  const best = nearest(points, metric, undefined);
  if (best === null) return null;
  const sides = [best - 1, best]
    .filter((k) => k >= 0 && k + 1 < points.length)
    .map((k) => ({ from: points[k]!.strength, width: points[k + 1]!.strength - points[k]!.strength }))
    .sort((a, b) => b.width - a.width);
  const side = sides[0];
  return side === undefined || side.width < 1e-3 ? null : side.from + side.width / 2;
}

/** Position of the gap nearest to 0 among points that cost no more AUC than allowed. */
function nearest(
  points: readonly FairPoint[],
  metric: FairTradeOff['metric'],
  most: number | undefined,
): number | null {
  let best: number | null = null;
  for (let k = 0; k < points.length; k++) {
    const { value } = points[k]!.holdout[metric];
    if (value === null || (most !== undefined && (points[k]!.aucLoss ?? Infinity) > most)) continue;
    if (best === null || Math.abs(value) < Math.abs(points[best]!.holdout[metric].value!)) best = k;
  }
  return best;
}

function chartOf(points: readonly FairPoint[]): SeriesChart {
  const x = points.map((point) => point.strength);
  return {
    kind: 'line',
    title: 'What the tilt brings and costs, on held-out real rows',
    xLabel: 'Strength of the tilt',
    yLabel: 'Difference between groups, or loss of AUC',
    series: [
      { name: 'label gap of the target', x, y: points.map((point) => point.labelGap) },
      { name: 'selection rate', x, y: points.map((point) => point.holdout.demographicParity.value) },
      { name: 'true positive rate', x, y: points.map((point) => point.holdout.equalOpportunity.value) },
      { name: 'loss of AUC', x, y: points.map((point) => point.aucLoss) },
    ],
  };
}
