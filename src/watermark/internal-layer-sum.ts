import { LN10 } from '../math/constants.ts';
import { chernoffLogTail } from './internal-chernoff.ts';
import { rademacherLog10P } from './rademacher-log10-p.ts';

/** Cells of the grid to which sizes of weights are rounded up for the Chernoff bound. */
const GRID = 512;

/** Sums of one layer: signed weights and what bounds their tail. */
export class LayerSum {
  /** Sum of sign x weight. */
  score = 0;
  /** Sum of weight^2. */
  squares = 0;
  /** Weights other than 0. */
  units = 0;
  private sizes = new Float64Array(1024);

  /** Adds one unit. */
  add(sign: number, weight: number): void {
    if (weight === 0) return;
    this.score += sign * weight;
    this.squares += weight * weight;
    if (this.units === this.sizes.length) {
      const larger = new Float64Array(2 * this.units);
      larger.set(this.sizes);
      this.sizes = larger;
    }
    this.sizes[this.units++] = Math.abs(weight);
  }

  /** Adds another layer's units behind this one's. */
  addAll(other: LayerSum): void {
    this.score += other.score;
    this.squares += other.squares;
    const sizes = new Float64Array(this.units + other.units);
    sizes.set(this.sizes.subarray(0, this.units));
    sizes.set(other.sizes.subarray(0, other.units), this.units);
    this.sizes = sizes;
    this.units += other.units;
  }

  /** Score in standard deviations, or null without units. */
  z(): number | null {
    return this.squares > 0 ? this.score / Math.sqrt(this.squares) : null;
  }

  /** Base-10 logarithm of the smaller of the Gaussian and the Chernoff bound, uncorrected; null without units. */
  log10P(): number | null {
    const z = this.z();
    return z === null ? null : Math.min(rademacherLog10P(z), this.chernoff() / LN10);
  }

  /**
   * The Chernoff bound on weights rounded up to a grid: log cosh grows with the weight, so the bound stays valid and
   * costs the same for a million units. Weights below 1/16 of the largest enter by their squares.
   */
  private chernoff(): number {
    let largest = 0;
    for (let i = 0; i < this.units; i++) if (this.sizes[i]! > largest) largest = this.sizes[i]!;
    const weights = new Float64Array(GRID);
    const repeats = new Float64Array(GRID);
    for (let cell = 0; cell < GRID; cell++) weights[cell] = (largest * (cell + 1)) / GRID;
    let loose = 0;
    for (let i = 0; i < this.units; i++) {
      const size = this.sizes[i]!;
      let cell = Math.min(GRID - 1, Math.max(0, Math.ceil((size / largest) * GRID) - 1));
      if (weights[cell]! < size) cell++;
      if (16 * size < largest) loose += size * size;
      else repeats[Math.min(GRID - 1, cell)]!++;
    }
    return chernoffLogTail(weights, repeats, loose, this.score);
  }
}
