import { normalCentre } from './internal-erfcx.ts';
import { log } from './log.ts';
import { normalCdf } from './normal-cdf.ts';

/**
 * Quantile of the standard normal distribution: the z with P(Z <= z) = p.
 *
 * Wichura's algorithm AS 241 (PPND16), with one Newton step. Relative error below 4e-16.
 *
 * @param p - A probability.
 * @returns z; -Infinity at 0, Infinity at 1, NaN outside [0, 1].
 * @example
 * normalQuantile(0.975); // => 1.959963984540054
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (q >= -0.373 && q <= 0.373) {
    const z = q * centralRatio(0.180625 - q * q);
    // One step takes out the rounding of the rational form; the slope need not be precise.
    const w = 0.5 * z * z;
    return (
      z - (normalCentre(z) - q) * 2.5066282746310002 * (1 + w * (1 + w * (0.5 + w * (0.16666666666666666 + w * 0.05))))
    );
  }
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  const tail = q < 0 ? p : 1 - p;
  let z: number;
  if (tail >= 0.075) {
    const size = 0.5 - tail;
    z = size * centralRatio(0.180625 - size * size);
  } else {
    const r = Math.sqrt(-log(tail));
    z = r <= 5 ? tailRatio(r - 1.6) : farRatio(r - 5);
  }
  // The same step in the tail, relative: 1 / (z + 1 / (z + 2 / (z + 3 / z))) is about tail over density.
  if (z < 37) z += (normalCdf(-z) / tail - 1) / (z + 1 / (z + 2 / (z + 3 / z)));
  return q < 0 ? -z : z;
}

function centralRatio(r: number): number {
  return (
    (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
      3.3871328727963665) /
    (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
      1)
  );
}

function tailRatio(r: number): number {
  return (
    (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  );
}

function farRatio(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  );
}
