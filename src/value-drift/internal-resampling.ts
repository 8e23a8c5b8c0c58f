import { SynthproofError } from '../errors.ts';
import { uniformInt } from '../random/uniform-int.ts';
import type { JobOptions, Rng } from '../types.ts';
import { drawn, poolOf, sideVariance, statistic } from './internal-statistic.ts';
import type { TestUnits } from './internal-units.ts';

/** What a resampling test found. */
export interface ResamplingResult {
  /** Size of the observed statistic per value; 0 for values that cannot be tested. */
  readonly observed: Float64Array;
  /** Standard error behind the observed statistic, in score units. */
  readonly errors: Float64Array;
  /** p-value per value. */
  readonly raw: Float64Array;
  /** Step-down max-t p-value per value. */
  readonly adjusted: Float64Array;
  /** The largest statistic of each arrangement, ascending. */
  readonly maxima: Float64Array;
  /** Number of arrangements drawn, or all of them. */
  readonly arrangements: number;
  /** Whether all arrangements were counted. */
  readonly exact: boolean;
}

/** Most arrangements that are counted one by one. */
const MOST_EXACT = 10_000;

/**
 * An arrangement ties with the observed one when its statistic comes this near. Arrangements that tie on paper differ by
 * rounding (whole-number sums hold 26 bits of a score), in one direction or the other depending on the order of the rows;
 * counting them as ties keeps p valid and makes it independent of that order.
 */
const TIE = 1 - 1e-6;

/** Counts arrangements against the observed statistics. */
class Tally {
  readonly observed: Float64Array;
  readonly errors: Float64Array;
  readonly order: Uint32Array;
  readonly rawCounts: Float64Array;
  readonly stepCounts: Float64Array;
  readonly maxima: Float64Array;
  private at: number;

  constructor(observed: Float64Array, errors: Float64Array, tested: readonly boolean[], arrangements: number) {
    this.observed = observed;
    this.errors = errors;
    const places: number[] = [];
    for (let v = 0; v < observed.length; v++) if (tested[v]) places.push(v);
    // Ascending: the step-down maxima grow from the weakest value up. Infinity sorts last; ties keep their order.
    places.sort((a, b) => (observed[a]! < observed[b]! ? -1 : observed[a]! > observed[b]! ? 1 : a - b));
    this.order = Uint32Array.from(places);
    this.rawCounts = new Float64Array(observed.length);
    this.stepCounts = new Float64Array(observed.length);
    this.maxima = new Float64Array(arrangements);
    this.at = 0;
  }

  add(t: Float64Array): void {
    let top = 0;
    for (let k = 0; k < this.order.length; k++) {
      const v = this.order[k]!;
      const size = t[v]!;
      const seen = this.observed[v]! * TIE;
      if (size >= seen) this.rawCounts[v]!++;
      if (size > top) top = size;
      // Westfall and Young 1993, step-down max-t: the maximum over this value and all weaker ones.
      if (top >= seen) this.stepCounts[v]!++;
    }
    this.maxima[this.at++] = top;
  }

  result(exact: boolean): ResamplingResult {
    const arrangements = this.at;
    const width = this.observed.length;
    const raw = new Float64Array(width).fill(1);
    const adjusted = new Float64Array(width).fill(1);
    // With random arrangements the observed one counts as one of them; a full count holds it already.
    const extra = exact ? 0 : 1;
    let floor = 0;
    for (let k = this.order.length - 1; k >= 0; k--) {
      const v = this.order[k]!;
      raw[v] = (this.rawCounts[v]! + extra) / (arrangements + extra);
      floor = Math.max(floor, (this.stepCounts[v]! + extra) / (arrangements + extra));
      adjusted[v] = floor;
    }
    return {
      observed: this.observed,
      errors: this.errors,
      raw,
      adjusted,
      maxima: this.maxima.slice(0, arrangements).sort(),
      arrangements,
      exact,
    };
  }
}

function step(job: JobOptions, done: number, total: number): void {
  if (job.signal?.aborted === true)
    throw new SynthproofError('ABORTED', 'compareProfiles: aborted by its signal', { argument: 'signal' });
  if ((done & 63) === 0) job.onProgress?.({ stage: 'permute', done, total });
}

/** C(n, k), or Infinity above the exact limit. */
function choose(n: number, k: number): number {
  let total = 1;
  for (let i = 1; i <= k; i++) {
    total = (total * (n - k + i)) / i;
    if (total > MOST_EXACT) return Infinity;
  }
  return Math.round(total);
}

/** Sums over some units of one value. */
class Sums {
  /** Sum of sums. */
  s = 0;
  /** Sum of their squares. */
  q = 0;
  /** Items. */
  n = 0;
  /** Sum of squared items. */
  d = 0;
  /** Sum of sum times items. */
  c = 0;
  /** Units with items. */
  g = 0;
}

/** Adds up the chosen units of one value, into registers: one pass over one column that stays in the cache. */
function addUp(acc: Sums, data: TestUnits, v: number, chosen: Uint32Array, size: number): void {
  const { sums, counts, units } = data;
  const base = v * units;
  let s = 0;
  let q = 0;
  if (counts === null) {
    for (let i = 0; i < size; i++) {
      const x = sums[base + chosen[i]!]!;
      s += x;
      q += x * x;
    }
    acc.s = s;
    acc.q = q;
    acc.n = size;
    acc.d = size;
    acc.c = s;
    acc.g = size;
    return;
  }
  let n = 0;
  let d = 0;
  let c = 0;
  let g = 0;
  for (let i = 0; i < size; i++) {
    const at = base + chosen[i]!;
    const x = sums[at]!;
    const k = counts[at]!;
    s += x;
    q += x * x;
    n += k;
    d += k * k;
    c += x * k;
    g += k > 0 ? 1 : 0;
  }
  acc.s = s;
  acc.q = q;
  acc.n = n;
  acc.d = d;
  acc.c = c;
  acc.g = g;
}

/**
 * The first `size` steps of a shuffle of `order`. Starting from the order before is as good as from any other. Bounded
 * integers by multiplication with rejection (Lemire 2019), exact below 2^21 units, where the product fits a double.
 */
function fillChosen(order: Uint32Array, size: number, words: Uint32Array, rng: Rng): void {
  const units = order.length;
  const narrow = units <= 2097152;
  if (narrow) rng.fill(words);
  for (let i = 0; i < size; i++) {
    const bound = units - i;
    let j = 0;
    if (narrow) {
      let product = words[i]! * bound;
      let low = product >>> 0;
      if (low < bound) {
        const least = 4294967296 % bound;
        while (low < least) {
          product = rng.nextUint32() * bound;
          low = product >>> 0;
        }
      }
      j = i + (product - low) / 4294967296;
    } else j = i + uniformInt(rng, bound);
    const u = order[j]!;
    order[j] = order[i]!;
    order[i] = u;
  }
}

/**
 * Permutes units between two sides: the first `first` units are the baseline. All values move together, so whatever
 * ties the columns together is kept. Each arrangement adds up its smaller side and takes the other by difference.
 */
export function splitTest(
  data: TestUnits,
  first: number,
  tested: readonly boolean[],
  draws: number,
  rng: Rng,
  job: JobOptions,
): ResamplingResult {
  const { units, width, sums, counts } = data;
  const small = Math.min(first, units - first);
  const order = Uint32Array.from({ length: units }, (_, i) => i);
  const pools = Array.from({ length: width }, (_, v) => poolOf(sums, counts, units, v));
  const totals = Array.from({ length: width }, (_, v) => {
    const total = new Sums();
    addUp(total, data, v, order, units);
    return total;
  });
  const part = new Sums();
  const t = new Float64Array(width);
  const variances = new Float64Array(width).fill(Number.NaN);
  const evaluate = (chosen: Uint32Array): void => {
    for (let v = 0; v < width; v++) {
      const total = totals[v]!;
      const pool = pools[v]!;
      addUp(part, data, v, chosen, small);
      const n = part.n;
      const n2 = total.n - n;
      const g = part.g;
      const g2 = total.g - g;
      t[v] = 0;
      if (g < 2 || g2 < 2) continue;
      const s2 = total.s - part.s;
      const own = sideVariance(n, g, part.s, part.q, part.c, part.d);
      const other = sideVariance(n2, g2, s2, total.q - part.q, total.c - part.c, total.d - part.d);
      const variance = drawn(own, pool, g, n) + drawn(other, pool, g2, n2);
      variances[v] = variance;
      t[v] = statistic(part.s / n - s2 / n2, variance);
    }
  };
  evaluate(small === first ? order : order.slice(first));
  const observed = t.slice();
  const errors = variances.map((variance, v) => Math.sqrt(variance) * data.resolution[v]!);
  const all = choose(units, small);
  if (all <= MOST_EXACT) {
    const tally = new Tally(observed, errors, tested, all);
    const chosen = order.slice(0, small);
    for (let done = 0; done < all; done++) {
      step(job, done, all);
      evaluate(chosen);
      tally.add(t);
      // The next combination in order.
      let i = small - 1;
      while (i >= 0 && chosen[i] === units - small + i) i--;
      if (i < 0) break;
      chosen[i]!++;
      for (let j = i + 1; j < small; j++) chosen[j] = chosen[j - 1]! + 1;
    }
    return tally.result(true);
  }
  const tally = new Tally(observed, errors, tested, draws);
  const words = new Uint32Array(small);
  for (let done = 0; done < draws; done++) {
    step(job, done, draws);
    fillChosen(order, small, words, rng);
    evaluate(order);
    tally.add(t);
  }
  return tally.result(false);
}

/** Swaps the two halves of pairs: flips the signs of their differences, all values of a pair together. */
export function flipTest(
  data: TestUnits,
  tested: readonly boolean[],
  draws: number,
  rng: Rng,
  job: JobOptions,
): ResamplingResult {
  const { units, width, sums, counts } = data;
  const every = Uint32Array.from({ length: units }, (_, i) => i);
  const totals = Array.from({ length: width }, (_, v) => {
    const total = new Sums();
    addUp(total, data, v, every, units);
    return total;
  });
  const signs = new Float64Array(units).fill(1);
  const t = new Float64Array(width);
  const variances = new Float64Array(width).fill(Number.NaN);
  const evaluate = (): void => {
    for (let v = 0; v < width; v++) {
      const base = v * units;
      let s = 0;
      for (let u = 0; u < units; u++) s += signs[u]! * sums[base + u]!;
      const pairs = counts === null ? units : totals[v]!.g;
      t[v] = 0;
      if (pairs < 2) continue;
      variances[v] = sideVariance(pairs, pairs, s, totals[v]!.q, s, pairs);
      t[v] = statistic(s / pairs, variances[v]!);
    }
  };
  evaluate();
  const observed = t.slice();
  const errors = variances.map((variance, v) => Math.sqrt(variance) * data.resolution[v]!);
  const exact = units <= 13;
  const total = exact ? 1 << units : draws;
  const tally = new Tally(observed, errors, tested, total);
  const words = new Uint32Array((units + 31) >>> 5);
  for (let done = 0; done < total; done++) {
    step(job, done, total);
    if (exact) words[0] = done;
    else rng.fill(words);
    for (let u = 0; u < units; u++) signs[u] = 1 - 2 * ((words[u >>> 5]! >>> (u & 31)) & 1);
    evaluate();
    tally.add(t);
  }
  return tally.result(exact);
}
