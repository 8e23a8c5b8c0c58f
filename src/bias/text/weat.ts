import { SynthproofError } from '../../errors.ts';
import { log } from '../../math/log.ts';
import { studentTQuantile } from '../../math/student-t-quantile.ts';
import { tanh } from '../../math/tanh.ts';
import { permutation } from '../../random/permutation.ts';
import { meanInterval } from '../../stats/mean-interval.ts';
import { permutationPValue } from '../../stats/permutation-p-value.ts';
import { spearman } from '../../stats/spearman.ts';
import type { Interval, Rng } from '../../types.ts';
import { checkRng } from '../internal-encode.ts';
import { rateOptions } from '../internal-rates.ts';

/** The four word lists of {@link weat}, as vectors that the caller's embedding gives. Lists and words are the caller's. */
export interface WeatSpec {
  /** Target words of the first kind, for example career words. */
  readonly first: readonly ArrayLike<number>[];
  /** Target words of the second kind, as many. */
  readonly second: readonly ArrayLike<number>[];
  /** Attribute words of group A. */
  readonly attributeA: readonly ArrayLike<number>[];
  /** Attribute words of group B. */
  readonly attributeB: readonly ArrayLike<number>[];
}

/** Options of {@link weat}. */
export interface WeatOptions {
  /** Draws random partitions when there are more than `maxExact`; without it such lists are refused. */
  readonly rng?: Rng | undefined;
  /** Most partitions that are enumerated. Default 200,000. */
  readonly maxExact?: number | undefined;
  /** Random partitions otherwise. Default 9999. */
  readonly arrangements?: number | undefined;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number | undefined;
}

/** Result of {@link weat}. */
export interface WeatResult {
  /** Sum of the first targets' associations minus that of the second ones. Association: mean cosine with A minus with B. */
  readonly statistic: number;
  /** Difference of mean associations over their standard deviation (population form, as WEFE); null when all are equal. */
  readonly effectSize: number | null;
  /** The same with the sample standard deviation, as Caliskan et al. 2017. */
  readonly effectSizeSample: number | null;
  /** Interval of `effectSize` (jackknife over words, as a sample of such words), within -2 to 2; null with fewer than three words a list. */
  readonly effectSizeInterval: Interval | null;
  /** Share of equal partitions of all targets whose statistic is at least the observed: one-sided. */
  readonly pValue: number;
  /** Share with a strictly greater statistic, as some tools report; smaller than a valid p-value. */
  readonly pValueStrict: number;
  /** Whether every partition was looked at. */
  readonly exact: boolean;
  /** Partitions behind the p-value. */
  readonly partitions: number;
  /** Target words. */
  readonly n: number;
  /** Relative norm distance of the first targets: mean of the distance to A's mean vector minus that to B's; below 0 = nearer A. */
  readonly relativeNormDistance: number;
  /** Student's interval of it over the first targets; null for one word. */
  readonly relativeNormInterval: Interval | null;
  /** Embedding coherence of the first targets: Spearman correlation of the cosines with A's and with B's mean vector, -1 to 1; null when undefined. */
  readonly coherence: number | null;
  /** Fisher's interval of it; null without a coherence, with fewer than four words, or at -1 and 1. */
  readonly coherenceInterval: Interval | null;
}

/**
 * Word embedding association test (also for sentence vectors, then called SEAT): do the first targets go with A and the
 * second with B more than chance?
 *
 * The p-value is exact over the equal partitions of the targets, C(2n, n) of them, not over their orders.
 * Source: Caliskan, Bryson & Narayanan 2017; Garg et al. 2018 (relative norm distance); Dev & Phillips 2019 (coherence).
 *
 * @param spec - See {@link WeatSpec}.
 * @param options - See {@link WeatOptions}.
 * @returns See {@link WeatResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT`, `LENGTH_MISMATCH` for vectors of different width or target lists of
 * different length, `BAD_NUMBER`, `BAD_VALUE` for a zero vector, `NO_CAPACITY` for too many partitions without `rng`.
 * @example
 * const found = weat({ first: [[1, 0], [2, 0.1]], second: [[0, 1], [0.1, 2]], attributeA: [[1, 0]], attributeB: [[0, 1]] });
 * [found.exact, found.partitions, found.pValue]; // => [true, 6, 0.16666666666666666]
 */
export function weat(spec: WeatSpec, options: WeatOptions = {}): WeatResult {
  const { maxExact = 200_000, arrangements = 9999, rng } = options;
  const { level, z } = rateOptions({ level: options.level });
  if (rng !== undefined) checkRng(rng, 'rng');
  checkLists(spec);
  const { first, second, attributeA, attributeB } = spec;
  const size = first.length;
  const a = attributeA.map(unit);
  const b = attributeB.map(unit);
  const association = Float64Array.from([...first, ...second], (vector) => {
    const direction = unit(vector);
    return meanDot(direction, a) - meanDot(direction, b);
  });
  let total = 0;
  for (const value of association) total += value;
  const statisticOf = (members: ArrayLike<number>): number => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += association[members[k]!]!;
    return 2 * sum - total;
  };
  const statistic = statisticOf(Array.from({ length: size }, (_, k) => k));
  // Sums of the same numbers in another order may differ in the last bits: such partitions are ties.
  const slack = 1e-12 * association.reduce((sum, value) => sum + Math.abs(value), 0);
  let partitions = 1;
  for (let k = 1; k <= size; k++) partitions = Math.round((partitions * (size + k)) / k);
  const exact = partitions <= maxExact;
  let greater = 0;
  let atLeast = 0;
  const look = (members: ArrayLike<number>): void => {
    const value = statisticOf(members);
    if (value > statistic + slack) greater++;
    if (value >= statistic - slack) atLeast++;
  };
  if (exact) eachSubset(2 * size, size, look);
  else {
    if (!rng)
      throw new SynthproofError(
        'NO_CAPACITY',
        `first, second: ${size} words each split in more than ${maxExact} ways; pass rng to draw random partitions`,
        { argument: 'rng' },
      );
    for (let draw = 0; draw < arrangements; draw++) look(permutation(rng, 2 * size));
  }
  let mean = 0;
  let squares = 0;
  for (const value of association) mean += value / association.length;
  for (const value of association) squares += (value - mean) * (value - mean);
  const gap = statistic / size;
  return {
    statistic,
    effectSize: squares === 0 ? null : gap / Math.sqrt(squares / association.length),
    effectSizeInterval: squares === 0 ? null : jackknife(association, size, level),
    effectSizeSample: squares === 0 ? null : gap / Math.sqrt(squares / (association.length - 1)),
    pValue: exact ? atLeast / partitions : permutationPValue(atLeast, arrangements),
    pValueStrict: greater / (exact ? partitions : arrangements),
    exact,
    partitions: exact ? partitions : arrangements,
    n: 2 * size,
    ...nearness(first, attributeA, attributeB, level, z),
  };
}

function nearness(
  targets: readonly ArrayLike<number>[],
  attributeA: readonly ArrayLike<number>[],
  attributeB: readonly ArrayLike<number>[],
  level: number,
  z: number,
): Pick<WeatResult, 'relativeNormDistance' | 'relativeNormInterval' | 'coherence' | 'coherenceInterval'> {
  const a = meanVector(attributeA);
  const b = meanVector(attributeB);
  const distances = Float64Array.from(targets, (vector) => gap(vector, a) - gap(vector, b));
  let distance = 0;
  for (const one of distances) distance += one;
  const nullVector = norm(a) === 0 || norm(b) === 0;
  const cosines = (centre: Float64Array): Float64Array =>
    Float64Array.from(targets, (vector) => dot(unit(vector), unit(centre)));
  const coherence = nullVector || targets.length < 2 ? null : spearman(cosines(a), cosines(b));
  return {
    relativeNormDistance: distance / targets.length,
    relativeNormInterval: targets.length < 2 ? null : meanInterval(distances, level),
    coherence,
    coherenceInterval: coherence === null ? null : correlationEnds(coherence, targets.length, z, level),
  };
}

/** Fisher's transform of a rank correlation; 1.06 for ranks (Fieller, Hartley & Pearson 1957). */
function correlationEnds(r: number, n: number, z: number, level: number): Interval | null {
  if (n < 4 || Math.abs(r) >= 1) return null;
  const centre = log((1 + r) / (1 - r)) / 2;
  const half = (z * Math.sqrt(1.06)) / Math.sqrt(n - 3);
  return { lower: tanh(centre - half), upper: tanh(centre + half), level, method: 'fisher' };
}

/** Interval of the effect size: each word left out in turn, list by list. */
function jackknife(association: Float64Array, size: number, level: number): Interval | null {
  if (size < 3) return null;
  const effect = (left: number): number => {
    const sums = [0, 0];
    const counts = [0, 0];
    for (let k = 0; k < association.length; k++) {
      if (k === left) continue;
      sums[k < size ? 0 : 1]! += association[k]!;
      counts[k < size ? 0 : 1]!++;
    }
    const n = counts[0]! + counts[1]!;
    const mean = (sums[0]! + sums[1]!) / n;
    let squares = 0;
    for (let k = 0; k < association.length; k++)
      if (k !== left) squares += (association[k]! - mean) * (association[k]! - mean);
    return squares === 0 ? 0 : (sums[0]! / counts[0]! - sums[1]! / counts[1]!) / Math.sqrt(squares / n);
  };
  const value = effect(-1);
  let variance = 0;
  for (const from of [0, size]) {
    const left = Float64Array.from({ length: size }, (_, k) => effect(from + k));
    let mean = 0;
    for (const one of left) mean += one / size;
    for (const one of left) variance += ((size - 1) / size) * (one - mean) * (one - mean);
  }
  const half = studentTQuantile(0.5 + level / 2, 2 * size - 2) * Math.sqrt(variance);
  return { lower: Math.max(-2, value - half), upper: Math.min(2, value + half), level, method: 'jackknife' };
}

function checkLists(spec: WeatSpec): void {
  const width = spec.first[0]?.length ?? 0;
  for (const name of ['first', 'second', 'attributeA', 'attributeB'] as const) {
    const list = spec[name];
    if (list.length === 0)
      throw new SynthproofError('EMPTY_INPUT', `${name}: expected at least one vector, received none`, {
        argument: name,
      });
    list.forEach((vector, row) => {
      if (vector.length !== width || width === 0)
        throw new SynthproofError(
          'LENGTH_MISMATCH',
          `${name}[${row}]: expected ${width} numbers, received ${vector.length}`,
          {
            argument: name,
            row,
          },
        );
      for (let k = 0; k < width; k++)
        if (!Number.isFinite(vector[k]!))
          throw new SynthproofError(
            'BAD_NUMBER',
            `${name}[${row}][${k}]: expected a finite number, received ${vector[k]}`,
            {
              argument: name,
              row,
            },
          );
      if (norm(vector) === 0)
        throw new SynthproofError('BAD_VALUE', `${name}[${row}]: a zero vector has no direction; leave the word out`, {
          argument: name,
          row,
        });
    });
  }
  if (spec.first.length !== spec.second.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `second: expected ${spec.first.length} vectors as in first, received ${spec.second.length}; use lists of equal length`,
      { argument: 'second' },
    );
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function norm(vector: ArrayLike<number>): number {
  return Math.sqrt(dot(vector, vector));
}

function unit(vector: ArrayLike<number>): Float64Array {
  const size = norm(vector);
  return Float64Array.from(vector, (x) => x / size);
}

function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return norm(Float64Array.from(a, (x, k) => x - b[k]!));
}

function meanDot(direction: Float64Array, vectors: readonly Float64Array[]): number {
  let sum = 0;
  for (const vector of vectors) sum += dot(direction, vector);
  return sum / vectors.length;
}

function meanVector(vectors: readonly ArrayLike<number>[]): Float64Array {
  const out = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let k = 0; k < out.length; k++) out[k]! += vector[k]! / vectors.length;
  return out;
}

/** Calls `visit` with every subset of k of n positions, in lexicographic order; the array is reused. */
function eachSubset(n: number, k: number, visit: (members: readonly number[]) => void): void {
  const members = Array.from({ length: k }, (_, i) => i);
  for (;;) {
    visit(members);
    let at = k - 1;
    while (at >= 0 && members[at] === n - k + at) at--;
    if (at < 0) return;
    members[at]!++;
    for (let i = at + 1; i < k; i++) members[i] = members[i - 1]! + 1;
  }
}
