import { exp } from '../math/exp.ts';
import { log } from '../math/log.ts';
import { wilsonEnds, zFor } from './internal-rates.ts';

/** Katz's log interval of a ratio of rates with half a case added (Walter), so that zero counts have an interval. */
export function ratioEnds(k1: number, n1: number, k2: number, n2: number, z: number): [number, number] {
  const centre = log((k1 + 0.5) / (n1 + 0.5)) - log((k2 + 0.5) / (n2 + 0.5));
  const half = z * Math.sqrt(Math.max(0, 1 / (k1 + 0.5) - 1 / (n1 + 0.5) + 1 / (k2 + 0.5) - 1 / (n2 + 0.5)));
  return [exp(centre - half), exp(centre + half)];
}

/** Simultaneous interval of the figure: Bonferroni over all comparisons, so it also covers the extremes picked from the data. */
export function simultaneousEnds(
  component: { readonly p: Float64Array; readonly n: Float64Array },
  statistic: 'difference' | 'ratio',
  method: 'between_groups' | 'to_overall',
  level: number,
  parts: number,
): [number, number] {
  const { p, n } = component;
  const groups = p.length;
  const comparisons = (method === 'between_groups' ? (groups * (groups - 1)) / 2 : groups) * parts;
  const z = zFor(level, comparisons);
  let total = 0;
  let positives = 0;
  for (let g = 0; g < groups; g++) {
    total += n[g]!;
    positives += p[g]! * n[g]!;
  }
  const ends = Array.from(p, (x, g) => wilsonEnds(x, n[g]!, z));
  let lower = statistic === 'difference' ? 0 : 1;
  let upper = lower;
  const take = (low: number, high: number): void => {
    if (statistic === 'difference') {
      // |d| lies in [max(0, low, -high), max(high, -low)].
      lower = Math.max(lower, low, -high);
      upper = Math.max(upper, high, -low);
    } else {
      // min(r, 1/r) lies in [min(low, 1/high), 1 if the interval holds 1, else the nearer end].
      lower = Math.min(lower, low, high === 0 ? Infinity : 1 / high);
      upper = Math.min(upper, low <= 1 && high >= 1 ? 1 : high < 1 ? high : 1 / low);
    }
  };
  if (method === 'between_groups') {
    for (let a = 0; a < groups; a++)
      for (let b = 0; b < a; b++) {
        const x = p[a]!;
        const y = p[b]!;
        if (statistic === 'difference') {
          const d = x - y;
          const [la, ua] = ends[a]!;
          const [lb, ub] = ends[b]!;
          take(
            d - Math.sqrt((x - la) * (x - la) + (ub - y) * (ub - y)),
            d + Math.sqrt((ua - x) * (ua - x) + (y - lb) * (y - lb)),
          );
        } else take(...ratioEnds(x * n[a]!, n[a]!, y * n[b]!, n[b]!, z));
      }
  } else {
    for (let g = 0; g < groups; g++) {
      // Against all rows: p_g - p = (1 - f)(p_g - p_rest) with f the group's part, so the rest gives the interval.
      const restN = total - n[g]!;
      if (restN <= 0) continue;
      const f = n[g]! / total;
      const x = p[g]!;
      const y = Math.min(1, Math.max(0, (positives - x * n[g]!) / restN));
      if (statistic === 'difference') {
        const d = (1 - f) * (x - y);
        const [la, ua] = ends[g]!;
        const [lb, ub] = wilsonEnds(y, restN, z);
        take(
          d - (1 - f) * Math.sqrt((x - la) * (x - la) + (ub - y) * (ub - y)),
          d + (1 - f) * Math.sqrt((ua - x) * (ua - x) + (y - lb) * (y - lb)),
        );
      } else {
        const [low, high] = ratioEnds(x * n[g]!, n[g]!, y * restN, restN, z);
        take(low / (f * low + 1 - f), high / (f * high + 1 - f));
      }
    }
  }
  return [Math.max(0, lower), Math.min(1, upper)];
}

/** Rates shrunk to their mean by reliability: DerSimonian-Laird between-group variance, then empirical Bayes. */
export function shrinkRates(p: Float64Array, n: Float64Array): Float64Array {
  let total = 0;
  let positives = 0;
  for (let g = 0; g < p.length; g++) {
    total += n[g]!;
    positives += p[g]! * n[g]!;
  }
  const mean = total === 0 ? 0 : positives / total;
  const unit = mean * (1 - mean);
  if (unit <= 0) return p.slice();
  let q = 0;
  let weight = 0;
  let squares = 0;
  for (let g = 0; g < p.length; g++) {
    const w = n[g]! / unit;
    q += w * (p[g]! - mean) * (p[g]! - mean);
    weight += w;
    squares += w * w;
  }
  const scale = weight - squares / weight;
  const between = scale <= 0 ? 0 : Math.max(0, (q - (p.length - 1)) / scale);
  return p.map((x, g) =>
    between === 0 ? mean : mean + (between / (between + unit / Math.max(n[g]!, 1e-9))) * (x - mean),
  );
}
