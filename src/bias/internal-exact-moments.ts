import { SynthproofError } from '../errors.ts';
import { HIGH, POWERS_OF_TWO } from '../math/internal-bits.ts';
import { significand } from '../summary/internal-exact.ts';
import { roundRatio, writeExact } from '../summary/internal-rational.ts';

/** An exact value: size * 2^power. */
export interface Exact {
  readonly size: bigint;
  readonly power: number;
}

/** The power of two that all of some finite values are whole numbers of, near the greatest such. */
export function commonPower(...lists: readonly Float64Array[]): number {
  const view = new Float64Array(1);
  const words = new Uint32Array(view.buffer);
  let power = 0;
  let largest = 0;
  for (const values of lists)
    for (let i = 0; i < values.length; i++) {
      const x = values[i]!;
      if (Math.abs(x) > largest) largest = Math.abs(x);
      if (Number.isInteger(x)) continue;
      view[0] = x;
      power = Math.min(power, Math.max(1, (words[HIGH]! >>> 20) & 2047) - 1075);
    }
  // Scaling must not overflow; else all go by the smallest unit there is.
  return power >= -1000 && largest * POWERS_OF_TWO[1074 - power]! < Infinity ? power : -1074;
}

/** A value in units of 2^power, with `power` from {@link commonPower}. */
export function inUnits(value: number, power: number): bigint {
  return power === -1074 ? significand(value) : BigInt(value * POWERS_OF_TWO[1074 - power]!);
}

/** a + b. */
export function addExact(a: Exact, b: Exact): Exact {
  const power = Math.min(a.power, b.power);
  return { size: (a.size << BigInt(a.power - power)) + (b.size << BigInt(b.power - power)), power };
}

/** The product of all factors. */
export function timesExact(...factors: readonly Exact[]): Exact {
  let size = 1n;
  let power = 0;
  for (const factor of factors) {
    size *= factor.size;
    power += factor.power;
  }
  return { size, power };
}

/** a / b, rounded once; b above 0. */
export function ratioOf(a: Exact, b: Exact): number {
  return roundRatio(a.size, b.size, a.power - b.power);
}

/** As text: odd hexadecimal significand, `p`, power of two; the same for equal values. */
export function exactText({ size, power }: Exact): string {
  return writeExact(size, power);
}

/** Reads {@link exactText}'s text. */
export function readExactText(text: string): Exact {
  if (text === '0') return { size: 0n, power: 0 };
  const match =
    typeof text === 'string' && text.length <= 4000 ? /^(-?)([1-9a-f][0-9a-f]*)p(-?[0-9]{1,4})$/.exec(text) : null;
  if (match === null)
    throw new SynthproofError(
      'BAD_VALUE',
      `cells: expected an exact sum such as "3p-1", received ${String(JSON.stringify(text)).slice(0, 40)}; pass a table as regressionTable made it`,
      { argument: 'cells' },
    );
  const size = BigInt(`0x${match[2]!}`);
  return { size: match[1] === '-' ? -size : size, power: Number(match[3]) };
}
