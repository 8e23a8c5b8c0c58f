import { chiSquareQuantile } from '../../src/math/index.ts';
import { measureDetectability } from '../../src/quality/index.ts';
import { createRng, normal, uniform } from '../../src/random/index.ts';
import {
  chiSquareTest,
  cramerVonMises,
  energyDistance,
  fisherExact,
  gTest,
  jensenShannon,
  ksTwoSample,
  lsddTest,
  mannWhitneyU,
  mmdTest,
  permutationTest,
  psi,
  psiTest,
  wasserstein1,
} from '../../src/stats/index.ts';
import { createTable, numberColumn } from '../../src/table/index.ts';
import type { Rng } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'value-drift';

/** Two samples of one law, as numbers and as five categories. */
interface Pair {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly counts: readonly [Float64Array, Float64Array];
  readonly two: readonly [Float64Array, Float64Array];
  readonly rng: Rng;
}

const CATEGORIES = 5;

function pair(rng: Rng, n: number, m: number): Pair {
  const side = (size: number): [Float64Array, Float64Array, Float64Array] => {
    const values = Float64Array.from({ length: size }, () => normal(rng));
    const counts = new Float64Array(CATEGORIES);
    const two = new Float64Array(2);
    for (let i = 0; i < size; i++) {
      counts[Math.floor(uniform(rng) * CATEGORIES)]!++;
      two[uniform(rng) < 0.4 ? 1 : 0]!++;
    }
    return [values, counts, two];
  };
  const [a, countsA, twoA] = side(n);
  const [b, countsB, twoB] = side(m);
  return { a, b, counts: [countsA, countsB], two: [twoA, twoB], rng };
}

const points = (values: Float64Array): Float64Array[] => Array.from(values, (x) => Float64Array.of(x));
const total = (counts: Float64Array): number => counts.reduce((x, y) => x + y, 0);

/** Permutations of the tests that need them; 1 in 20 is reached exactly. */
const PERMUTATIONS = 99;

/** A test under the null, with the least rate that it must still have where its law is continuous or exact by permutation. */
interface Case {
  readonly name: string;
  readonly least: number;
  /** The statistic moves in steps, so that at equal sizes no level between those steps can be reached. */
  readonly steps?: boolean;
  /** Runs as a part of those of the quick tests. */
  readonly share: number;
  readonly rejects: (pair: Pair) => boolean;
}

/** The largest level up to .05 that the exact KS test can have for two samples of n without ties. */
function ksLevel(n: number): number {
  const a = Float64Array.from({ length: n }, (_, i) => i);
  for (let steps = 1; ; steps++) {
    // Shifted by `steps - 1/2`, the two distribution functions are steps / n apart.
    const { pValue } = ksTwoSample(
      a,
      a.map((x) => x + steps - 0.5),
    );
    if (pValue <= 0.05) return pValue;
  }
}

const TESTS: readonly Case[] = [
  { name: 'KS', least: 0.043, steps: true, share: 1, rejects: ({ a, b }) => ksTwoSample(a, b).pValue <= 0.05 },
  { name: 'Cramer-von Mises', least: 0.043, share: 1, rejects: ({ a, b }) => cramerVonMises(a, b).pValue <= 0.05 },
  { name: 'Mann-Whitney', least: 0.043, share: 1, rejects: ({ a, b }) => mannWhitneyU(a, b).pValue <= 0.05 },
  { name: 'chi-square, 5 levels', least: 0, share: 1, rejects: ({ counts }) => chiSquareTest(counts).pValue <= 0.05 },
  { name: 'G, 5 levels', least: 0, share: 1, rejects: ({ counts }) => gTest(counts).pValue <= 0.05 },
  { name: 'Fisher, 2 levels', least: 0, share: 1, rejects: ({ two }) => fisherExact(two).twoSided <= 0.05 },
  {
    name: 'PSI with its null law, 5 levels',
    least: 0,
    share: 1,
    rejects: ({ counts: [p, q] }) => psiTest(p, q).pValue <= 0.05,
  },
  {
    name: 'energy',
    least: 0.043,
    share: 0.2,
    rejects: ({ a, b, rng }) => {
      const all = Float64Array.of(...a, ...b);
      const first = new Float64Array(a.length);
      const second = new Float64Array(b.length);
      const groups = all.map((_, i) => (i < a.length ? 0 : 1));
      const statistic = (labels: Int32Array): number => {
        let i = 0;
        let j = 0;
        for (let k = 0; k < labels.length; k++)
          if (labels[k] === 0) first[i++] = all[k]!;
          else second[j++] = all[k]!;
        return energyDistance(first, second);
      };
      return permutationTest(statistic, { groups, rng, permutations: PERMUTATIONS }).pValue! <= 0.05;
    },
  },
  {
    name: 'MMD',
    least: 0.043,
    share: 0.2,
    rejects: ({ a, b, rng }) => mmdTest(points(a), points(b), { rng, permutations: PERMUTATIONS }).pValue <= 0.05,
  },
  {
    name: 'LSDD',
    least: 0.043,
    share: 0.2,
    rejects: ({ a, b, rng }) => lsddTest(points(a), points(b), { rng, permutations: PERMUTATIONS }).pValue <= 0.05,
  },
  {
    name: 'classifier, logistic',
    least: 0.035,
    share: 0.2,
    rejects: ({ a, b, rng }) => {
      const table = (values: Float64Array) =>
        createTable([
          numberColumn('x', values),
          numberColumn(
            'y',
            values.map((x) => x * x),
          ),
        ]);
      const { scores } = measureDetectability(table(a), table(b), {
        seed: String(rng.nextUint32()),
        learners: ['logistic'],
        noiseFloor: { repeats: 0 },
      });
      return scores[0]!.pValue! <= 0.05;
    },
  },
];

/** Shares in bins of equal width over both samples, as many as Sturges gives. */
function sturges({ a, b }: Pair): [Float64Array, Float64Array] {
  let low = Infinity;
  let high = -Infinity;
  for (const side of [a, b])
    for (const x of side) {
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
  const bins = Math.ceil(Math.log2(a.length + b.length)) + 1;
  const counted = (values: Float64Array): Float64Array => {
    const counts = new Float64Array(bins);
    for (const x of values) counts[Math.min(bins - 1, Math.floor((bins * (x - low)) / (high - low)))]!++;
    return counts.map((count) => count / values.length);
  };
  return [counted(a), counted(b)];
}

function deviation(values: Float64Array): number {
  let mean = 0;
  for (const x of values) mean += x / values.length;
  let squares = 0;
  for (const x of values) squares += (x - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** The rules that Evidently documents, transcribed from their description: a level of error is not among them. */
const RULES: readonly { readonly name: string; readonly rejects: (pair: Pair) => boolean }[] = [
  {
    // The reference's shares are taken as known.
    name: 'chi-square against the reference',
    rejects: ({ counts: [p, q] }) => {
      let statistic = 0;
      for (let k = 0; k < CATEGORIES; k++) {
        const expected = (p[k]! / total(p)) * total(q);
        if (expected > 0) statistic += (q[k]! - expected) ** 2 / expected;
      }
      return statistic >= chiSquareQuantile(0.95, CATEGORIES - 1);
    },
  },
  { name: 'PSI >= 0.1', rejects: (sides) => psi(...sturges(sides)) >= 0.1 },
  { name: 'JS distance >= 0.1', rejects: (sides) => Math.sqrt(Math.max(0, jensenShannon(...sturges(sides)))) >= 0.1 },
  { name: 'normed W1 >= 0.1', rejects: ({ a, b }) => wasserstein1(a, b) / Math.max(deviation(a), 0.001) >= 0.1 },
];

const SIZES: readonly (readonly [number, number])[] = [
  [50, 50],
  [500, 500],
  [1000, 100],
];

export const evidence: Evidence = async function* ({ full }) {
  for (const [n, m] of SIZES) {
    for (const { name, least, steps, share, rejects } of TESTS) {
      const level = steps === true && n === m ? ksLevel(n) : 0.05;
      const runs = full ? 10_000 : Math.round((150 * share * 100) / (n + m)) + 12;
      let count = 0;
      for (let run = 0; run < runs; run++)
        if (rejects(pair(createRng(`tests/${name}/${n}/${m}/${run}`), n, m))) count++;
      const slack = 3 * Math.sqrt((0.05 * 0.95) / runs);
      yield within(
        AREA,
        `null rejection at .05, n ${n}, m ${m}: ${name}${level < 0.05 ? ` (next level below: ${level.toFixed(4)})` : ''}, ${runs} runs`,
        count / runs,
        full ? Math.min(least, Math.round((level - 0.007) * 1e4) / 1e4) : 0,
        full ? 0.057 : 0.05 + slack,
      );
    }
    for (const { name, rejects } of RULES) {
      const runs = full ? 10_000 : 200;
      let count = 0;
      for (let run = 0; run < runs; run++)
        if (rejects(pair(createRng(`rules/${name}/${n}/${m}/${run}`), n, m))) count++;
      yield {
        area: AREA,
        figure: `false alarms without drift, n ${n}, m ${m}: Evidently's ${name}, ${runs} runs`,
        value: count / runs,
        bound: 'shown beside, no promise of ours',
        ok: true,
      };
    }
  }
};
