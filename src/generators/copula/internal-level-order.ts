import type { Latent } from './internal-latent.ts';

/** A variable that explains this share of its variance by a column's levels alone sets their order. */
const DETERMINED = 0.9;

/** Power iterations for the first principal component; only an order is read off it. */
const ITERATIONS = 50;

/**
 * Codes of a nominal column in latent order: by the levels' mean score of a variable that the levels all but determine (a
 * code beside its text), else of the target, else along the first principal component of their mean scores of all other
 * variables, weighted by rows. Null when nothing tells the levels apart.
 */
export function orderLevels(
  codes: Int32Array,
  size: number,
  others: readonly Latent[],
  target: Latent | undefined,
): number[] | null {
  const q = others.length;
  const rows = new Float64Array(size + 1);
  for (let i = 0; i < codes.length; i++) rows[codes[i]!]!++;
  const observed = codes.length - rows[size]!;
  const means = new Float64Array(size * q);
  let determined = -1;
  let most = DETERMINED;
  for (let k = 0; k < q; k++) {
    const { scores } = others[k]!;
    const sums = new Float64Array(size + 1);
    for (let i = 0; i < codes.length; i++) sums[codes[i]!]! += scores[i]!;
    let explained = 0;
    for (let l = 0; l < size; l++) {
      if (rows[l] === 0) continue;
      means[l * q + k] = sums[l]! / rows[l]!;
      explained += sums[l]! * means[l * q + k]!;
    }
    if (explained < most * observed) continue;
    determined = k;
    most = explained / observed;
  }
  const leader = determined >= 0 ? determined : target ? others.indexOf(target) : -1;
  const direction = leader >= 0 ? unitVector(q, leader) : firstComponent(means, rows, q);
  const along = project(means, direction, q);
  const present = Array.from({ length: size }, (_, l) => l).filter((l) => rows[l]! > 0);
  present.sort((a, b) => along[a]! - along[b]! || a - b);
  return along[present[0]!]! < along[present[present.length - 1]!]! ? present : null;
}

function unitVector(q: number, k: number): Float64Array {
  const direction = new Float64Array(q);
  direction[k] = 1;
  return direction;
}

/** Direction in which the levels' means differ most: first eigenvector of the sum of rows times mean times mean'. */
function firstComponent(means: Float64Array, rows: Float64Array, q: number): Float64Array {
  // Unequal parts, so that no symmetry of the data is orthogonal to the start.
  let direction = Float64Array.from({ length: q }, (_, k) => 1 + k / q);
  for (let step = 0; step < ITERATIONS; step++) {
    const along = project(means, direction, q);
    const next = new Float64Array(q);
    for (let l = 0; l < along.length; l++)
      for (let k = 0; k < q; k++) next[k]! += rows[l]! * along[l]! * means[l * q + k]!;
    let square = 0;
    for (let k = 0; k < q; k++) square += next[k]! * next[k]!;
    if (!(square > 0)) return direction;
    const length = Math.sqrt(square);
    direction = next.map((part) => part / length);
  }
  return direction;
}

function project(means: Float64Array, direction: Float64Array, q: number): Float64Array {
  const along = new Float64Array(q === 0 ? 0 : means.length / q);
  for (let l = 0; l < along.length; l++) {
    let sum = 0;
    for (let k = 0; k < q; k++) sum += means[l * q + k]! * direction[k]!;
    along[l] = sum;
  }
  return along;
}
