import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/hash/index.ts';
import * as math from '../../src/math/index.ts';

/** Whole numbers 0 to 2^32 - 1 from a fixed linear congruence. */
function createSource(): () => number {
  let state = 20261122;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

/** `count` numbers of either sign with exponents spread evenly over [least, most]. */
function spread(count: number, least: number, most: number, signed: boolean): number[] {
  const next = createSource();
  return Array.from({ length: count }, () => {
    const size = (1 + next() / 2 ** 32) * 2 ** (least + (next() % (most - least + 1)));
    return signed && next() % 2 === 1 ? -size : size;
  });
}

/** Fingerprint of a list of numbers, bit by bit; every NaN counts as one. */
function print(values: Iterable<number>): string {
  const bits = Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : value));
  return sha256Hex(new Uint8Array(bits.buffer)).slice(0, 16);
}

const ENDS = [0, -0, 5e-324, 1e-310, 1, -1, 0.5, 2, 1e308, 1.7976931348623157e308, -1e308, Infinity, -Infinity, NaN];
const REALS = [...ENDS, ...spread(400, -40, 10, true), ...spread(100, -1070, 1020, true)];
const POSITIVE = REALS.map(Math.abs);
const SHARES = [0, 1, 0.5, 0.25, 0.75, 1e-300, ...spread(150, -60, -1, false), ...spread(50, -3, -1, false)];
const COMPLEMENTS = SHARES.map((p) => 1 - p);
const SHAPES = [0, 0.5, 1, 1.5, 2, 30, 1e4, Infinity, ...spread(30, -8, 12, false)];

function* over(
  first: readonly number[],
  second: readonly number[],
  f: (a: number, b: number) => number,
): Iterable<number> {
  for (const a of first) for (const b of second) yield f(a, b);
}

function* overThree(
  first: readonly number[],
  second: readonly number[],
  third: readonly number[],
  f: (a: number, b: number, c: number) => number,
): Iterable<number> {
  for (const a of first) for (const b of second) for (const c of third) yield f(a, b, c);
}

// Every hash, mark and record rests on these bits, which are the same in every runtime. That they are also right is
// tested against known answers beside this file; a change of a print is a change of results for users.
test('frozen bits of the elementary functions', () => {
  const { log, log2, log10, log1p, exp, expm1, sin, cos, tanh, erf, erfc, atan2, pow } = math;
  const one = { log, log2, log10, log1p, exp, expm1, sin, cos, tanh, erf, erfc };
  const prints = Object.fromEntries(Object.entries(one).map(([name, f]) => [name, print(REALS.map(f))]));
  const few = REALS.filter((_, i) => i % 6 === 0).concat(ENDS, [3, -3, 2 ** 52 + 1, -(2 ** 53)]);
  expect({
    ...prints,
    'log of positive': print(POSITIVE.map(log)),
    'log2 of positive': print(POSITIVE.map(log2)),
    'log10 of positive': print(POSITIVE.map(log10)),
    atan2: print(over(few, few, atan2)),
    pow: print(over(few, few, pow)),
  }).toMatchInlineSnapshot(`
    {
      "atan2": "1e1f8b7fc8aa597d",
      "cos": "87884ac9a60e869a",
      "erf": "73c6b5b36391e2ee",
      "erfc": "81b56784a29b8d40",
      "exp": "03e2f067076eb3f8",
      "expm1": "a71de8fe93ff08ba",
      "log": "11d23552e2aab935",
      "log of positive": "fbf705c33f582c62",
      "log10": "81918c41386ccd91",
      "log10 of positive": "cbd5f70f619765e0",
      "log1p": "b67c96221da7bea7",
      "log2": "283868cb28eb8e75",
      "log2 of positive": "eb01b4d0aeacdf6b",
      "pow": "08a48a1025330f2b",
      "sin": "f0427b3538d7df78",
      "tanh": "f045ea7bbdb495be",
    }
  `);
});

test('frozen bits of the normal and gamma functions', () => {
  const { normalCdf, normalUpperTail, logNormalUpperTail, normalQuantile, logGamma, logBeta } = math;
  const few = REALS.filter((_, i) => i % 16 === 0).concat(ENDS, [-0.3, 0.4, 1.7, -2.5]);
  expect({
    normalCdf: print(REALS.map(normalCdf)),
    normalUpperTail: print(REALS.map(normalUpperTail)),
    logNormalUpperTail: print(REALS.map(logNormalUpperTail)),
    normalQuantile: print([...REALS, ...SHARES, ...COMPLEMENTS].map(normalQuantile)),
    truncatedNormalQuantile: print(
      over(
        SHARES.filter((_, i) => i % 4 === 0),
        [-9, -2, -0.5, 0, 0.3, 4],
        (p, lower) => math.truncatedNormalQuantile(p, { lower, upper: lower + 1.5, mean: 0.25, deviation: 0.8 }),
      ),
    ),
    bivariateNormalCdf: print(
      overThree(few, few, [-1, -0.99, -0.4, 0, 0.1, 0.7, 0.999999, 1, 2], math.bivariateNormalCdf),
    ),
    logGamma: print(REALS.map(logGamma)),
    logBeta: print(over(SHAPES, SHAPES, logBeta)),
  }).toMatchInlineSnapshot(`
    {
      "bivariateNormalCdf": "a88e65820c7a557a",
      "logBeta": "2bcddf81dd1f9a91",
      "logGamma": "c8248c7fbf40a8c0",
      "logNormalUpperTail": "32158647f7259f49",
      "normalCdf": "9feca68d5185b4c6",
      "normalQuantile": "f46e9015a0d8ec3d",
      "normalUpperTail": "57680a5f2f878fe6",
      "truncatedNormalQuantile": "ff0188e8668edaa4",
    }
  `);
});

test('frozen bits of the tails', () => {
  const points = [0, 1, 2, 0.3, 5, 40, 3000, -1, NaN, Infinity, ...spread(12, -12, 8, false)];
  const shares = SHARES.filter((_, i) => i % 8 === 0).concat([-0.1, 1.1, NaN]);
  const shapes = SHAPES.filter((_, i) => i % 3 === 0).concat([-1, NaN]);
  const sizes = [0, 1, 2, 7, 30, 400, 100000, 2.5, -1];
  const counts = [-1, 0, 1, 2, 3, 6, 29, 40, 250, 400, 1.5, NaN];
  const urns = [0, 5, 40, 1000].flatMap((population) =>
    [0, 3, 20, 500, -1].flatMap((marked) => [0, 2, 5, 30, 700].map((drawn) => [population, marked, drawn] as const)),
  );
  const hyper = (f: (k: number, population: number, marked: number, drawn: number) => number): string =>
    print(urns.flatMap((urn) => [0, 1, 2, 10, 19, 300, -1, 0.5].map((k) => f(k, ...urn))));
  const beta = (f: (x: number, a: number, b: number) => number): string => print(overThree(shares, shapes, shapes, f));
  const binomial = (f: (k: number, n: number, p: number) => number): string =>
    print(overThree(counts, sizes, shares, f));
  expect({
    betaRegularized: beta(math.betaRegularized),
    betaRegularizedUpper: beta(math.betaRegularizedUpper),
    logBetaRegularized: beta(math.logBetaRegularized),
    logBetaRegularizedUpper: beta(math.logBetaRegularizedUpper),
    betaQuantile: print(overThree(shares.slice(0, 12), shapes.slice(0, 9), shapes.slice(0, 9), math.betaQuantile)),
    gammaRegularizedLower: print(over(shapes, points, math.gammaRegularizedLower)),
    gammaRegularizedUpper: print(over(shapes, points, math.gammaRegularizedUpper)),
    logGammaRegularizedLower: print(over(shapes, points, math.logGammaRegularizedLower)),
    logGammaRegularizedUpper: print(over(shapes, points, math.logGammaRegularizedUpper)),
    gammaQuantile: print(over(shares, shapes, math.gammaQuantile)),
    chiSquareUpperTail: print(over(points, shapes, math.chiSquareUpperTail)),
    chiSquareQuantile: print(over(shares, shapes, math.chiSquareQuantile)),
    studentTUpperTail: print(over([...points, -0.4, -7], shapes, math.studentTUpperTail)),
    studentTQuantile: print(over(shares, shapes, math.studentTQuantile)),
    fUpperTail: print(overThree(points, shapes, shapes, math.fUpperTail)),
    poissonUpperTail: print(over(counts, points, math.poissonUpperTail)),
    binomialUpperTail: binomial(math.binomialUpperTail),
    binomialLowerTail: binomial(math.binomialLowerTail),
    logBinomialUpperTail: binomial(math.logBinomialUpperTail),
    logBinomialLowerTail: binomial(math.logBinomialLowerTail),
    logBinomialProbability: binomial(math.logBinomialProbability),
    logBinomialMidP: binomial(math.logBinomialMidP),
    hypergeometricUpperTail: hyper(math.hypergeometricUpperTail),
    logHypergeometricUpperTail: hyper(math.logHypergeometricUpperTail),
    logHypergeometricProbability: hyper(math.logHypergeometricProbability),
  }).toMatchInlineSnapshot(`
    {
      "betaQuantile": "c0f9e89cbcfeed4a",
      "betaRegularized": "6463b6b55a1087c4",
      "betaRegularizedUpper": "fbf15fc5b04f78dc",
      "binomialLowerTail": "3248f4f5c8817786",
      "binomialUpperTail": "ee03af2b8e165cc6",
      "chiSquareQuantile": "b5adfc82a81ad44e",
      "chiSquareUpperTail": "88638d38193addb7",
      "fUpperTail": "557749167234248f",
      "gammaQuantile": "db962871e5b93006",
      "gammaRegularizedLower": "61efd225986f686c",
      "gammaRegularizedUpper": "a382c465882f4bbe",
      "hypergeometricUpperTail": "eaadc99283a2bde1",
      "logBetaRegularized": "b15abc2b4ace71df",
      "logBetaRegularizedUpper": "e19d2dbe98692f1d",
      "logBinomialLowerTail": "941e1387e0eb43e9",
      "logBinomialMidP": "82e0447b08531162",
      "logBinomialProbability": "a4d8da30e68e417c",
      "logBinomialUpperTail": "301584daa16ee412",
      "logGammaRegularizedLower": "05d167f77ea5f6cd",
      "logGammaRegularizedUpper": "19ce972fa032a2e1",
      "logHypergeometricProbability": "0ac95f344b213e26",
      "logHypergeometricUpperTail": "bc4d4df1fec080b7",
      "poissonUpperTail": "2b45fd3ec807cd67",
      "studentTQuantile": "94a74b6fb415d11e",
      "studentTUpperTail": "d39e4c59722503a5",
    }
  `);
});

test('frozen bits of sums and matrices', () => {
  const numbers = spread(301, -30, 30, true);
  const n = 6;
  const root = spread(n * n, -3, 3, true);
  const gram = Float64Array.from(root, (_, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    let total = i === j ? 0.5 : 0;
    for (let k = 0; k < n; k++) total += root[i * n + k]! * root[j * n + k]!;
    return total;
  });
  const lower = math.cholesky(gram)!;
  const { values, vectors } = math.symmetricEigen(gram);
  expect({
    sum: print(numbers.map((_, i) => math.sum(numbers.slice(0, i)))),
    exactSum: print(numbers.map((_, i) => math.exactSum(numbers.slice(0, i)))),
    cholesky: print(lower),
    solveTriangular: print([
      ...math.solveTriangular(lower, numbers.slice(0, n)),
      ...math.solveTriangular(lower, numbers.slice(0, n), { transposed: true }),
    ]),
    symmetricEigen: print([...values, ...vectors]),
  }).toMatchInlineSnapshot(`
    {
      "cholesky": "5e1b082ff8ba7cdd",
      "exactSum": "7c7fc22c8f96d4e9",
      "solveTriangular": "b549476f3f669ec9",
      "sum": "7c7fc22c8f96d4e9",
      "symmetricEigen": "537e2bba237dd7bf",
    }
  `);
});
