import { SynthproofError } from '../errors.ts';
import { codeTexts } from './internal-labels.ts';
import { type Moments, momentsOf, scaleOf } from './internal-moments.ts';
import { quantizeUnits, type TestUnits } from './internal-units.ts';
import type { ProfileScores } from './profile-values.ts';

/** What one side of a comparison holds of one value. */
export interface Side {
  /** Finite scores (pairs: means by id). */
  readonly values: Float64Array;
  readonly moments: Moments;
}

/** A difference of means with its standard error. */
export interface Contrast {
  readonly delta: number;
  /** NaN when it cannot be estimated. */
  readonly se: number;
  readonly df: number;
}

/** A comparison made ready: one entry per value, and the units of the resampling test. */
export interface Design {
  readonly baseline: readonly Side[];
  readonly current: readonly Side[];
  readonly contrasts: readonly Contrast[];
  readonly units: TestUnits;
  /** Units of the baseline; they come first. Equal to all units for pairs. */
  readonly first: number;
  readonly warnings: readonly string[];
  /** Name of the intervals of single values. */
  readonly method: string;
}

function sideOf(values: Float64Array): Side {
  return { values, moments: momentsOf(values) };
}

function finiteOf(scores: Float64Array): Float64Array {
  return scores.filter((x) => x - x === 0);
}

/** Items of two data sets that have nothing to do with each other. */
export function independentDesign(a: ProfileScores, b: ProfileScores, n: number, m: number): Design {
  return clusteredDesign(a, b, null, null, n, m, []);
}

/** Items in clusters; every cluster belongs to one side. Null: each item is its own. */
export function clusteredDesign(
  a: ProfileScores,
  b: ProfileScores,
  aLabels: readonly string[] | null,
  bLabels: readonly string[] | null,
  n: number,
  m: number,
  warnings: readonly string[],
): Design {
  const width = a.columns.length;
  const plain = aLabels === null && bLabels === null;
  const aCodes = aLabels === null ? null : codeTexts(aLabels);
  const bCodes = bLabels === null ? null : codeTexts(bLabels);
  const first = aCodes === null ? n : aCodes.names.length;
  const units = first + (bCodes === null ? m : bCodes.names.length);
  const sums = new Float64Array(units * width);
  const counts = new Float64Array(units * width);
  const scales = new Float64Array(width);
  const baseline: Side[] = [];
  const current: Side[] = [];
  const contrasts: Contrast[] = [];
  let complete = true;
  for (let v = 0; v < width; v++) {
    const x = finiteOf(a.columns[v]!);
    const y = finiteOf(b.columns[v]!);
    const before = sideOf(x);
    const after = sideOf(y);
    baseline.push(before);
    current.push(after);
    // Centred on the pooled mean, so that clusters of unequal size do not turn a common level into spread.
    const scale = Math.max(before.moments.scale, after.moments.scale);
    scales[v] = scale;
    const all = x.length + y.length;
    const centre =
      all === 0
        ? 0
        : (before.moments.mean / scale) * (x.length / all) + (after.moments.mean / scale) * (y.length / all);
    const put = (scores: Float64Array, codes: Int32Array | null, offset: number): void => {
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        if (score - score !== 0) {
          complete = false;
          continue;
        }
        const at = (offset + (codes === null ? i : codes[i]!)) * width + v;
        sums[at] = sums[at]! + (score / scale - centre);
        counts[at] = counts[at]! + 1;
      }
    };
    put(a.columns[v]!, aCodes?.codes ?? null, 0);
    put(b.columns[v]!, bCodes?.codes ?? null, first);
    contrasts.push(
      plain
        ? welch(before.moments, after.moments)
        : clusterContrast(before.moments, after.moments, sums, counts, first, units, width, v, centre, scale),
    );
  }
  const kept = plain && complete ? null : counts;
  return {
    baseline,
    current,
    contrasts,
    units: quantizeUnits(sums, units, width, kept, scales),
    first,
    warnings,
    method: plain ? 'welch' : 'welch-clusters',
  };
}

/** Welch's contrast of two independent means. */
function welch(a: Moments, b: Moments): Contrast {
  const delta = b.mean - a.mean;
  if (a.n < 2 || b.n < 2) return { delta, se: Number.NaN, df: 0 };
  const scale = Math.max(a.scale, b.scale);
  const p = (a.scaledVariance / a.n) * (a.scale / scale) * (a.scale / scale);
  const q = (b.scaledVariance / b.n) * (b.scale / scale) * (b.scale / scale);
  const total = p + q;
  if (total === 0) return { delta, se: 0, df: a.n + b.n - 2 };
  // Satterthwaite's degrees of freedom, in shares so that no square underflows.
  const share = p / total;
  return {
    delta,
    se: Math.sqrt(total) * scale,
    df: 1 / ((share * share) / (a.n - 1) + ((1 - share) * (1 - share)) / (b.n - 1)),
  };
}

function clusterContrast(
  a: Moments,
  b: Moments,
  sums: Float64Array,
  counts: Float64Array,
  first: number,
  units: number,
  width: number,
  v: number,
  centre: number,
  scale: number,
): Contrast {
  const side = (from: number, to: number, moments: Moments): { variance: number; used: number } => {
    const mean = moments.mean / scale - centre;
    let total = 0;
    let used = 0;
    for (let u = from; u < to; u++) {
      const c = counts[u * width + v]!;
      if (c === 0) continue;
      const rest = sums[u * width + v]! - c * mean;
      total += rest * rest;
      used++;
    }
    const n = moments.n;
    return { variance: used < 2 ? Number.NaN : ((total / n) * (used / (used - 1))) / n, used };
  };
  const p = side(0, first, a);
  const q = side(first, units, b);
  const total = p.variance + q.variance;
  const delta = b.mean - a.mean;
  if (Number.isNaN(total)) return { delta, se: Number.NaN, df: 0 };
  if (a.sd === 0 && b.sd === 0) return { delta, se: 0, df: p.used + q.used - 2 };
  const share = total === 0 ? 0.5 : p.variance / total;
  return {
    delta,
    se: Math.sqrt(total) * scale,
    df: 1 / ((share * share) / (p.used - 1) + ((1 - share) * (1 - share)) / (q.used - 1)),
  };
}

/** Means by id of the items that both sides name. */
export function pairedDesign(a: ProfileScores, b: ProfileScores): Design {
  if (a.ids === undefined || b.ids === undefined)
    throw new SynthproofError(
      'BAD_OPTION',
      'design: expected profiles made with ids on both sides for "paired", received one without; give ids to profileValues()',
      {
        argument: 'design',
      },
    );
  const places = new Map<string, number>();
  const inB = new Set(b.ids);
  for (const id of a.ids) if (inB.has(id) && !places.has(id)) places.set(id, places.size);
  const pairs = places.size;
  const lonelyA = a.ids.filter((id) => !places.has(id)).length;
  const lonelyB = b.ids.filter((id) => !places.has(id)).length;
  const warnings =
    lonelyA + lonelyB === 0
      ? []
      : [`${lonelyA} baseline and ${lonelyB} current items have no partner and are left out`];
  const width = a.columns.length;
  const sums = new Float64Array(pairs * width);
  const counts = new Float64Array(pairs * width);
  const scales = new Float64Array(width);
  const baseline: Side[] = [];
  const current: Side[] = [];
  const contrasts: Contrast[] = [];
  let complete = true;
  for (let v = 0; v < width; v++) {
    const x = meansById(a.columns[v]!, a.ids, places);
    const y = meansById(b.columns[v]!, b.ids, places);
    const kept: number[] = [];
    for (let u = 0; u < pairs; u++) if (!Number.isNaN(x[u]!) && !Number.isNaN(y[u]!)) kept.push(u);
    if (kept.length < pairs) complete = false;
    const before = sideOf(Float64Array.from(kept, (u) => x[u]!));
    const after = sideOf(Float64Array.from(kept, (u) => y[u]!));
    baseline.push(before);
    current.push(after);
    let largest = 0;
    for (const u of kept) largest = Math.max(largest, Math.abs(x[u]!), Math.abs(y[u]!));
    const scale = scaleOf(largest);
    scales[v] = scale;
    const differences = new Float64Array(kept.length);
    kept.forEach((u, k) => {
      differences[k] = y[u]! / scale - x[u]! / scale;
      sums[u * width + v] = differences[k]!;
      counts[u * width + v] = 1;
    });
    const { n, mean, sd } = momentsOf(differences);
    contrasts.push({ delta: mean * scale, se: n < 2 ? Number.NaN : (sd / Math.sqrt(n)) * scale, df: n - 1 });
  }
  const kept = complete ? null : counts;
  return {
    baseline,
    current,
    contrasts,
    units: quantizeUnits(sums, pairs, width, kept, scales),
    first: pairs,
    warnings,
    method: 'paired-t',
  };
}

/** Mean finite score of each id; NaN where it has none. */
function meansById(scores: Float64Array, ids: readonly string[], places: ReadonlyMap<string, number>): Float64Array {
  const out = new Float64Array(places.size);
  const counts = new Float64Array(places.size);
  for (let i = 0; i < scores.length; i++) {
    const place = places.get(ids[i]!);
    const score = scores[i]!;
    if (place === undefined || score - score !== 0) continue;
    counts[place] = counts[place]! + 1;
    // Running mean: no overflow.
    out[place] = out[place]! + (score / counts[place]! - out[place]! / counts[place]!);
  }
  for (let u = 0; u < out.length; u++) if (counts[u] === 0) out[u] = Number.NaN;
  return out;
}
