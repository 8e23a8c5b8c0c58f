import {
  type NoiseSource,
  sampleDiscreteGaussian,
  sampleDiscreteLaplace,
  unsafeSeededNoise,
  zcdpDelta,
  zcdpEpsilon,
  zcdpRho,
} from '../../src/dp/index.ts';
import { fitDpTree } from '../../src/generators/dp-tree/index.ts';
import { betaQuantile, chiSquareUpperTail, log } from '../../src/math/index.ts';
import { booleanColumn, createTable } from '../../src/table/index.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'dp';

/** Measures the exact samplers, the accountant and the privacy loss that an attacker can prove. */
export const evidence: Evidence = async function* ({ full }) {
  const draws = full ? 100_000 : 20_000;
  for (const sigma2 of [0.3, 3.5, 1500]) {
    const values = sampleDiscreteGaussian(unsafeSeededNoise(`gaussian ${sigma2}`), sigma2, draws);
    const p = chiSquareP(values, (y) => Math.exp((-y * y) / (2 * sigma2)), Math.ceil(10 * Math.sqrt(sigma2)) + 5);
    yield within(AREA, `discrete Gaussian, sigma2 ${sigma2}: chi-square p of ${draws} draws`, p, 0.001, 1);
  }
  for (const scale of [0.5, 20]) {
    const values = sampleDiscreteLaplace(unsafeSeededNoise(`laplace ${scale}`), scale, draws);
    const p = chiSquareP(values, (y) => Math.exp(-Math.abs(y) / scale), Math.ceil(40 * scale));
    yield within(AREA, `discrete Laplace, scale ${scale}: chi-square p of ${draws} draws`, p, 0.001, 1);
  }
  yield within(AREA, 'accountant: largest relative gap of rho -> epsilon -> rho', roundTrip(), 0, 1e-9);
  const runs = full ? 10_000 : 400;
  for (const epsilon of [0.5, 1, 4])
    for (const columns of [1, 2]) {
      const found = audit(epsilon, columns, runs);
      const figure = `DP tree of ${columns} columns, claimed epsilon ${epsilon}: proven from ${runs} fits of each neighbour`;
      yield within(AREA, figure, found, 0, epsilon);
    }
  // The audit must be able to bite: the same fits would break a claim that is far too small.
  yield within(
    AREA,
    `audit of epsilon 8, ${runs} fits of each neighbour: passes a false claim of .5`,
    audit(8, 1, runs),
    0.5,
    8,
  );
};

const DELTA = 1e-9;
/** Shares of runs above the thresholds that are tried. */
const TAILS = [0.5, 0.3, 0.16, 0.07, 0.02, 0.005];

/**
 * A lower bound on epsilon that holds at 95 %: Clopper-Pearson bounds on how often a released figure of an empty table and
 * of a table of one row passes a threshold, over whole fits. These two are the hardest pair: nothing hides the row.
 */
function audit(epsilon: number, columns: number, runs: number): number {
  const noise = unsafeSeededNoise(`audit ${epsilon} ${columns}`);
  const sample = (member: readonly boolean[], times: number) =>
    Array.from({ length: times }, () => release(member, columns, epsilon, noise));
  // Thresholds come from runs of their own, so that the bounds on the others hold.
  const pilot = Math.ceil(runs / 10);
  const pooled = [...sample([], pilot), ...sample([true], pilot)].sort((a, b) => a - b);
  const thresholds = TAILS.map((tail) => pooled[Math.floor((1 - tail) * pooled.length)]!);
  const without = sample([], runs);
  const withRow = sample([true], runs);
  // Bonferroni over thresholds and the two bounds.
  const alpha = 0.05 / (2 * thresholds.length);
  let best = 0;
  for (const threshold of thresholds) {
    const hits = count(withRow, threshold);
    const falseHits = count(without, threshold);
    const low = hits === 0 ? 0 : betaQuantile(alpha, hits, runs - hits + 1);
    const high = falseHits === runs ? 1 : betaQuantile(1 - alpha, falseHits + 1, runs - falseHits);
    if (low > DELTA) best = Math.max(best, log((low - DELTA) / high));
  }
  return best;
}

/** Released weight of `true` in all columns: of its noisy counts, and of the margin that all tables agree on. */
function release(member: readonly boolean[], columns: number, epsilon: number, noise: NoiseSource): number {
  const names = Array.from({ length: columns }, (_, i) => `member ${i}`);
  const table = createTable(names.map((name) => booleanColumn(name, member)));
  const domain = names.map((name) => ({ name, kind: 'boolean', missing: false }) as const);
  const model = fitDpTree(table, { domain, epsilon, delta: DELTA, noise });
  let total = 0;
  for (const column of model.columns) {
    const margin = column.tables.at(-1)!;
    total += column.weights[1]! + (margin.weights[margin.states.indexOf(column.groups[1]!)] ?? 0);
  }
  return total;
}

function count(values: readonly number[], threshold: number): number {
  return values.filter((value) => value > threshold).length;
}

function roundTrip(): number {
  let worst = 0;
  for (const rho of [1e-4, 1e-3, 1e-2, 0.1, 1, 10])
    for (const delta of [1e-3, 1e-6, 1e-9, 1e-12]) {
      const epsilon = zcdpEpsilon(rho, delta);
      if (zcdpDelta(rho, epsilon) > delta) return Number.POSITIVE_INFINITY;
      worst = Math.max(worst, Math.abs(zcdpRho(epsilon, delta) / rho - 1));
    }
  return worst;
}

/** p of a chi-square test of whole draws against weights over -reach to reach; cells of fewer than 5 expected draws as one. */
function chiSquareP(draws: Float64Array, weight: (y: number) => number, reach: number): number {
  const observed = new Float64Array(2 * reach + 1);
  for (const y of draws) observed[Math.max(-reach, Math.min(reach, y)) + reach]!++;
  const weights = Array.from(observed, (_, i) => weight(i - reach));
  const total = weights.reduce((a, b) => a + b, 0);
  let statistic = 0;
  let cells = 0;
  const rest = { seen: 0, expected: 0 };
  weights.forEach((mass, i) => {
    const expected = (draws.length * mass) / total;
    if (expected < 5) {
      rest.seen += observed[i]!;
      rest.expected += expected;
      return;
    }
    statistic += (observed[i]! - expected) ** 2 / expected;
    cells++;
  });
  if (rest.expected > 1) {
    statistic += (rest.seen - rest.expected) ** 2 / rest.expected;
    cells++;
  }
  return chiSquareUpperTail(statistic, cells - 1);
}
