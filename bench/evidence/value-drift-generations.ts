import { cholesky, solveTriangular } from '../../src/math/index.ts';
import { createRng, normal, poisson, uniform } from '../../src/random/index.ts';
import type { Rng } from '../../src/types.ts';
import {
  changePoint,
  gaussianCollapse,
  generationCurve,
  inferRegime,
  linearRegressionCollapse,
  planMixing,
  trendTest,
} from '../../src/value-drift/generations/index.ts';
import { createValueSpec, featureScorer, profileValues, type ValueProfile } from '../../src/value-drift/index.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'value-drift';

/** Share of runs where the outcome holds. */
function share(runs: number, name: string, outcome: (rng: Rng) => boolean): number {
  let count = 0;
  for (let run = 0; run < runs; run++) if (outcome(createRng(`${name}/${run}`))) count++;
  return count / runs;
}

/** A rate's ceiling: the promise at full size, three standard errors above the nominal rate in short runs. */
function ceiling(runs: number, full: boolean, promised: number): number {
  return full ? promised : 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs);
}

function scored(width: number): (rows: number[][]) => ValueProfile {
  const values = Array.from({ length: width }, (_, v) => `value ${v}`);
  const scorer = featureScorer(createValueSpec({ id: 'evidence', version: '1', values }));
  return (rows) => profileValues(rows, scorer);
}

/** Mean and standard deviation (divisor n) of each column. */
function fit(rows: readonly number[][]): [number, number][] {
  return rows[0]!.map((_, v) => {
    let mean = 0;
    for (const row of rows) mean += row[v]! / rows.length;
    let squares = 0;
    for (const row of rows) squares += (row[v]! - mean) ** 2;
    return [mean, Math.sqrt(squares / rows.length)];
  });
}

/** Generations of items, each drawn from normal laws fitted to the one before, or to all before. */
function refits(
  rng: Rng,
  regime: 'replace' | 'accumulate',
  width: number,
  items: number,
  generations: number,
): number[][][] {
  let data = Array.from({ length: items }, () => Array.from({ length: width }, () => normal(rng)));
  const line = [data];
  for (let t = 0; t < generations; t++) {
    const laws = fit(data);
    const next = Array.from({ length: items }, () => laws.map(([mean, sd]) => mean + sd * normal(rng)));
    line.push(next);
    data = regime === 'accumulate' ? [...data, ...next] : next;
  }
  return line;
}

export const evidence: Evidence = async function* ({ full }) {
  yield* gaussianChain(full ? 20_000 : 300);
  yield* regressionChain(full ? 4000 : 200);
  yield* regimes(full ? 2000 : 40);
  yield* alarms(full ? 2000 : 20, full);
  yield* planner(full ? 4000 : 150, full);

  const runs = full ? 10_000 : 200;
  const series = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => Math.exp(normal(rng)));
  for (const n of [6, 10, 30]) {
    const trend = share(runs, `trend/${n}`, (rng) => trendTest(series(rng, n)).pValue! <= 0.05);
    yield within(
      AREA,
      `no trend, ${n} generations: Mann-Kendall p <= .05, ${runs} runs`,
      trend,
      0,
      ceiling(runs, full, 0.057),
    );
    const change = share(
      runs,
      `change/${n}`,
      (rng) => changePoint(series(rng, n), { permutations: 99, seed: String(uniform(rng)) }).pValue! <= 0.05,
    );
    yield within(
      AREA,
      `no change, ${n} generations: change-point p <= .05, ${runs} runs`,
      change,
      0,
      ceiling(runs, full, 0.057),
    );
  }
  const covered = share(runs, 'slope', (rng) => {
    const { interval } = trendTest(series(rng, 10).map((x, t) => x + 0.3 * t));
    return interval!.lower <= 0.3 && interval!.upper >= 0.3;
  });
  yield within(
    AREA,
    `slope .3 over 10 generations, skewed: interval covers, ${runs} runs`,
    covered,
    full ? 0.943 : 0.91,
    1,
  );
};

/** Mean variance of refit chains beside the closed forms, in standard errors. */
function* gaussianChain(chains: number): Generator<Figure> {
  const items = 100;
  const at = [1, 10, 50];
  const { replaceBiased, accumulate } = gaussianCollapse({ items, generations: at });
  for (const regime of ['replace', 'accumulate'] as const) {
    // Sums of squares are chi-square and means normal: a chain of 100 items costs two draws per generation here.
    const sums = at.map(() => [0, 0]);
    const count = regime === 'replace' ? chains : Math.ceil(chains / 5);
    for (let chain = 0; chain < count; chain++) {
      const rng = createRng(`gauss/${regime}/${chain}`);
      let mean = 0;
      let variance = 1;
      let held = 0;
      for (let t = 1; t <= 50; t++) {
        let centre = 0;
        let squares = 0;
        const draws = Array.from({ length: items }, () => mean + Math.sqrt(variance) * normal(rng));
        for (const x of draws) centre += x / items;
        for (const x of draws) squares += (x - centre) ** 2;
        const kept = regime === 'accumulate' ? held : 0;
        const total = kept + items;
        const gap = centre - mean;
        variance = (kept * variance + squares) / total + ((kept * items) / (total * total)) * gap * gap;
        mean += (items / total) * gap;
        held = total;
        const place = at.indexOf(t);
        if (place < 0) continue;
        sums[place]![0]! += variance;
        sums[place]![1]! += variance * variance;
      }
    }
    for (let k = 0; k < at.length; k++) {
      const average = sums[k]![0]! / count;
      const se = Math.sqrt((sums[k]![1]! / count - average * average) / (count - 1));
      const expected = (regime === 'replace' ? replaceBiased : accumulate)[k]!;
      yield within(
        AREA,
        `Gaussian chain, n 100, ${regime}, refit ${at[k]}: (mean variance - expected ${expected.toPrecision(4)}) / se, ${count} chains`,
        (average - expected) / se,
        -3,
        3,
      );
    }
  }
}

/** Excess risk of regressions fitted to labels of the one before, beside the closed form and the bound. */
function* regressionChain(chains: number): Generator<Figure> {
  const rows = 40;
  const features = 4;
  const generations = [1, 5, 10];
  const { replaceRisk, accumulateRisk } = linearRegressionCollapse({ rows, features, generations });
  for (const regime of ['replace', 'accumulate'] as const) {
    const sums = generations.map(() => [0, 0]);
    for (let chain = 0; chain < chains; chain++) {
      const rng = createRng(`regression/${regime}/${chain}`);
      let weights = new Float64Array(features);
      let gram = new Float64Array(features * features);
      let moment = new Float64Array(features);
      for (let t = 1; t <= 10; t++) {
        if (regime === 'replace') {
          gram = new Float64Array(features * features);
          moment = new Float64Array(features);
        }
        for (let i = 0; i < rows; i++) {
          const x = Array.from({ length: features }, () => normal(rng));
          let label = normal(rng);
          for (let k = 0; k < features; k++) label += weights[k]! * x[k]!;
          for (let k = 0; k < features; k++) {
            moment[k]! += x[k]! * label;
            for (let j = 0; j < features; j++) gram[k * features + j]! += x[k]! * x[j]!;
          }
        }
        const factor = cholesky(gram)!;
        weights = Float64Array.from(solveTriangular(factor, solveTriangular(factor, moment), { transposed: true }));
        const place = generations.indexOf(t);
        if (place < 0) continue;
        let risk = 0;
        for (const w of weights) risk += w * w;
        sums[place]![0]! += risk;
        sums[place]![1]! += risk * risk;
      }
    }
    for (let k = 0; k < generations.length; k++) {
      const average = sums[k]![0]! / chains;
      const se = Math.sqrt((sums[k]![1]! / chains - average * average) / (chains - 1));
      const name = `regression chain, T 40, d 4, ${regime}, fit ${generations[k]}`;
      if (regime === 'replace')
        yield within(
          AREA,
          `${name}: (mean risk - expected) / se, ${chains} chains`,
          (average - replaceRisk[k]!) / se,
          -3,
          3,
        );
      else
        yield within(
          AREA,
          `${name}: mean risk over its bound, ${chains} chains`,
          average / accumulateRisk[k]!,
          0,
          1 + (3 * se) / accumulateRisk[k]!,
        );
    }
  }
}

/** Replace and accumulate told apart by generation 10. */
function* regimes(runs: number): Generator<Figure> {
  for (const width of [5, 10]) {
    const profile = scored(width);
    for (const regime of ['replace', 'accumulate'] as const) {
      let wrong = 0;
      const right = share(runs, `regime/${width}/${regime}`, (rng) => {
        const { verdict } = inferRegime(refits(rng, regime, width, 100, 10).map(profile));
        if (verdict !== regime && verdict !== 'undecided') wrong++;
        return verdict === regime;
      });
      const name = `${regime}, ${width} values, 100 items, by generation 10`;
      yield within(AREA, `${name}: told right, ${runs} runs`, right, 0.95, 1);
      yield within(AREA, `${name}: told wrong, ${runs} runs`, wrong / runs, 0, 0.02);
    }
  }
}

/** False and true collapse alarms of whole curves. */
function* alarms(runs: number, full: boolean): Generator<Figure> {
  const width = 4;
  const profile = scored(width);
  const sources: readonly [string, (rng: Rng) => number[]][] = [
    ['normal', (rng) => Array.from({ length: width }, () => normal(rng))],
    [
      'correlated, skewed',
      (rng) => {
        const common = normal(rng);
        return Array.from({ length: width }, () => Math.exp(0.35 * (common + normal(rng))));
      },
    ],
    ['rare words', (rng) => Array.from({ length: width }, () => (uniform(rng) < 0.6 ? 0 : 1 + poisson(rng, 1)))],
  ];
  const rows = (rng: Rng, n: number, source: (rng: Rng) => number[], scale: number): number[][] =>
    Array.from({ length: n }, () => source(rng).map((x) => scale * x));
  for (const [name, source] of sources) {
    // The hardest case of "no collapse": every generation at the tolerated loss itself.
    const rate = share(runs, `alarm/${name}`, (rng) => {
      const line = Array.from({ length: 21 }, (_, g) => profile(rows(rng, 200, source, g === 0 ? 1 : Math.sqrt(0.9))));
      const curve = generationCurve(
        line.map((p, g) => ({ id: `g${g}`, profile: p })),
        { permutations: 99 },
      );
      return curve.collapseAt !== null;
    });
    yield within(
      AREA,
      `variance at the tolerated 0.9, ${name}, 20 generations of 200: any collapse alarm, ${runs} runs`,
      rate,
      0,
      ceiling(runs, full, 0.057),
    );
  }
  const found = share(runs, 'alarm/power', (rng) => {
    const line = Array.from({ length: 11 }, (_, g) => profile(rows(rng, 200, sources[0]![1], 0.95 ** g)));
    return (
      generationCurve(
        line.map((p, g) => ({ id: `g${g}`, profile: p })),
        { permutations: 99 },
      ).collapseAt !== null
    );
  });
  yield within(
    AREA,
    `deviations shrink by 5 % per generation, 200 items: alarm by generation 10, ${runs} runs`,
    found,
    0.95,
    1,
  );
}

/** The planner's intervals beside whole lines of generations, with a generator that distorts. */
function* planner(runs: number, full: boolean): Generator<Figure> {
  const pilot = 400;
  for (const regime of ['accumulate', 'replace'] as const) {
    let meanCovered = 0;
    const covered = share(runs, `plan/${regime}`, (rng) => {
      // The distortion is known from one pilot generation only.
      const keeps = 0.97;
      const shift = 0.03;
      const plan = planMixing({
        realItems: 150,
        generations: 6,
        syntheticItems: 100,
        regime,
        realShareFloor: 0.3,
        keeps: {
          value: keeps * Math.exp(Math.sqrt(2 / pilot) * normal(rng)),
          standardError: keeps * Math.sqrt(2 / pilot),
        },
        shift: { value: shift + normal(rng) / Math.sqrt(pilot), standardError: 1 / Math.sqrt(pilot) },
        maxDecay: 0.5,
        maxDrift: 0.5,
        chains: full ? 1000 : 400,
        seed: String(uniform(rng)),
      });
      const [mean, variance] = realised(rng, plan.regime, plan.realItems, plan.syntheticItems, keeps, shift);
      const last = plan.steps[5]!;
      if (last.driftInterval.lower <= mean && mean <= last.driftInterval.upper) meanCovered++;
      return last.varianceInterval.lower <= variance && variance <= last.varianceInterval.upper;
    });
    const floor = full ? 0.92 : 0.88;
    yield within(AREA, `planner, ${regime}, generation 6: variance interval covers, ${runs} lines`, covered, floor, 1);
    yield within(
      AREA,
      `planner, ${regime}, generation 6: drift interval covers, ${runs} lines`,
      meanCovered / runs,
      floor,
      1,
    );
  }
  // The share it asks for keeps the bound: many lines at the planned share, generator known.
  const plan = planMixing({
    realItems: 60,
    generations: 8,
    syntheticItems: 60,
    regime: 'replace',
    realShareFloor: 0,
    maxDecay: 0.08,
    chains: 200,
  });
  let total = 0;
  let squares = 0;
  const lines = runs * 4;
  for (let line = 0; line < lines; line++) {
    const variance = realised(
      createRng(`bound/${line}`),
      'replace',
      plan.realItems,
      plan.syntheticItems,
      1,
      0,
      60,
      8,
    )[1];
    total += variance;
    squares += variance * variance;
  }
  const average = total / lines;
  const se = Math.sqrt((squares / lines - average * average) / (lines - 1));
  yield within(
    AREA,
    `planned share ${(plan.requiredRealShare ?? 0).toPrecision(3)} for a decay of .08: (mean variance - expected ${(1 - plan.expectedDecay).toPrecision(4)}) / se, ${lines} lines`,
    (average - 1 + plan.expectedDecay) / se,
    -3,
    3,
  );
}

/** Mean and variance of the last generation of one line of items, in terms of the real ones. */
function realised(
  rng: Rng,
  regime: 'accumulate' | 'replace',
  kept: number,
  synthetic: number,
  keeps: number,
  shift: number,
  pool = 150,
  generations = 6,
): [number, number] {
  const real = Array.from({ length: pool }, () => [normal(rng)]);
  const [[origin, sd]] = fit(real) as [[number, number]];
  const part = real.slice(0, kept);
  let data = real;
  let newest: number[][] = [];
  for (let t = 0; t < generations; t++) {
    const [[mean, spread]] = fit(data) as [[number, number]];
    newest = Array.from({ length: synthetic }, () => [mean + shift * sd + Math.sqrt(keeps) * spread * normal(rng)]);
    data = regime === 'accumulate' ? [...data, ...newest] : [...part, ...newest];
  }
  const [[mean, spread]] = fit(newest) as [[number, number]];
  const variance = (spread * spread * synthetic) / ((synthetic - 1) * sd * sd);
  return [(mean - origin) / sd, variance];
}
