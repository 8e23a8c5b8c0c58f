import type { Measure } from '../types.ts';
import { figure, noFigure, requireTexts } from './internal-check.ts';

/** Shortest repeat worth a reference, in code units. */
const LEAST = 4;
/** Earlier places tried for a repeat: bounds the work to this many comparisons a code unit, also on hostile texts. */
const CHAIN = 16;

/**
 * How much the texts repeat themselves: bits of the raw text over bits of a Lempel-Ziv code of it. From about 1 (nothing
 * repeats) up; larger is less diverse. Needs no embedding.
 *
 * The code is this library's own and portable, not gzip's: texts joined by line feeds, in 16-bit code units; a unit costs
 * 1 + 16 bits, a reference to an earlier place (anywhere before, at least 4 units) 1 bit, the place in equal bits and the
 * length in a gamma code. Figures compare with each other only, at like total lengths.
 * Source: Ziv and Lempel 1977; compression ratio as a diversity figure: Shaib et al. 2024.
 *
 * @param texts - The texts; their order matters little.
 * @returns A measure; n = number of code units. Null with `EMPTY_INPUT` for no text at all.
 * @throws {@link SynthproofError} `BAD_VALUE`.
 * @example
 * const once = lempelZivRatio(['a quick brown fox']).value;
 * const often = lempelZivRatio(Array.from({ length: 50 }, () => 'a quick brown fox')).value;
 * often > 5 * once; // => true
 */
export function lempelZivRatio(texts: readonly string[]): Measure {
  requireTexts('texts', texts);
  const text = texts.join('\n');
  const n = text.length;
  if (n === 0) return noFigure('lempel-ziv-ratio', 'EMPTY_INPUT', [0, null], 'minimize', 0);
  let buckets = 256;
  while (buckets < n && buckets < 1 << 20) buckets *= 2;
  const heads = new Int32Array(buckets).fill(-1);
  const chain = new Int32Array(n);
  const enter = (at: number): void => {
    if (at + LEAST > n) return;
    const slot = hashAt(text, at) & (buckets - 1);
    chain[at] = heads[slot]!;
    heads[slot] = at;
  };
  let bits = 0;
  let at = 0;
  while (at < n) {
    let best = 0;
    if (at + LEAST <= n) {
      let place = heads[hashAt(text, at) & (buckets - 1)]!;
      for (let tries = 0; place >= 0 && tries < CHAIN; tries++) {
        // Only a place that also fits one unit further can be longer.
        if (text.charCodeAt(place + best) === text.charCodeAt(at + best))
          best = Math.max(best, sharedLength(text, place, at));
        place = chain[place]!;
      }
    }
    if (best >= LEAST) {
      bits += 1 + bitLength(at) + 2 * bitLength(best - LEAST + 1) - 1;
      for (let end = at + best; at < end; at++) enter(at);
    } else {
      bits += 17;
      enter(at++);
    }
  }
  return figure('lempel-ziv-ratio', (16 * n) / bits, [0, null], 'minimize', n);
}

function hashAt(text: string, at: number): number {
  let h = 0;
  for (let k = 0; k < LEAST; k++) h = Math.imul(h ^ text.charCodeAt(at + k), 0x9e3779b1);
  return h ^ (h >>> 15);
}

function sharedLength(text: string, a: number, b: number): number {
  let length = 0;
  while (b + length < text.length && text.charCodeAt(a + length) === text.charCodeAt(b + length)) length++;
  return length;
}

/** Binary digits of a positive whole number below 2^32. */
function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}
