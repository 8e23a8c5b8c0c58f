/** Groups of a column's declared states. */
export interface Grouping {
  /** Group of each state, 0 to size - 1. */
  readonly groups: Int32Array;
  /** Number of groups. */
  readonly size: number;
}

/** More runs of a numeric column would cost more noise than they tell. */
const MOST_RUNS = 20;

/**
 * Groups states whose noisy count is below three standard deviations of the noise, so that two-way tables spend no noise
 * on nearly empty cells. Bins of a numeric column join their neighbours, until there are at most 20 runs of them; other
 * levels become one group.
 */
export function groupStates(counts: Float64Array, variance: number, bins: number, total: number): Grouping {
  let grouping = groupFrom(counts, variance, bins, 0);
  for (let least = total / 256; runs(grouping, bins) > MOST_RUNS && least < total; least *= 1.25)
    grouping = groupFrom(counts, variance, bins, least);
  return grouping;
}

function runs({ groups }: Grouping, bins: number): number {
  return bins === 0 ? 0 : groups[bins - 1]! + 1;
}

function groupFrom(counts: Float64Array, variance: number, bins: number, least: number): Grouping {
  const groups = new Int32Array(counts.length);
  let size = 0;
  let open = -1;
  let rows = 0;
  let states = 0;
  for (let s = 0; s < bins; s++) {
    if (open < 0) {
      open = size++;
      rows = 0;
      states = 0;
    }
    groups[s] = open;
    rows += counts[s]!;
    states++;
    if (rows >= least && isEnough(rows, variance * states)) open = -1;
  }
  // A last run that stayed below joins the one before it.
  if (open > 0) {
    for (let s = bins - 1; groups[s] === open; s--) groups[s] = open - 1;
    size--;
  }
  let pool = -1;
  for (let s = bins; s < counts.length; s++) {
    if (isEnough(counts[s]!, variance)) groups[s] = size++;
    else {
      if (pool < 0) pool = size++;
      groups[s] = pool;
    }
  }
  return { groups, size };
}

function isEnough(count: number, variance: number): boolean {
  return count > 0 && count * count >= 9 * variance;
}

/** Sums of a column's counts by group. */
export function sumGroups(counts: Float64Array, { groups, size }: Grouping): Float64Array {
  const out = new Float64Array(size);
  for (let s = 0; s < counts.length; s++) out[groups[s]!]! += counts[s]!;
  return out;
}
