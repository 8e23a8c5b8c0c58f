import { exp } from '../../math/exp.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { threefryBlock } from '../../random/threefry-block.ts';

/** Cells of the quantile table. */
const CELLS = 4096;
/** Cells at either end where the quantile itself is taken: there no cubic follows it. */
const EXACT = 32;

/** Cubics through the normal quantile and its slope at the table's knots: four coefficients a cell. */
export function quantileTable(): Float64Array {
  const table = new Float64Array(4 * CELLS);
  let value = 0;
  let slope = 0;
  // From the middle up; the lower half is its mirror image.
  for (let cell = CELLS / 2; cell < CELLS - EXACT; cell++) {
    if (cell === CELLS / 2) slope = slopeAt(0);
    const nextValue = normalQuantile((cell + 1) / CELLS);
    const nextSlope = slopeAt(nextValue);
    const rise = nextValue - value;
    const c = 3 * rise - 2 * slope - nextSlope;
    const d = slope + nextSlope - 2 * rise;
    table.set([value, slope, c, d], 4 * cell);
    // Value falls from -value at the cell's end to -nextValue at its start.
    table.set([-nextValue, nextSlope, -(c + 3 * d), d], 4 * (CELLS - 1 - cell));
    value = nextValue;
    slope = nextSlope;
  }
  return table;
}

/** Slope of the quantile per cell. */
function slopeAt(z: number): number {
  return (2.5066282746310002 * exp(0.5 * z * z)) / CELLS;
}

/**
 * A standard normal of one word, at most 6.34 in size: the quantile at (word + 1/2) / 2^32, within 1e-8 by the table.
 */
export function normalOfWord(word: number, table: Float64Array): number {
  const cell = word >>> 20;
  if (cell < EXACT || cell >= CELLS - EXACT) return normalQuantile((word + 0.5) / 4_294_967_296);
  const t = ((word & 0xfffff) + 0.5) / 1_048_576;
  const at = 4 * cell;
  return table[at]! + t * (table[at + 1]! + t * (table[at + 2]! + t * table[at + 3]!));
}

/**
 * Independent normals, `out[k * n + i]` for latent k of row `first + i`. Each block of four words serves four latents of one row.
 */
export function fillNormals(
  out: Float64Array,
  latents: number,
  n: number,
  first: number,
  key: Uint32Array,
  table: Float64Array,
): void {
  const words = new Uint32Array(4);
  const k0 = key[0]!;
  const k1 = key[1]!;
  const k2 = key[2]!;
  const k3 = key[3]!;
  for (let i = 0; i < n; i++) {
    const row = first + i;
    const high = Math.floor(row / 4_294_967_296);
    for (let k = 0; k < latents; k += 4) {
      threefryBlock(k0, k1, k2, k3, 0, k >> 2, row, high, words);
      const last = Math.min(4, latents - k);
      for (let w = 0; w < last; w++) out[(k + w) * n + i] = normalOfWord(words[w]!, table);
    }
  }
}
