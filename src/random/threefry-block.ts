import { writeThreefryBlock } from './internal-threefry-block.ts';

/**
 * One raw Threefry4x32-20 block: four random words from a 128-bit key and a 128-bit counter.
 *
 * The kernel for counter-addressed work, where cell (row, column) draws from a counter made of its own place and needs
 * no generator object. Words may be given signed or unsigned. Source: Salmon et al. 2011, section 3.3.
 *
 * @param k0 - First key word.
 * @param k1 - Second key word.
 * @param k2 - Third key word.
 * @param k3 - Fourth key word.
 * @param c0 - First counter word; {@link createRng} keeps the low word of the block number here.
 * @param c1 - Second counter word (high word of the block number).
 * @param c2 - Third counter word (low word of the stream).
 * @param c3 - Fourth counter word (high word of the stream).
 * @param out - Its first four words are written.
 * @example
 * const out = new Uint32Array(4);
 * threefryBlock(0, 0, 0, 0, 0, 0, 0, 0, out);
 * out[0]; // => 0x9c6ca96a
 */
export function threefryBlock(
  k0: number,
  k1: number,
  k2: number,
  k3: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
): void {
  writeThreefryBlock(out, 0, k0 | 0, k1 | 0, k2 | 0, k3 | 0, c0 | 0, c1 | 0, c2 | 0, c3 | 0);
}
