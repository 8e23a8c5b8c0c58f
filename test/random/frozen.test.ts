import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/hash/index.ts';
import {
  aliasTable,
  beta,
  binomial,
  categorical,
  createPhiloxRng,
  createRng,
  dirichlet,
  exponential,
  fillShuffled,
  gamma,
  multinomial,
  normal,
  permutation,
  poisson,
  sampleWithoutReplacement,
  uniform,
  uniformInt,
  uniformOpen,
} from '../../src/random/index.ts';
import type { Rng } from '../../src/types.ts';

/** Fingerprint of 3000 draws and of the place where the generator then stands. */
function print(draw: (rng: Rng) => number | ArrayLike<number>, draws = 3000): string {
  const rng = createRng('frozen');
  const values: number[] = [];
  for (let i = 0; i < draws; i++) {
    const value = draw(rng);
    if (typeof value === 'number') values.push(value);
    else for (let k = 0; k < value.length; k++) values.push(value[k]!);
  }
  values.push(rng.state().position);
  return sha256Hex(new Uint8Array(Float64Array.from(values).buffer)).slice(0, 16);
}

// A sample is promised by its seed for good, so a change of any of these prints changes results that users keep: it
// belongs under "Numbers changed". That the draws follow their distributions is tested in distributions.test.ts.
test('frozen draws of continuous distributions', () => {
  expect({
    uniform: print(uniform),
    uniformOpen: print(uniformOpen),
    normal: print(normal),
    exponential: print((rng) => exponential(rng, 0.3)),
    'gamma 0.02': print((rng) => gamma(rng, 0.02, 5)),
    'gamma 0.7': print((rng) => gamma(rng, 0.7)),
    'gamma 1': print((rng) => gamma(rng, 1, 2)),
    'gamma 30': print((rng) => gamma(rng, 30)),
    'beta 2 5': print((rng) => beta(rng, 2, 5)),
    'beta 0.1 0.1': print((rng) => beta(rng, 0.1, 0.1)),
    dirichlet: print((rng) => dirichlet(rng, [0.1, 1, 3, 0.001]), 500),
  }).toMatchInlineSnapshot(`
    {
      "beta 0.1 0.1": "edc0881ef99f8ca7",
      "beta 2 5": "ea3f24014da0308f",
      "dirichlet": "71bc2dfed20e9e1e",
      "exponential": "bc69328eff70433e",
      "gamma 0.02": "0b7c0fb36c9472ba",
      "gamma 0.7": "e5789702c2e110cd",
      "gamma 1": "9be81bda530799fa",
      "gamma 30": "e4825cd331496861",
      "normal": "2b008b5e6cd4116e",
      "uniform": "1b2ae0e03239c147",
      "uniformOpen": "294418a6efb4a17e",
    }
  `);
});

test('frozen draws of counts', () => {
  const counts: [number, number][] = [
    [1, 0.5],
    [8, 0.9],
    [99, 0.1],
    [25, 0.45],
    [100, 0.101],
    [1000, 0.6],
    [1e6, 0.25],
    [2 ** 53 - 1, 0.5],
  ];
  const prints = Object.fromEntries(
    counts.map(([n, p]) => [`binomial ${n} ${p}`, print((rng) => binomial(rng, n, p))]),
  );
  const means = [0.4, 9.99, 10, 11, 60, 1e4, 1e12];
  Object.assign(
    prints,
    Object.fromEntries(means.map((mean) => [`poisson ${mean}`, print((rng) => poisson(rng, mean))])),
  );
  expect({
    ...prints,
    multinomial: print((rng) => multinomial(rng, 40, [2, 0, 3, 5, 0]), 500),
    'multinomial of few': print((rng) => multinomial(rng, 2, [1, 1, 1, 0.5]), 500),
  }).toMatchInlineSnapshot(`
    {
      "binomial 1 0.5": "fb6d071e44791122",
      "binomial 100 0.101": "3f059658c76c0613",
      "binomial 1000 0.6": "b5bdb5300a8c3317",
      "binomial 1000000 0.25": "03d400dcdea7d3bd",
      "binomial 25 0.45": "e7b8742b6c01c4d1",
      "binomial 8 0.9": "ac1cc728859348af",
      "binomial 9007199254740991 0.5": "a4b132343a2a4b2c",
      "binomial 99 0.1": "e0593692461d6548",
      "multinomial": "7c02a6db00c1225a",
      "multinomial of few": "cc0af9f4ddaa1ddd",
      "poisson 0.4": "2380ffd30c986b2d",
      "poisson 10": "109e48853dad8650",
      "poisson 10000": "ea5d54f16018ae49",
      "poisson 1000000000000": "a4e4e5e12c826993",
      "poisson 11": "81a80296871d9355",
      "poisson 60": "c5311446e8511231",
      "poisson 9.99": "8580b9198a191e44",
    }
  `);
});

test('frozen choices and orders', () => {
  const skew = aliasTable([5, 0, 1, 0.001, 3, 0, 10, 2]);
  const buffer = Int32Array.from({ length: 9 }, (_, i) => i - 4);
  expect({
    'uniformInt 7': print((rng) => uniformInt(rng, 7)),
    'uniformInt 3 * 2^30': print((rng) => uniformInt(rng, 3 * 2 ** 30)),
    'uniformInt 2^32 + 1': print((rng) => uniformInt(rng, 2 ** 32 + 1)),
    'uniformInt 2^52 + 1': print((rng) => uniformInt(rng, 2 ** 52 + 1)),
    categorical: print((rng) => categorical(rng, skew)),
    permutation: print((rng) => permutation(rng, 13), 200),
    fillShuffled: print((rng) => fillShuffled(buffer, rng), 200),
    'few of many': print((rng) => sampleWithoutReplacement(rng, 100, 12), 200),
    'many of few': print((rng) => sampleWithoutReplacement(rng, 100, 13), 200),
  }).toMatchInlineSnapshot(`
    {
      "categorical": "bf08d92eff71e163",
      "few of many": "42b6237123e52957",
      "fillShuffled": "8d0f2e6761e08354",
      "many of few": "a58484cf5aa29193",
      "permutation": "030e311947e17dfa",
      "uniformInt 2^32 + 1": "c0a469d7bf5dd2c1",
      "uniformInt 2^52 + 1": "1dcda1dfb3c76bb7",
      "uniformInt 3 * 2^30": "b87aa4fb621132d7",
      "uniformInt 7": "f64e98198817cf83",
    }
  `);
});

test('frozen Philox draws', () => {
  const rng = createPhiloxRng('frozen');
  const values = Float64Array.from({ length: 1000 }, () => uniform(rng));
  expect(sha256Hex(new Uint8Array(values.buffer)).slice(0, 16)).toMatchInlineSnapshot(`"c79846f21f4f4d2b"`);
});
