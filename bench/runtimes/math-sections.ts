import { sha256Hex } from '../../src/hash/index.ts';
import * as math from '../../src/math/index.ts';
import { createRng, uniform } from '../../src/random/index.ts';

const INPUTS = 20_000;

/** Arguments made from a uniform number, a number of any size and sign, and the place in the row. */
type Call = (u: number, wide: number, i: number) => number;

const part = (i: number, most: number): number => 0.5 + (i % most);

/** A call for every function of src/math; a new function without one fails the run. */
const CALLS: Readonly<Record<string, Call>> = {
  exp: (_, x) => math.exp(x),
  expm1: (_, x) => math.expm1(x),
  sin: (_, x) => math.sin(x),
  cos: (_, x) => math.cos(x),
  tanh: (_, x) => math.tanh(x),
  erf: (_, x) => math.erf(x),
  erfc: (_, x) => math.erfc(x),
  log: (u, x) => math.log(u * Math.abs(x)),
  log1p: (u, x) => math.log1p(u * Math.abs(x)),
  log2: (u, x) => math.log2(u * Math.abs(x)),
  log10: (u, x) => math.log10(u * Math.abs(x)),
  pow: (u, x) => math.pow(u * 10, x / 100),
  atan2: (u, x) => math.atan2(x, u - 0.5),
  logGamma: (u, x) => math.logGamma(u * Math.abs(x)),
  logBeta: (u, x) => math.logBeta(u * 50, Math.abs(x)),
  normalCdf: (_, x) => math.normalCdf(x),
  normalUpperTail: (_, x) => math.normalUpperTail(x),
  logNormalUpperTail: (_, x) => math.logNormalUpperTail(x),
  normalQuantile: (u) => math.normalQuantile(u),
  truncatedNormalQuantile: (u, _, i) => math.truncatedNormalQuantile(u, { lower: (i % 9) - 4, upper: (i % 9) - 2 }),
  bivariateNormalCdf: (u, x) => math.bivariateNormalCdf((x % 6) / 2, ((x * 7) % 5) / 2, 2 * u - 1),
  betaRegularized: (u, _, i) => math.betaRegularized(u, part(i, 50), part(i * 7, 300)),
  betaRegularizedUpper: (u, _, i) => math.betaRegularizedUpper(u, part(i, 50), part(i * 7, 300)),
  logBetaRegularized: (u, _, i) => math.logBetaRegularized(u, part(i, 50), part(i * 7, 300)),
  logBetaRegularizedUpper: (u, _, i) => math.logBetaRegularizedUpper(u, part(i, 50), part(i * 7, 300)),
  betaQuantile: (u, _, i) => math.betaQuantile(u, part(i, 20), part(i * 7, 30)),
  gammaRegularizedLower: (u, _, i) => math.gammaRegularizedLower(part(i, 100), u * 200),
  gammaRegularizedUpper: (u, _, i) => math.gammaRegularizedUpper(part(i, 100), u * 200),
  logGammaRegularizedLower: (u, _, i) => math.logGammaRegularizedLower(part(i, 100), u * 200),
  logGammaRegularizedUpper: (u, _, i) => math.logGammaRegularizedUpper(part(i, 100), u * 200),
  gammaQuantile: (u, _, i) => math.gammaQuantile(u, part(i, 30)),
  chiSquareUpperTail: (u, _, i) => math.chiSquareUpperTail(u * 200, 1 + (i % 100)),
  chiSquareQuantile: (u, _, i) => math.chiSquareQuantile(u, 1 + (i % 40)),
  studentTUpperTail: (_, x, i) => math.studentTUpperTail(x / 20, 1 + (i % 200)),
  studentTQuantile: (u, _, i) => math.studentTQuantile(u, 1 + (i % 60)),
  fUpperTail: (u, _, i) => math.fUpperTail(u * 20, 1 + (i % 40), 1 + ((i * 3) % 90)),
  binomialUpperTail: (u, _, i) => math.binomialUpperTail(i % 97, 97 + (i % 1000), u),
  binomialLowerTail: (u, _, i) => math.binomialLowerTail(i % 97, 97 + (i % 1000), u),
  logBinomialUpperTail: (u, _, i) => math.logBinomialUpperTail(i % 997, 997 + (i % 1000), u),
  logBinomialLowerTail: (u, _, i) => math.logBinomialLowerTail(i % 997, 997 + (i % 1000), u),
  logBinomialMidP: (u, _, i) => math.logBinomialMidP(i % 97, 97 + (i % 1000), u),
  logBinomialProbability: (u, _, i) => math.logBinomialProbability(i % 97, 97 + (i % 1000), u),
  poissonUpperTail: (u, _, i) => math.poissonUpperTail(i % 90, u * 100),
  hypergeometricUpperTail: (u, _, i) => math.hypergeometricUpperTail(i % 20, 500 + (i % 50), 90, Math.floor(u * 200)),
  logHypergeometricUpperTail: (u, _, i) =>
    math.logHypergeometricUpperTail(i % 20, 500 + (i % 50), 90, Math.floor(u * 200)),
  logHypergeometricProbability: (u, _, i) =>
    math.logHypergeometricProbability(i % 20, 500 + (i % 50), 90, Math.floor(u * 200)),
  sum: (u, x, i) => math.sum([u, x, -u, i / 3]),
  exactSum: (u, x, i) => math.exactSum([u * 1e16, x, -u * 1e16, i / 3]),
  cholesky: (u, x) => math.cholesky([2 + u, x / 1e6, x / 1e6, 3])?.[3] ?? Number.NaN,
  symmetricEigen: (u, x) => math.symmetricEigen([u, x, 0.5, x, 2, u, 0.5, u, 3]).values[0]!,
  solveTriangular: (u, x) => math.solveTriangular([1 + u, 0, x, 2], [1, u])[1]!,
};

/** Name and SHA-256 of the results of every function of src/math. */
export function mathSections(): (readonly [string, string])[] {
  const missing = Object.entries(math)
    .filter(([name, value]) => typeof value === 'function' && !CALLS[name])
    .map(([name]) => name);
  if (missing.length) throw new Error(`bench/runtimes/math-sections.ts: no call for ${missing.join(', ')}`);
  const rng = createRng('runtimes/math');
  const unit = Float64Array.from({ length: INPUTS }, () => uniform(rng));
  const wide = unit.map((u, i) => (u - 0.5) * [1, 10, 700, 1e5][i & 3]!);
  return Object.entries(CALLS).map(([name, call]) => {
    const bytes = new Uint8Array(INPUTS * 8);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < INPUTS; i++) {
      const value = call(unit[i]!, wide[i]!, i);
      // Every NaN is one NaN: engines are free in its payload bits.
      view.setFloat64(i * 8, Number.isNaN(value) ? Number.NaN : value);
    }
    return [`math/${name}`, sha256Hex(bytes)] as const;
  });
}
