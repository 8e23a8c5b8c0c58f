import { log } from '../math/log.ts';
import type { JobOptions } from '../types.ts';
import { fitStep, numberOption, requireClasses, requireColumns, requireRows } from './internal-check.ts';
import { solveNewton } from './internal-newton-step.ts';
import { sigmoid, softplus } from './internal-sigmoid.ts';
import { type SparseRows, sparseRows } from './internal-sparse-rows.ts';

/** Options of {@link fitLogistic}. */
export interface LogisticOptions extends JobOptions {
  /**
   * Half this times the sum of squared coefficients, of features scaled to deviation 1, is added to the summed log-loss; the
   * intercept is free. 0 or more; 0 = plain maximum likelihood. Default 1, as scikit-learn's `C = 1`.
   */
  readonly l2?: number | undefined;
  /** Most Newton steps, from 1. Default 50. */
  readonly maxIterations?: number | undefined;
}

/** Result of {@link fitLogistic}: plain JSON-safe data. */
export interface LogisticModel {
  /** Discriminant. */
  readonly kind: 'logistic';
  /** Version of this form. */
  readonly version: 1;
  /** Log-odds of class 1 where every feature is 0. */
  readonly intercept: number;
  /** Change of the log-odds per unit of each feature, as given; 0 for a constant feature. */
  readonly coefficients: readonly number[];
  /** Independent parameters that the data can tell apart, the intercept among them. */
  readonly rank: number;
  /** Newton steps taken. */
  readonly iterations: number;
  /** False when the steps ran out, for example because features separate the classes and `l2` is 0. */
  readonly converged: boolean;
  /** The penalty used. */
  readonly l2: number;
  /** Rows learned from. */
  readonly rows: number;
}

/**
 * Logistic regression with a ridge penalty, by Newton's method with halved steps.
 *
 * Features are scaled to deviation 1 first, so the penalty treats them alike; the coefficients returned are those of the
 * features as given. Features that depend on others get 0 when there is no penalty. The same bits on every engine.
 * Cost: a step takes rows times the squared number of non-zero features per row; one-hot features are cheap.
 * Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1.
 *
 * @param columns - One array per feature, finite numbers (see {@link encodeFeatures}, form `one-hot`); may be empty.
 * @param labels - 0 or 1 per row.
 * @param options - See {@link LogisticOptions}.
 * @returns See {@link LogisticModel}.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `BAD_NUMBER`, `BAD_VALUE`, `OUT_OF_RANGE`, `ABORTED`.
 * @example
 * const model = fitLogistic([Float64Array.of(0, 0, 1, 1)], [0, 1, 1, 1], { l2: 0.5 });
 * model.converged; // => true
 * predictLogistic(model, [Float64Array.of(1)])[0] > 0.75; // => true
 */
export function fitLogistic(
  columns: readonly Float64Array[],
  labels: ArrayLike<number>,
  options: LogisticOptions = {},
): LogisticModel {
  const l2 = numberOption('l2', options.l2, 1, { low: 0, high: 1e12 });
  const steps = numberOption('maxIterations', options.maxIterations, 50, { low: 1, high: 10_000, whole: true });
  const rows = requireColumns(columns, { rows: labels.length, allowMissing: false });
  requireRows('labels', labels.length, rows);
  requireClasses('labels', labels, 2);
  const data = sparseRows(columns, rows);
  const width = columns.length + 1;
  // Parameter 0 is the intercept: the penalty-free one comes first, so it is never the one left out.
  let weights = new Float64Array(width);
  let ones = 0;
  for (let i = 0; i < rows; i++) ones += labels[i]!;
  weights[0] = log((ones + 0.5) / (rows - ones + 0.5));
  let objective = objectiveOf(data, labels, weights, l2);
  const hessian = new Float64Array(width * width);
  const gradient = new Float64Array(width);
  const step = new Float64Array(width);
  let rank = 1;
  let iterations = 0;
  let converged = rows === 0;
  while (!converged && iterations < steps) {
    fitStep(options, 'fitLogistic', iterations, steps);
    iterations++;
    fillDerivatives(hessian, gradient, data, labels, weights, l2);
    const found = solveNewton(hessian, gradient, step);
    // Weights fade where the fit saturates; the first step sees every feature.
    if (iterations === 1) rank = found;
    let decrement = 0;
    for (let j = 0; j < width; j++) decrement += gradient[j]! * step[j]!;
    let size = 1;
    let next = weights;
    let value = objective;
    for (let halvings = 0; halvings < 40; halvings++) {
      next = weights.map((w, j) => w - size * step[j]!);
      value = objectiveOf(data, labels, next, l2);
      if (value <= objective) break;
      size /= 2;
    }
    converged = decrement <= 1e-10 * (1 + objective) || !(value < objective);
    if (value <= objective) {
      weights = next;
      objective = value;
    }
  }
  const coefficients: number[] = [];
  let intercept = weights[0]!;
  for (let j = 0; j < columns.length; j++) {
    const scaled = data.scale[j]! === 0 ? 0 : weights[j + 1]! / data.scale[j]!;
    coefficients.push(scaled);
    intercept -= scaled * data.centre[j]!;
  }
  fitStep(options, 'fitLogistic', steps, steps);
  return { kind: 'logistic', version: 1, intercept, coefficients, rank, iterations, converged, l2, rows };
}

function scoreOf({ start, index, value }: SparseRows, weights: Float64Array, row: number): number {
  let score = weights[0]!;
  for (let k = start[row]!; k < start[row + 1]!; k++) score += weights[index[k]! + 1]! * value[k]!;
  return score;
}

function objectiveOf(data: SparseRows, labels: ArrayLike<number>, weights: Float64Array, l2: number): number {
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const score = scoreOf(data, weights, i);
    total += softplus(labels[i] === 1 ? -score : score);
  }
  let squares = 0;
  for (let j = 1; j < weights.length; j++) squares += weights[j]! * weights[j]!;
  return total + (l2 / 2) * squares;
}

function fillDerivatives(
  hessian: Float64Array,
  gradient: Float64Array,
  data: SparseRows,
  labels: ArrayLike<number>,
  weights: Float64Array,
  l2: number,
): void {
  const { start, index, value } = data;
  const width = weights.length;
  hessian.fill(0);
  gradient.fill(0);
  for (let i = 0; i < labels.length; i++) {
    const p = sigmoid(scoreOf(data, weights, i));
    const error = p - labels[i]!;
    const curvature = p * (1 - p);
    gradient[0] = gradient[0]! + error;
    hessian[0] = hessian[0]! + curvature;
    const end = start[i + 1]!;
    for (let k = start[i]!; k < end; k++) {
      const j = index[k]! + 1;
      const x = value[k]!;
      gradient[j] = gradient[j]! + error * x;
      const row = j * width;
      const weighted = curvature * x;
      hessian[row] = hessian[row]! + weighted;
      for (let l = start[i]!; l <= k; l++) {
        const at = row + index[l]! + 1;
        hessian[at] = hessian[at]! + weighted * value[l]!;
      }
    }
  }
  for (let j = 1; j < width; j++) {
    gradient[j] = gradient[j]! + l2 * weights[j]!;
    hessian[j * width + j] = hessian[j * width + j]! + l2;
  }
}
