import { SynthproofError } from '../../errors.ts';
import { checkOneOf } from '../../stats/internal-options.ts';

/** How far apart two ratings are. */
export type AgreementMetric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Options of {@link krippendorffAlpha}. */
export interface KrippendorffOptions {
  /** Distance of two ratings: equal or not, ranks between them, difference, or difference over sum. Default `ordinal`. */
  readonly metric?: AgreementMetric | undefined;
}

/** Result of {@link krippendorffAlpha}. JSON-safe. */
export interface KrippendorffResult {
  /** 1 for full agreement, 0 for what chance gives, below 0 for less; null when it is not defined. */
  readonly alpha: number | null;
  /** Units with at least two ratings. */
  readonly units: number;
  /** Units left out for having one rating or none. */
  readonly unitsLeftOut: number;
  /** Ratings in the units that count. */
  readonly ratings: number;
  /** Why `alpha` is null: `no-pairs`, or `one-category` when all ratings are equal. */
  readonly reason?: string | undefined;
}

const MOST_VALUES = 4000;

/**
 * Krippendorff's alpha: agreement of any number of raters, beyond chance, with missing ratings allowed.
 *
 * 1 - D_o / D_e, mean squared distances within units and over all pairs. 0.8 is the usual mark for firm conclusions, 0.667 for
 * tentative ones. Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
 *
 * @param ratings - One list per rater, one entry per unit; null or NaN for none.
 * @param options - See {@link KrippendorffOptions}.
 * @returns See {@link KrippendorffResult}.
 * @throws {@link SynthproofError} `EMPTY_INPUT` for fewer than two raters; `LENGTH_MISMATCH`; `BAD_VALUE` for an infinite
 * rating or one above 1e100 in size; `OUT_OF_RANGE` for negative ratings or more than 4,000 distinct ones under `ratio`;
 * `BAD_OPTION` for an unknown metric.
 * @example
 * krippendorffAlpha([[1, 2, 3, 3], [1, 2, 3, 3]]).alpha; // => 1
 * krippendorffAlpha([[1, 1], [1, 1]]).reason; // => 'one-category'
 */
export function krippendorffAlpha(
  ratings: readonly (readonly (number | null)[])[],
  options: KrippendorffOptions = {},
): KrippendorffResult {
  const { metric = 'ordinal' } = options;
  checkOneOf('metric', metric, ['nominal', 'ordinal', 'interval', 'ratio']);
  const units = unitsOf(ratings);
  const counted = units.filter((unit) => unit.length >= 2);
  const unitsLeftOut = units.length - counted.length;
  const values = [...new Set(counted.flat())].sort((a, b) => a - b);
  const counts = { units: counted.length, unitsLeftOut, ratings: counted.reduce((n, unit) => n + unit.length, 0) };
  if (counted.length === 0) return { alpha: null, ...counts, reason: 'no-pairs' };
  if (metric === 'ratio' && values.length > MOST_VALUES)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `ratings: expected at most ${MOST_VALUES} distinct ratings with the metric "ratio", received ${values.length}; round them first`,
      { argument: 'ratings' },
    );
  if (metric === 'ratio' && values[0]! < 0)
    throw new SynthproofError(
      'OUT_OF_RANGE',
      `ratings: expected no negative rating with the metric "ratio", received ${values[0]}`,
      {
        argument: 'ratings',
      },
    );
  const place = new Map(values.map((value, v) => [value, v]));
  const totals = new Float64Array(values.length);
  for (const unit of counted) for (const x of unit) totals[place.get(x)!]! += 1;
  const scale = metric === 'ordinal' ? ranksOf(totals) : values;
  const distance = distanceOf(metric, scale);
  let observed = 0;
  for (const unit of counted) {
    let apart = 0;
    for (let i = 0; i < unit.length; i++)
      for (let j = i + 1; j < unit.length; j++) apart += 2 * distance(place.get(unit[i]!)!, place.get(unit[j]!)!);
    observed += apart / (unit.length - 1);
  }
  const expected = values.length < 2 ? 0 : allPairs(metric, scale, totals, counts.ratings, distance);
  if (expected === 0) return { alpha: null, ...counts, reason: 'one-category' };
  return { alpha: 1 - (observed * (counts.ratings - 1)) / expected, ...counts };
}

/** The ratings of each unit, without the missing ones. */
function unitsOf(ratings: readonly (readonly (number | null)[])[]): number[][] {
  if (ratings.length < 2)
    throw new SynthproofError('EMPTY_INPUT', `ratings: expected at least two raters, received ${ratings.length}`, {
      argument: 'ratings',
    });
  const n = ratings[0]!.length;
  const units: number[][] = Array.from({ length: n }, () => []);
  for (const rater of ratings) {
    if (rater.length !== n)
      throw new SynthproofError('LENGTH_MISMATCH', `ratings: expected ${n} units per rater, received ${rater.length}`, {
        argument: 'ratings',
      });
    for (let u = 0; u < n; u++) {
      const x = rater[u]!;
      if (x === null || Number.isNaN(x)) continue;
      if (!(typeof x === 'number' && Math.abs(x) <= 1e100))
        throw new SynthproofError(
          'BAD_VALUE',
          `ratings: expected numbers up to 1e100 in size or null, received ${String(x)}`,
          {
            argument: 'ratings',
            row: u,
          },
        );
      units[u]!.push(x);
    }
  }
  return units;
}

/** Squared distance of the c-th and the k-th value. */
function distanceOf(metric: AgreementMetric, scale: ArrayLike<number>): (c: number, k: number) => number {
  if (metric === 'nominal') return (c, k) => (c === k ? 0 : 1);
  if (metric === 'ratio')
    return (c, k) => {
      const all = scale[c]! + scale[k]!;
      const share = all === 0 ? 0 : (scale[c]! - scale[k]!) / all;
      return share * share;
    };
  return (c, k) => (scale[c]! - scale[k]!) * (scale[c]! - scale[k]!);
}

/** Places of the values by their ratings: between two of them lie all ratings from one to the other, those at the ends by half. */
function ranksOf(totals: Float64Array): Float64Array {
  const ranks = new Float64Array(totals.length);
  for (let v = 1; v < totals.length; v++) ranks[v] = ranks[v - 1]! + (totals[v - 1]! + totals[v]!) / 2;
  return ranks;
}

/** Sum of the squared distances of all pairs of ratings, in either order. */
function allPairs(
  metric: AgreementMetric,
  scale: ArrayLike<number>,
  totals: Float64Array,
  n: number,
  distance: (c: number, k: number) => number,
): number {
  let sum = 0;
  if (metric === 'ratio') {
    for (let c = 0; c < totals.length; c++)
      for (let k = c + 1; k < totals.length; k++) sum += 2 * totals[c]! * totals[k]! * distance(c, k);
    return sum;
  }
  if (metric === 'nominal') {
    for (let c = 0; c < totals.length; c++) sum += totals[c]! * (n - totals[c]!);
    return sum;
  }
  // Squared differences of all pairs are 2 n times those from the mean: one pass instead of one per pair of values.
  let mean = 0;
  for (let c = 0; c < totals.length; c++) mean += (totals[c]! / n) * scale[c]!;
  for (let c = 0; c < totals.length; c++) sum += totals[c]! * (scale[c]! - mean) * (scale[c]! - mean);
  return 2 * n * sum;
}
