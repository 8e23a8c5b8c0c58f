import { SynthproofError } from '../../errors.ts';
import { log } from '../../math/log.ts';
import { log1p } from '../../math/log1p.ts';
import { checkValues } from './internal-check.ts';

/**
 * Evidence that two streams of bounded scores differ in mean, pair by pair, by online Newton step bets on x - y.
 *
 * The bet moves by 2/(2 - ln 3) z / A with z = g/(1 + bet g), A = 1 + sum of z^2, and stays within [-1/2, 1/2]. While the
 * pair's difference has mean 0 given the past, the capital exceeds 1/alpha with probability at most alpha at any time.
 * Each score may be used in one pair only. Source: Cutkosky and Orabona 2018; Shekhar and Ramdas 2023.
 *
 * @param first - Numbers in [0, 1].
 * @param second - As many numbers in [0, 1].
 * @returns Natural log of the capital after each pair.
 * @throws {@link SynthproofError} `LENGTH_MISMATCH`; `BAD_VALUE` for a score outside [0, 1].
 * @example
 * const capital = pairedBetting(new Array(100).fill(0.8), new Array(100).fill(0.4));
 * capital[99] > Math.log(20); // => true
 */
export function pairedBetting(first: ArrayLike<number>, second: ArrayLike<number>): Float64Array<ArrayBuffer> {
  if (first.length !== second.length)
    throw new SynthproofError(
      'LENGTH_MISMATCH',
      `second: expected ${first.length} scores, one for each of the first, received ${second.length}`,
      { argument: 'second' },
    );
  checkValues('first', first, 0, 1);
  checkValues('second', second, 0, 1);
  const out = new Float64Array(first.length);
  const rate = 2 / (2 - log(3));
  let bet = 0;
  let squares = 1;
  let capital = 0;
  for (let i = 0; i < out.length; i++) {
    const gap = first[i]! - second[i]!;
    capital += log1p(bet * gap);
    const slope = gap / (1 + bet * gap);
    squares += slope * slope;
    bet = Math.min(0.5, Math.max(-0.5, bet + (rate * slope) / squares));
    out[i] = capital;
  }
  return out;
}
