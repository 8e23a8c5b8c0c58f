import { normalQuantile } from '../math/normal-quantile.ts';
import { studentTQuantile } from '../math/student-t-quantile.ts';
import { fillShuffled } from '../random/fill-shuffled.ts';
import { multinomial } from '../random/multinomial.ts';
import { quantile } from '../stats/quantile.ts';
import type { Rng } from '../types.ts';

/** Rows per distinct score (rising), in the classes rest & negative, rest & positive, group & negative, group & positive. */
export type RocCounts = readonly Float64Array[];

/** A ROC curve: its corners by rising false positive rate. */
interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The curve through the points of all distinct scores, from the highest down. */
export function rocCurve(negative: Float64Array, positive: Float64Array): Curve {
  const size = negative.length;
  const x = new Float64Array(size + 1);
  const y = new Float64Array(size + 1);
  for (let k = 1; k <= size; k++) {
    x[k] = x[k - 1]! + negative[size - k]!;
    y[k] = y[k - 1]! + positive[size - k]!;
  }
  const [negatives, positives] = [x[size]!, y[size]!];
  for (let k = 1; k <= size; k++) {
    x[k]! /= negatives;
    y[k]! /= positives;
  }
  return { x, y };
}

export function areaUnder({ x, y }: Curve): number {
  let sum = 0;
  for (let k = 1; k < x.length; k++) sum += ((x[k]! - x[k - 1]!) * (y[k]! + y[k - 1]!)) / 2;
  return sum;
}

/** Integral of |a - b| over both curves' corners; within a piece both are straight and may cross once. */
export function areaBetween(a: Curve, b: Curve): number {
  let i = 0;
  let j = 0;
  let x = 0;
  let sum = 0;
  const skip = (c: Curve, k: number, to: number): number => {
    while (k + 1 < c.x.length && c.x[k + 1]! <= to) k++;
    return k;
  };
  i = skip(a, 0, 0);
  j = skip(b, 0, 0);
  const height = (c: Curve, k: number, to: number): number => {
    const width = c.x[k + 1]! - c.x[k]!;
    return c.y[k]! + ((c.y[k + 1]! - c.y[k]!) * (to - c.x[k]!)) / width;
  };
  while (i + 1 < a.x.length && j + 1 < b.x.length) {
    const end = Math.min(a.x[i + 1]!, b.x[j + 1]!);
    const before = height(a, i, x) - height(b, j, x);
    const after = height(a, i, end) - height(b, j, end);
    const width = end - x;
    sum +=
      before * after >= 0
        ? (width * Math.abs(before + after)) / 2
        : (width * (before * before + after * after)) / (2 * (Math.abs(before) + Math.abs(after)));
    x = end;
    i = skip(a, i, end);
    j = skip(b, j, end);
  }
  return sum;
}

/** Variance of the area under a curve (DeLong, DeLong & Clarke-Pearson 1988), from counts alone; never 0. */
export function areaVariance(negative: Float64Array, positive: Float64Array): number {
  let [negatives, positives] = [0, 0];
  for (let k = 0; k < negative.length; k++) {
    negatives += negative[k]!;
    positives += positive[k]!;
  }
  // Each positive's share of negatives below it, each negative's share of positives above it; ties count half.
  let [sumPositive, squarePositive, sumNegative, squareNegative] = [0, 0, 0, 0];
  let [below, above] = [0, positives];
  for (let k = 0; k < negative.length; k++) {
    above -= positive[k]!;
    const share = (below + negative[k]! / 2) / negatives;
    const beaten = (above + positive[k]! / 2) / positives;
    sumPositive += positive[k]! * share;
    squarePositive += positive[k]! * share * share;
    sumNegative += negative[k]! * beaten;
    squareNegative += negative[k]! * beaten * beaten;
    below += negative[k]!;
  }
  const part = (sum: number, square: number, n: number): number =>
    n < 2 ? 0.25 : Math.max(0, square - (sum * sum) / n) / ((n - 1) * n);
  const variance = part(sumPositive, squarePositive, positives) + part(sumNegative, squareNegative, negatives);
  // Where nearly all pairs are in order the sample shows no spread; then that of half a row out of order (Hanley & McNeil 1982).
  const out = 0.5 / Math.min(positives, negatives);
  const area = sumPositive / positives;
  if (area >= out && area <= 1 - out) return variance;
  const least = 1 - out;
  const [q1, q2] = [least / (2 - least), (2 * least * least) / (1 + least)];
  const square = least * least;
  const bound = least * out + (positives - 1) * (q1 - square) + (negatives - 1) * (q2 - square);
  return Math.max(variance, bound / (positives * negatives));
}

/** Draws of the counts when rows keep score and label, but are dealt anew to group and rest within each label. */
export function shuffleSides(counts: RocCounts, rng: Rng): () => RocCounts {
  const decks = [0, 1].map((label) => {
    const both = [counts[label]!, counts[2 + label]!] as const;
    let n = 0;
    for (const side of both) for (const count of side) n += count;
    const slots = new Int32Array(n);
    const sides = new Uint8Array(n);
    let at = 0;
    for (let k = 0; k < both[0].length; k++)
      for (let side = 0; side < 2; side++) {
        const end = at + both[side]![k]!;
        slots.fill(k, at, end);
        sides.fill(side, at, end);
        at = end;
      }
    return { slots, sides };
  });
  return () => {
    const drawn = counts.map((one) => new Float64Array(one.length));
    decks.forEach(({ slots, sides }, label) => {
      fillShuffled(sides, rng);
      for (let i = 0; i < slots.length; i++) drawn[2 * sides[i]! + label]![slots[i]!]!++;
    });
    return drawn;
  };
}

/** Points at which the difference of curves is followed through the resamples. */
const GRID = 256;
/** Differences within so many standard errors of 0 are taken for a piece where the curves may be equal. */
const NEAR = 3;

/** Height of a curve in the middle of each of {@link GRID} equal pieces of the axis. */
function heights({ x, y }: Curve): Float64Array {
  const out = new Float64Array(GRID);
  for (let j = 0, k = 0; j < GRID; j++) {
    const at = (j + 0.5) / GRID;
    while (x[k + 1]! <= at) k++;
    out[j] = y[k]! + ((y[k + 1]! - y[k]!) * (at - x[k]!)) / (x[k + 1]! - x[k]!);
  }
  return out;
}

function heightGap(counts: RocCounts): Float64Array {
  const rest = heights(rocCurve(counts[0]!, counts[1]!));
  const group = heights(rocCurve(counts[2]!, counts[3]!));
  return group.map((height, j) => height - rest[j]!);
}

/**
 * Ends of an interval of the area between the curves. |difference| has a corner at 0, where percentiles of the resampled area fail
 * (they leave 0 out when the curves are equal); so the resampled change of the difference is carried through the directional
 * derivative of the area: signed where the curves are apart, absolute where they may be equal (Fang & Santos 2019). Which pieces are
 * equal is never sure, so the lower end takes all that may be for equal, and the upper end none of them, with their signs as they
 * are or all on the side of the whole difference: each errs to the wide side.
 * Resamples are multinomial draws within each of the four classes.
 */
export function bootstrapArea(
  counts: RocCounts,
  area: number,
  resamples: number,
  level: number,
  rng: Rng,
): readonly [number, number] {
  const here = heightGap(counts);
  const classes = counts.map((one) => {
    const slots = Int32Array.from(one.keys()).filter((k) => one[k]! > 0);
    const n = Float64Array.from(slots, (k) => one[k]!);
    return { slots, n, total: n.reduce((sum, x) => sum + x, 0) };
  });
  const changes = new Float64Array(resamples * GRID);
  const squares = new Float64Array(GRID);
  for (let b = 0; b < resamples; b++) {
    const drawn = counts.map((one, c) => {
      const out = new Float64Array(one.length);
      const { slots, n, total } = classes[c]!;
      multinomial(rng, total, n).forEach((count, i) => {
        out[slots[i]!] = count;
      });
      return out;
    });
    const there = heightGap(drawn);
    for (let j = 0; j < GRID; j++) {
      const change = there[j]! - here[j]!;
      changes[b * GRID + j] = change;
      squares[j]! += change * change;
    }
  }
  const near = here.map((gap, j) => (gap * gap <= (NEAR * NEAR * squares[j]!) / resamples ? 1 : 0));
  const signed = new Float64Array(resamples);
  const cautious = new Float64Array(resamples);
  const leaning = new Float64Array(resamples);
  const lean = here.reduce((sum, gap) => sum + gap, 0) < 0 ? -1 : 1;
  for (let b = 0; b < resamples; b++) {
    for (let j = 0; j < GRID; j++) {
      const change = changes[b * GRID + j]! / GRID;
      const along = here[j]! < 0 ? -change : change;
      signed[b]! += along;
      cautious[b]! += near[j] === 1 ? Math.abs(change) : along;
      leaning[b]! += near[j] === 1 ? lean * change : along;
    }
  }
  const tail = (1 - level) / 2;
  // Resamples of a small class spread too little, as a normal interval with the sample's own spread is too narrow.
  const least = Math.max(2, Math.min(...classes.map((one) => one.total)));
  const widen = Math.sqrt(least / (least - 1)) * (studentTQuantile(1 - tail, least - 1) / normalQuantile(1 - tail));
  // The larger tail serves both sides: resamples lean the wrong way where a curve comes near its bounds.
  const [low, high] = [-quantile(signed, tail), quantile(signed, 1 - tail)];
  const down = widen * Math.max(low, quantile(cautious, 1 - tail));
  const up = widen * Math.max(low, high, -quantile(leaning, tail), quantile(leaning, 1 - tail));
  return [Math.min(area, Math.max(0, area - down)), Math.max(area, Math.min(1, area + up))];
}
