/** Columns summed between two looks at the bound, as four independent terms: the processor works on them at once. */
const BLOCK = 4;

/**
 * Nearest rows by Euclidean distance, exactly, without all distances: columns stand in order of falling variance, so that a
 * far row is given up after a few of them, and rows are visited outward along the first column until its gap alone is too wide.
 * Columns of zeros and ones (one-hot levels) are packed 32 to a word: their distance is a count of differing bits.
 */
export class NeighbourSearch {
  private readonly cells: Float64Array;
  private readonly width: number;
  private readonly bits: Int32Array;
  private readonly words: number;
  private readonly key: Float64Array;
  private readonly order: Int32Array;
  private readonly place: Int32Array;
  private readonly found: Int32Array;
  private readonly distance: Float64Array;

  /**
   * @param columns - One list per feature, all finite.
   * @param k - Neighbours of a row, at most the number of rows.
   */
  constructor(columns: readonly Float64Array[], k: number) {
    const n = columns[0]!.length;
    const spread = columns.map(variation);
    const byVariance = columns.map((_, j) => j).sort((a, b) => spread[b]! - spread[a]! || a - b);
    const binary = byVariance.filter((j) => columns[j]!.every((value) => value === 0 || value === 1));
    const rest = byVariance.filter((j) => !binary.includes(j));
    // Zeros fill the last block: they add nothing to a distance.
    this.width = Math.ceil(rest.length / BLOCK) * BLOCK;
    this.cells = new Float64Array(n * this.width);
    for (let at = 0; at < rest.length; at++) {
      const column = columns[rest[at]!]!;
      for (let i = 0; i < n; i++) this.cells[i * this.width + at] = column[i]!;
    }
    this.words = Math.ceil(binary.length / 32);
    this.bits = new Int32Array(n * this.words);
    for (let at = 0; at < binary.length; at++) {
      const column = columns[binary[at]!]!;
      for (let i = 0; i < n; i++) if (column[i] === 1) this.bits[i * this.words + (at >> 5)]! |= 1 << (at & 31);
    }
    const first = columns[byVariance[0]!]!;
    this.key = first;
    this.order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => first[a]! - first[b]! || a - b);
    this.place = new Int32Array(n);
    for (let at = 0; at < n; at++) this.place[this.order[at]!] = at;
    this.found = new Int32Array(k);
    this.distance = new Float64Array(k);
  }

  /** The k rows nearest to row i, itself among them, nearest first, ties by row. The list is overwritten by the next call. */
  nearest(i: number): Int32Array {
    const { key, order, found, distance } = this;
    const k = found.length;
    const n = order.length;
    const at = key[i]!;
    let size = 0;
    let left = this.place[i]!;
    let right = left + 1;
    while (left >= 0 || right < n) {
      const gapLeft = left < 0 ? Infinity : at - key[order[left]!]!;
      const gapRight = right >= n ? Infinity : key[order[right]!]! - at;
      const gap = Math.min(gapLeft, gapRight);
      const bound = size < k ? Infinity : distance[k - 1]!;
      if (gap * gap > bound) break;
      const j = gapLeft <= gapRight ? order[left--]! : order[right++]!;
      const d = this.distanceWithin(i, j, bound);
      if (size === k && (d > bound || (d === bound && j > found[k - 1]!))) continue;
      let slot = size < k ? size++ : k - 1;
      for (; slot > 0 && (distance[slot - 1]! > d || (distance[slot - 1] === d && found[slot - 1]! > j)); slot--) {
        distance[slot] = distance[slot - 1]!;
        found[slot] = found[slot - 1]!;
      }
      distance[slot] = d;
      found[slot] = j;
    }
    return found;
  }

  /** Squared distance, or some number above the bound. */
  private distanceWithin(i: number, j: number, bound: number): number {
    const { cells, width, bits, words } = this;
    let sum = 0;
    const from = i * width;
    const to = j * width;
    for (let c = 0; c < width; c += BLOCK) {
      const g0 = cells[from + c]! - cells[to + c]!;
      const g1 = cells[from + c + 1]! - cells[to + c + 1]!;
      const g2 = cells[from + c + 2]! - cells[to + c + 2]!;
      const g3 = cells[from + c + 3]! - cells[to + c + 3]!;
      sum += g0 * g0 + g1 * g1 + (g2 * g2 + g3 * g3);
      if (sum > bound) return sum;
    }
    for (let w = 0; w < words; w++) {
      sum += bitCount(bits[i * words + w]! ^ bits[j * words + w]!);
      if (sum > bound) return sum;
    }
    return sum;
  }
}

/** Number of bits set in a 32-bit word. */
function bitCount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Sum of squared distances from the mean. */
function variation(values: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += values[i]! / values.length;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) * (values[i]! - mean);
  return sum;
}
