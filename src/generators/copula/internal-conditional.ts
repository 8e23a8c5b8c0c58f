import { exp } from '../../math/exp.ts';
import { log } from '../../math/log.ts';
import { normalCdf } from '../../math/normal-cdf.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { threefryBlock } from '../../random/threefry-block.ts';
import type { Conditions } from './internal-conditions.ts';
import { normalOfWord } from './internal-normals.ts';
import { factorOf } from './internal-sample.ts';

/** Candidates of the first draw where several intervals must hold at once, and rounds of Gibbs sampling after it. */
const CANDIDATES = 8;
const SWEEPS = 8;

/** Latent variables in the order points, intervals, free ones, with what the draws need of the correlations in that order. */
interface Pattern {
  readonly order: Int32Array;
  readonly points: number;
  readonly intervals: number;
  readonly lower: Float64Array;
  /** Of each interval given the other latent variables before the free ones: weights of the other intervals, and deviation. */
  readonly weights: Float64Array;
  readonly deviations: Float64Array;
}

/** Scratch space and constants of one call. */
export class ConditionalDraw {
  readonly conditions: Conditions;
  readonly correlation: readonly number[];
  readonly size: number;
  readonly key: Uint32Array;
  readonly table: Float64Array;
  /** How concentrated each latent variable's classes are: narrow intervals are drawn first. */
  readonly width: Float64Array;
  /** Position among the conditions of each latent variable that has one. */
  private readonly place: Int32Array;
  private readonly patterns = new Map<string, Pattern>();
  private readonly words = new Uint32Array(4);
  private readonly e: Float64Array;
  private readonly score: Float64Array;
  private readonly candidate: Float64Array;

  constructor(
    conditions: Conditions,
    correlation: readonly number[],
    key: Uint32Array,
    table: Float64Array,
    width: Float64Array,
  ) {
    this.conditions = conditions;
    this.correlation = correlation;
    this.size = width.length;
    this.key = key;
    this.table = table;
    this.width = width;
    this.place = new Int32Array(this.size);
    for (let k = 0; k < conditions.latents.length; k++) this.place[conditions.latents[k]!] = k;
    this.e = new Float64Array(this.size);
    this.score = new Float64Array(this.size);
    this.candidate = new Float64Array(this.size);
  }

  /** Scores of one row into `z[latent * stride + at]`; `i` numbers the row among the conditions, `row` among all rows. */
  fillRow(z: Float64Array, stride: number, at: number, i: number, row: number): void {
    const pattern = this.patternOf(i);
    const { order, points, intervals, lower } = pattern;
    const { e, score, size } = this;
    for (let p = 0; p < points; p++) {
      score[p] = this.low(order[p]!, i);
      e[p] = (score[p]! - this.meanAt(lower, p, e)) / lower[p * size + p]!;
    }
    if (intervals === 1) this.drawOne(pattern, i, row);
    else if (intervals > 1) this.drawSeveral(pattern, i, row);
    const given = points + intervals;
    for (let k = given; k < size; k++) {
      if ((k - given) % 4 === 0) this.refill(0, (k - given) >> 2, row);
      e[k] = normalOfWord(this.words[(k - given) % 4]!, this.table);
    }
    for (let k = given; k < size; k++) score[k] = this.meanAt(lower, k, e) + lower[k * size + k]! * e[k]!;
    for (let k = 0; k < size; k++) z[order[k]! * stride + at] = score[k]!;
  }

  /** One interval: the inverse of its conditional distribution function. */
  private drawOne({ order, points, lower }: Pattern, i: number, row: number): void {
    this.refill(1, 0, row);
    this.placeWithin(points, order[points]!, lower, i, unit(this.words[0]!), this.e);
    this.score[points] = this.scoreWithin(points, order[points]!, lower, i, this.e);
  }

  /** Several intervals: one of some sequential draws, chosen by weight, then rounds of Gibbs sampling. */
  private drawSeveral(pattern: Pattern, i: number, row: number): void {
    const { order, points, intervals, lower, weights, deviations } = pattern;
    const { e, score, candidate, size } = this;
    const given = points + intervals;
    let total = 0;
    for (let p = 0; p < points; p++) candidate[p] = e[p]!;
    for (let c = 0; c < CANDIDATES; c++) {
      let weight = 1;
      for (let k = points; k < given; k++) {
        const turn = k - points;
        if (turn % 4 === 0) this.refill(1 + c, turn >> 2, row);
        const mass = this.placeWithin(k, order[k]!, lower, i, unit(this.words[turn % 4]!), candidate);
        // The first interval's probability is the same for all candidates.
        if (k > points) weight *= mass;
      }
      total += weight;
      this.refill(1 + c, 0xffff_ffff, row);
      // Each candidate replaces the one before with its share of the weight so far; without any weight the last stays.
      if (total === 0 || unit(this.words[0]!) * total < weight)
        for (let k = points; k < given; k++) e[k] = candidate[k]!;
    }
    for (let k = points; k < given; k++) score[k] = this.scoreWithin(k, order[k]!, lower, i, e);
    const means = candidate;
    for (let k = points; k < given; k++) {
      let mean = 0;
      for (let p = 0; p < points; p++) mean += lower[k * size + p]! * e[p]!;
      means[k] = mean;
    }
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      for (let a = 0; a < intervals; a++) {
        if (a % 4 === 0) this.refill(1 + CANDIDATES + sweep, a >> 2, row);
        let mean = means[points + a]!;
        for (let b = 0; b < intervals; b++)
          if (b !== a) mean += weights[a * intervals + b]! * (score[points + b]! - means[points + b]!);
        const deviation = deviations[a]!;
        const low = this.low(order[points + a]!, i);
        const high = this.high(order[points + a]!, i);
        const drawn = truncated(unit(this.words[a % 4]!), (low - mean) / deviation, (high - mean) / deviation);
        score[points + a] = Math.min(high, Math.max(low, mean + deviation * drawn));
      }
    }
    for (let k = points; k < given; k++) e[k] = (score[k]! - this.meanAt(lower, k, e)) / lower[k * size + k]!;
  }

  /** Draws e[k] so that the score lies in its interval; gives the interval's probability. */
  private placeWithin(k: number, latent: number, lower: Float64Array, i: number, u: number, e: Float64Array): number {
    const mean = this.meanAt(lower, k, e);
    const own = lower[k * this.size + k]!;
    const a = (this.low(latent, i) - mean) / own;
    const b = (this.high(latent, i) - mean) / own;
    e[k] = truncated(u, a, b);
    return a + b > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
  }

  private scoreWithin(k: number, latent: number, lower: Float64Array, i: number, e: Float64Array): number {
    const score = this.meanAt(lower, k, e) + lower[k * this.size + k]! * e[k]!;
    return Math.min(this.high(latent, i), Math.max(this.low(latent, i), score));
  }

  private meanAt(lower: Float64Array, k: number, e: Float64Array): number {
    let mean = 0;
    for (let j = 0; j < k; j++) mean += lower[k * this.size + j]! * e[j]!;
    return mean;
  }

  private low(latent: number, i: number): number {
    return this.conditions.low[this.place[latent]!]![i]!;
  }

  private high(latent: number, i: number): number {
    return this.conditions.high[this.place[latent]!]![i]!;
  }

  private refill(draw: number, block: number, row: number): void {
    const { key } = this;
    threefryBlock(key[0]!, key[1]!, key[2]!, key[3]!, draw, block, row, Math.floor(row / 4_294_967_296), this.words);
  }

  private patternOf(i: number): Pattern {
    const { latents, low, high } = this.conditions;
    let name = '';
    for (let k = 0; k < latents.length; k++) {
      const from = low[k]![i]!;
      name += Number.isNaN(from) ? 'f' : from === high[k]![i] ? 'p' : 'i';
    }
    let pattern = this.patterns.get(name);
    if (pattern === undefined) {
      pattern = this.makePattern(name);
      this.patterns.set(name, pattern);
    }
    return pattern;
  }

  private makePattern(name: string): Pattern {
    const { latents } = this.conditions;
    const { size, correlation, width } = this;
    const points = latents.filter((_, k) => name[k] === 'p');
    const intervals = latents.filter((_, k) => name[k] === 'i').sort((a, b) => width[a]! - width[b]! || a - b);
    const given = [...points, ...intervals];
    const order = [...given];
    for (let k = 0; k < size; k++) if (!given.includes(k)) order.push(k);
    const permuted = new Float64Array(size * size);
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) permuted[a * size + b] = correlation[order[a]! * size + order[b]!]!;
    const lower = factorOf(permuted);
    const m = intervals.length;
    const { weights, deviations } = fullConditionals(lower, size, points.length, m);
    return { order: Int32Array.from(order), points: points.length, intervals: m, lower, weights, deviations };
  }
}

/** Weights and deviations of each interval's score given the others, from the inverse of L_qq L_qq'. */
function fullConditionals(
  lower: Float64Array,
  size: number,
  points: number,
  m: number,
): { weights: Float64Array; deviations: Float64Array } {
  // Rows of the inverse of the triangular block, then its products: precision = inverse' inverse.
  const inverse = new Float64Array(m * m);
  for (let c = 0; c < m; c++) {
    for (let r = c; r < m; r++) {
      let rest = r === c ? 1 : 0;
      for (let k = c; k < r; k++) rest -= lower[(points + r) * size + points + k]! * inverse[k * m + c]!;
      inverse[r * m + c] = rest / lower[(points + r) * size + points + r]!;
    }
  }
  const precision = new Float64Array(m * m);
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++)
      for (let k = Math.max(a, b); k < m; k++) precision[a * m + b]! += inverse[k * m + a]! * inverse[k * m + b]!;
  const weights = new Float64Array(m * m);
  const deviations = new Float64Array(m);
  for (let a = 0; a < m; a++) {
    deviations[a] = 1 / Math.sqrt(precision[a * m + a]!);
    for (let b = 0; b < m; b++) weights[a * m + b] = -precision[a * m + b]! / precision[a * m + a]!;
  }
  return { weights, deviations };
}

/** A word as a number between 0 and 1, both left out. */
function unit(word: number): number {
  return (word + 0.5) / 4_294_967_296;
}

/** Beyond this many deviations the tail is exponential to 1e-3 of itself, and its probability soon leaves the doubles. */
const FAR = 30;

/** Quantile of a standard normal cut to [a, b]; in the far tail by its exponential limit, so that no interval is too far. */
export function truncated(u: number, a: number, b: number): number {
  // In the left tail, where small probabilities keep their digits.
  if (a + b > 0) return -truncated(1 - u, -b, -a);
  if (b < -FAR) {
    const size = -b;
    const most = (b - a) * size;
    // e^-x between 1 and e^-most; a wide interval is as good as an open one.
    const x = most > 36 ? -log(u) : most < 1e-9 ? u * most : -log(1 - (1 - u) * (1 - exp(-most)));
    return Math.max(a, b - x / size);
  }
  const low = normalCdf(a);
  const z = normalQuantile(low + u * (normalCdf(b) - low));
  return Math.min(b, Math.max(a, z));
}
