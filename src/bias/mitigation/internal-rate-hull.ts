/** One way to decide on scores: everyone, nobody, or those above a threshold. */
export type ScoreRule =
  | {
      /** Everyone or nobody. */
      readonly select: 'all' | 'none';
    }
  | {
      /** Those above the threshold. */
      readonly select: 'above';
      /** The threshold, in the unit of the scores. */
      readonly threshold: number;
    };

/** What a rule gives on the rows it was fitted to. */
export interface RatePoint {
  readonly rule: ScoreRule;
  /** Rate of selected rows. */
  readonly selected: number;
  /** False positive rate; 0 when the group has no negatives. */
  readonly falsePositive: number;
  /** True positive rate; 0 when the group has no positives. */
  readonly truePositive: number;
}

/** Scores, labels and weights of one group. */
export interface ScoredRows {
  readonly score: readonly number[];
  readonly label: readonly number[];
  readonly weight: readonly number[];
}

/** A threshold that lies between two scores even where their middle rounds up to the higher one. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}

/** Rates of every threshold, from selecting nobody to selecting everyone; equal scores are never parted. */
export function ratePoints({ score, label, weight }: ScoredRows): RatePoint[] {
  const order = Int32Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[b]! - score[a]! || a - b);
  const totals = [0, 0];
  for (let i = 0; i < score.length; i++) totals[label[i]!]! += weight[i]!;
  const all = totals[0]! + totals[1]!;
  const points: RatePoint[] = [{ rule: { select: 'none' }, selected: 0, falsePositive: 0, truePositive: 0 }];
  const seen = [0, 0];
  for (let k = 0; k < order.length; ) {
    const at = score[order[k]!]!;
    while (k < order.length && score[order[k]!] === at) {
      const row = order[k++]!;
      seen[label[row]!]! += weight[row]!;
    }
    const last = k === order.length;
    points.push({
      rule: last ? { select: 'all' } : { select: 'above', threshold: between(score[order[k]!]!, at) },
      selected: last ? 1 : (seen[0]! + seen[1]!) / all,
      falsePositive: totals[0] === 0 ? 0 : last ? 1 : seen[0]! / totals[0]!,
      truePositive: totals[1] === 0 ? 0 : last ? 1 : seen[1]! / totals[1]!,
    });
  }
  return points;
}

/** A vertex of a hull. */
export interface HullPoint {
  readonly x: number;
  readonly y: number;
  readonly rule: ScoreRule;
}

/** Upper convex hull of points, by rising x: what mixing two rules can reach at best. */
export function upperHull(points: readonly HullPoint[]): HullPoint[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || b.y - a.y);
  const hull: HullPoint[] = [];
  for (const point of sorted) {
    if (hull.length > 0 && hull[hull.length - 1]!.x === point.x) continue;
    while (hull.length >= 2) {
      const a = hull[hull.length - 2]!;
      const b = hull[hull.length - 1]!;
      // Drop b when it lies on or under the line from a to the new point.
      if ((b.y - a.y) * (point.x - a.x) > (point.y - a.y) * (b.x - a.x)) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}

/** The hull at x: its height and the mix of two neighbouring rules that reaches it. */
export function hullAt(
  hull: readonly HullPoint[],
  x: number,
): { readonly y: number; readonly lower: ScoreRule; readonly upper: ScoreRule; readonly mix: number } {
  let k = 1;
  while (k < hull.length - 1 && hull[k]!.x < x) k++;
  const a = hull[Math.max(0, k - 1)]!;
  const b = hull[Math.min(k, hull.length - 1)]!;
  const mix = b.x === a.x ? 0 : Math.min(1, Math.max(0, (x - a.x) / (b.x - a.x)));
  return { y: mix === 1 ? b.y : a.y + mix * (b.y - a.y), lower: a.rule, upper: b.rule, mix };
}
