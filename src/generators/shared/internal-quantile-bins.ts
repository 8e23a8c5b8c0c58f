/**
 * Cuts distinct values with their counts into at most `bins` runs: where each run starts, and once more the end. One value
 * a run when there are few enough. Otherwise a value with twice a run's share of the rows (a spike, as the zeros of an
 * income column) gets a run of its own, and the others are cut at equal shares of the remaining rows. Runs with fewer than
 * `least` rows are joined to a neighbour.
 */
export function quantileBins(counts: ArrayLike<number>, bins: number, least: number): number[] {
  const size = counts.length;
  const starts: number[] = [];
  if (size <= bins) for (let i = 0; i < size; i++) starts.push(i);
  else cutRuns(counts, bins, starts);
  starts.push(size);
  return joinSmall(counts, starts, least);
}

function cutRuns(counts: ArrayLike<number>, bins: number, starts: number[]): void {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  let rest = total;
  let spikes = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! * bins < 2 * total) continue;
    spikes++;
    rest -= counts[i]!;
  }
  // Each spike takes one run and may cut another in two: with its two shares it pays for both.
  const open = Math.max(1, bins - 2 * spikes);
  let before = 0;
  let group = -1;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count * bins >= 2 * total) {
      starts.push(i);
      group = -1;
      continue;
    }
    const own = Math.floor((open * (before + count / 2)) / rest);
    if (own !== group) starts.push(i);
    group = own;
    before += count;
  }
}

function joinSmall(counts: ArrayLike<number>, starts: readonly number[], least: number): number[] {
  const out = [0];
  let rows = 0;
  for (let b = 0; b + 1 < starts.length; b++) {
    for (let i = starts[b]!; i < starts[b + 1]!; i++) rows += counts[i]!;
    const last = b + 2 === starts.length;
    if (rows < least && !last) continue;
    // A last run that is too small joins the one before it.
    if (rows < least && out.length > 1) out.pop();
    out.push(starts[b + 1]!);
    rows = 0;
  }
  return out;
}
