import { SynthproofError } from '../../errors.ts';

/** What items are picked from. */
export interface Candidates {
  /** Rows of the candidates. */
  readonly rows: readonly number[];
  /** One array per wanted value: distance of each candidate from the target, in standard deviations. */
  readonly features: readonly Float64Array[];
  /** Vectors by row. */
  readonly vectors: readonly ArrayLike<number>[];
  readonly groups: readonly (string | null)[] | null;
  readonly mostPerGroup: number;
  readonly diversity: number;
  readonly nearDuplicate: number;
}

/** A selection that grows and is exchanged item by item. */
export interface Picker {
  /** Adds the best candidate; false when none is left. */
  add(): boolean;
  /** Replaces the k-th item by a better one if there is one. */
  exchange(k: number): boolean;
  size(): number;
  /** Rows picked. */
  chosen(): number[];
  /** Vendi score of order 2 of the selection. */
  vendi2(): number;
}

/**
 * Cost of a selection S of k items: sum over values of (mean distance)^2, plus diversity * mean of squared cosines over
 * all pairs. `near[i]` holds the sum of squared cosines of candidate i with S, so a candidate's cost is O(values).
 */
export function createPicker(candidates: Candidates): Picker {
  const { rows, features, groups, mostPerGroup, diversity, nearDuplicate } = candidates;
  const n = rows.length;
  const units = unitRows(candidates);
  const width = units.length / n;
  const near = new Float64Array(n);
  const twins = new Int32Array(n);
  const picked: number[] = [];
  const isPicked = new Uint8Array(n);
  const sums = new Float64Array(features.length);
  const counts = new Map<string | null, number>();
  // Sum of squared cosines over all ordered pairs, each with itself included.
  let pairs = 0;

  const update = (item: number, sign: number): void => {
    const base = item * width;
    for (let i = 0; i < n; i++) {
      let dot = 0;
      const at = i * width;
      for (let j = 0; j < width; j++) dot += units[base + j]! * units[at + j]!;
      near[i] = near[i]! + sign * dot * dot;
      // A hair below, so that at 1 twins count in spite of rounding.
      if (dot > nearDuplicate - 1e-9) twins[i] = twins[i]! + sign;
    }
    for (let v = 0; v < features.length; v++) sums[v] = sums[v]! + sign * features[v]![item]!;
    if (groups !== null) counts.set(groups[item]!, (counts.get(groups[item]!) ?? 0) + sign);
    isPicked[item] = sign > 0 ? 1 : 0;
  };
  const insert = (item: number): void => {
    pairs += 2 * near[item]! + 1;
    update(item, 1);
  };
  const remove = (item: number): void => {
    update(item, -1);
    pairs -= 2 * near[item]! + 1;
  };
  const best = (size: number): number => {
    let found = -1;
    let least = Infinity;
    for (let i = 0; i < n; i++) {
      if (isPicked[i] === 1 || twins[i]! > 0) continue;
      if (groups !== null && (counts.get(groups[i]!) ?? 0) >= mostPerGroup) continue;
      let cost = (diversity * (pairs + 2 * near[i]! + 1)) / (size * size);
      for (let v = 0; v < features.length; v++) {
        const mean = (sums[v]! + features[v]![i]!) / size;
        cost += mean * mean;
      }
      if (cost < least) {
        least = cost;
        found = i;
      }
    }
    return found;
  };
  return {
    add() {
      const item = best(picked.length + 1);
      if (item < 0) return false;
      insert(item);
      picked.push(item);
      return true;
    },
    exchange(k) {
      const old = picked[k]!;
      remove(old);
      // The old one competes too, so an exchange never raises the cost.
      const item = best(picked.length);
      const next = item < 0 ? old : item;
      insert(next);
      picked[k] = next;
      return next !== old;
    },
    size: () => picked.length,
    chosen: () => picked.map((item) => rows[item]!),
    vendi2: () => (picked.length === 0 ? 0 : (picked.length * picked.length) / pairs),
  };
}

/** The candidates' vectors at length 1, row by row. */
function unitRows({ rows, vectors }: Candidates): Float64Array {
  const width = vectors[rows[0]!]!.length;
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    const vector = vectors[row]!;
    if (vector.length !== width)
      throw new SynthproofError(
        'LENGTH_MISMATCH',
        `vectors[${row}]: expected ${width} parts, received ${vector.length}`,
        {
          argument: 'vectors',
          row,
        },
      );
    let largest = 0;
    for (let j = 0; j < width; j++) largest = Math.max(largest, Math.abs(vector[j]!));
    let squares = 0;
    for (let j = 0; j < width; j++) squares += (vector[j]! / largest) * (vector[j]! / largest);
    const norm = Math.sqrt(squares);
    for (let j = 0; j < width; j++) out[i * width + j] = vector[j]! / largest / norm;
  });
  return out;
}
