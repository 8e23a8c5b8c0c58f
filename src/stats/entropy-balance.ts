import { SynthproofError } from '../errors.ts';
import { cholesky } from '../math/cholesky.ts';
import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { solveTriangular } from '../math/solve-triangular.ts';
import { sum } from '../math/sum.ts';
import { requireFinite, requireLength, requireSameLength } from './internal-check.ts';

/** Options of {@link entropyBalance}. */
export interface EntropyBalanceOptions {
  /** Weights to stay near, one per row, > 0; they are scaled to sum to 1. Default equal. */
  readonly baseWeights?: ArrayLike<number> | undefined;
  /** Largest gap between a weighted mean and its target, in standard deviations of the feature, that counts as met. Default 1e-10. */
  readonly tolerance?: number | undefined;
  /** Most Newton steps. Default 200. */
  readonly maxSteps?: number | undefined;
}

/** Result of {@link entropyBalance}. */
export interface EntropyBalanceResult {
  /** `met`: every mean within the tolerance. `infeasible`: the target lies outside the rows' convex hull. `not-converged`: on its border, or stopped at `maxSteps`. */
  readonly status: 'met' | 'infeasible' | 'not-converged';
  /** Weights, > 0, sum 1. When not `met`: the last ones reached, for diagnosis only. */
  readonly weights: Float64Array;
  /** Coefficients: a weight is its base weight times exp(sum of coefficient * feature), normalised. */
  readonly coefficients: Float64Array;
  /** Weighted mean of each feature. */
  readonly reached: Float64Array;
  /** Effective number of rows, (sum w)^2 / sum w^2, 1 to n. */
  readonly effectiveSize: number;
  /** Kullback-Leibler divergence of the weights from the base weights, nats, >= 0: what the targets cost. */
  readonly divergence: number;
  /** Newton steps done. */
  readonly steps: number;
  /** Position of the feature whose mean is furthest from its target in standard deviations: the blocking one unless `met`. */
  readonly worst: number;
}

/**
 * Entropy balancing (exponential tilting): the weights nearest to the base weights in Kullback-Leibler divergence whose
 * weighted feature means equal the targets.
 *
 * Source: Hainmueller 2012, section 3.2: Newton steps with line search on the convex dual
 * log sum q exp(c * (x - t)). A direction in which all rows lie on one side of the target proves that it is infeasible.
 *
 * @param features - One list per feature, each with one number per row.
 * @param targets - Wanted weighted mean of each feature.
 * @param options - See {@link EntropyBalanceOptions}.
 * @returns Weights with what was reached.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`, `EMPTY_INPUT`, `BAD_NUMBER`, `OUT_OF_RANGE` for base weights that are not above 0.
 * @example
 * const balanced = entropyBalance([[0, 0, 1, 1]], [0.75]);
 * Array.from(balanced.weights, (w) => Math.round(w * 1000)); // => [125, 125, 375, 375]
 * entropyBalance([[0, 1]], [2]).status; // => 'infeasible'
 */
export function entropyBalance(
  features: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  options: EntropyBalanceOptions = {},
): EntropyBalanceResult {
  const { tolerance = 1e-10, maxSteps = 200 } = options;
  requireLength('features', features.length, 1);
  requireSameLength('targets', targets.length, features.length);
  requireFinite('targets', targets);
  const n = features[0]!.length;
  requireLength('features[0]', n, 1);
  const base = baseWeights(options.baseWeights, n);
  const scaled = features.map((feature, j) => standardise(feature, targets[j]!, n, j));
  const dual: Dual = { gaps: scaled.map((one) => one.gaps), base };
  let at = evaluate(dual, new Float64Array(features.length));
  let status: EntropyBalanceResult['status'] = 'not-converged';
  let steps = 0;
  for (; steps < maxSteps; steps++) {
    if (largest(at.gradient).size <= tolerance) {
      status = 'met';
      break;
    }
    if (at.highest < 0) {
      status = 'infeasible';
      break;
    }
    const next = newtonStep(dual, at);
    if (next === null) break;
    at = next;
  }
  // The last step may have met the targets; a constant feature off its target has no gap that a weight could close.
  if (status === 'not-converged' && largest(at.gradient).size <= tolerance) status = 'met';
  const flat = scaled.findIndex((one) => one.flat);
  if (flat >= 0) status = 'infeasible';
  return {
    status,
    weights: at.weights,
    coefficients: at.coefficients.map((c, j) => c / scaled[j]!.scale),
    reached: at.gradient.map((gap, j) => targets[j]! + gap * scaled[j]!.scale),
    effectiveSize: 1 / sum(at.weights.map((w) => w * w)),
    divergence: divergence(at.weights, base),
    steps,
    worst: flat >= 0 ? flat : largest(at.gradient).position,
  };
}

/** One feature as (x - target) / scale. */
function standardise(
  feature: ArrayLike<number>,
  target: number,
  n: number,
  j: number,
): { readonly gaps: Float64Array; readonly scale: number; readonly flat: boolean } {
  requireSameLength(`features[${j}]`, feature.length, n);
  requireFinite(`features[${j}]`, feature);
  const centre = sum(feature) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (feature[i]! - centre) * (feature[i]! - centre);
  const deviation = Math.sqrt(squares / n);
  const flat = deviation === 0 && feature[0] !== target;
  const scale = deviation > 0 ? deviation : Math.max(1, Math.abs(centre));
  const gaps = new Float64Array(n);
  for (let i = 0; i < n; i++) gaps[i] = (feature[i]! - target) / scale;
  return { gaps, scale, flat };
}

function baseWeights(given: ArrayLike<number> | undefined, n: number): Float64Array {
  if (given === undefined) return new Float64Array(n).fill(1 / n);
  requireSameLength('baseWeights', given.length, n);
  requireFinite('baseWeights', given);
  for (let i = 0; i < n; i++)
    if (!(given[i]! > 0))
      throw new SynthproofError(
        'OUT_OF_RANGE',
        `baseWeights[${i}]: expected a number above 0, received ${given[i]}; leave rows without weight out`,
        { argument: 'baseWeights', row: i },
      );
  const total = sum(given);
  return Float64Array.from(given, (w) => w / total);
}

/** Values of the dual at one vector of coefficients. */
interface DualPoint {
  readonly coefficients: Float64Array;
  readonly weights: Float64Array;
  /** log sum q exp(c * gap). */
  readonly value: number;
  /** Weighted means of the gaps. */
  readonly gradient: Float64Array;
  /** Largest c * gap of any row: below 0, all rows lie on one side of the target. */
  readonly highest: number;
}

/** The dual's rows: the gaps of each feature, and the base weights. */
interface Dual {
  readonly gaps: readonly Float64Array[];
  readonly base: Float64Array;
}

function evaluate({ gaps, base }: Dual, coefficients: Float64Array): DualPoint {
  const n = base.length;
  const weights = new Float64Array(n);
  for (let j = 0; j < gaps.length; j++) {
    const column = gaps[j]!;
    const c = coefficients[j]!;
    for (let i = 0; i < n; i++) weights[i]! += c * column[i]!;
  }
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) if (weights[i]! > highest) highest = weights[i]!;
  for (let i = 0; i < n; i++) weights[i] = base[i]! * exp(weights[i]! - highest);
  const total = sum(weights);
  for (let i = 0; i < n; i++) weights[i]! /= total;
  const gradient = new Float64Array(gaps.length);
  for (let j = 0; j < gaps.length; j++) {
    const column = gaps[j]!;
    const terms = new Float64Array(n);
    for (let i = 0; i < n; i++) terms[i] = weights[i]! * column[i]!;
    gradient[j] = sum(terms);
  }
  return { coefficients, weights, value: highest + log(total), gradient, highest };
}

/** A damped Newton step; null when no step lowers the dual any more. */
function newtonStep(dual: Dual, from: DualPoint): DualPoint | null {
  const { gaps } = dual;
  const d = gaps.length;
  const covariance = new Float64Array(d * d);
  for (let j = 0; j < d; j++)
    for (let k = 0; k <= j; k++) {
      let total = 0;
      for (let i = 0; i < from.weights.length; i++) total += from.weights[i]! * gaps[j]![i]! * gaps[k]![i]!;
      covariance[j * d + k] = covariance[k * d + j] = total - from.gradient[j]! * from.gradient[k]!;
    }
  const direction = newtonDirection(covariance, from.gradient);
  let slope = 0;
  for (let j = 0; j < d; j++) slope += from.gradient[j]! * direction[j]!;
  for (let size = 1; size > 1e-12; size /= 2) {
    const next = evaluate(
      dual,
      from.coefficients.map((c, j) => c - size * direction[j]!),
    );
    // Armijo; near the optimum the value no longer tells, the gradient still does.
    if (next.value <= from.value - 1e-4 * size * slope && next.value < from.value) return next;
    if (largest(next.gradient).size < largest(from.gradient).size && Math.abs(next.value - from.value) < 1e-12)
      return next;
  }
  return null;
}

function divergence(weights: Float64Array, base: Float64Array): number {
  const terms = new Float64Array(weights.length);
  for (let i = 0; i < terms.length; i++) if (weights[i]! > 0) terms[i] = weights[i]! * log(weights[i]! / base[i]!);
  return Math.max(0, sum(terms));
}

/** Solves covariance * direction = gradient, with the least ridge that makes it solvable (features may be collinear). */
function newtonDirection(covariance: Float64Array, gradient: Float64Array): Float64Array {
  const d = gradient.length;
  let trace = 0;
  for (let j = 0; j < d; j++) trace += covariance[j * d + j]!;
  for (let ridge = 1e-14 * Math.max(trace, 1e-300); ; ridge *= 100) {
    const matrix = covariance.slice();
    for (let j = 0; j < d; j++) matrix[j * d + j]! += ridge;
    const lower = cholesky(matrix);
    if (lower) return solveTriangular(lower, solveTriangular(lower, gradient), { transposed: true });
  }
}

function largest(gradient: Float64Array): { readonly size: number; readonly position: number } {
  let position = 0;
  for (let j = 1; j < gradient.length; j++) if (Math.abs(gradient[j]!) > Math.abs(gradient[position]!)) position = j;
  return { size: Math.abs(gradient[position]!), position };
}
