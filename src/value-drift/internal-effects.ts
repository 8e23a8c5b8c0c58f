/** How two samples differ beyond their means. */
export interface SampleDistances {
  /** Kolmogorov-Smirnov statistic, 0 to 1. */
  readonly ks: number;
  /** Wasserstein-1 distance in the values' unit; Infinity when it overflows. */
  readonly w1: number;
  /** Cliff's delta: P(b > a) - P(b < a), -1 to 1. */
  readonly cliff: number;
}

/** All three distances in one merge of the sorted samples. Both must be finite and not empty. */
export function sampleDistances(a: Float64Array, b: Float64Array): SampleDistances {
  const x = a.slice().sort();
  const y = b.slice().sort();
  const n = x.length;
  const m = y.length;
  let i = 0;
  let j = 0;
  let ks = 0;
  let w1 = 0;
  let wins = 0;
  let previous = Math.min(x[0]!, y[0]!);
  let gap = 0;
  while (i < n || j < m) {
    const at = j === m || (i < n && x[i]! <= y[j]!) ? x[i]! : y[j]!;
    // The distribution functions differed by `gap` since the last distinct value.
    if (gap > 0) w1 += gap * (at - previous);
    const below = i;
    let same = 0;
    while (i < n && x[i] === at) i++;
    while (j < m && y[j] === at) {
      j++;
      same++;
    }
    // Each of these b's beats the `below` smaller a's and loses to the a's still to come.
    wins += same * (below - (n - i));
    gap = Math.abs(i / n - j / m);
    if (gap > ks) ks = gap;
    previous = at;
  }
  return { ks, w1, cliff: wins / (n * m) };
}
