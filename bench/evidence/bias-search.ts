/**
 * Figures of the bias area's searches: coverage of Newcombe's interval, Fairlearn's percentile bootstrap beside ours,
 * spontaneous associations (false alarms on real and awkward data, power, share of false findings), reversals, subgroup
 * scan, thresholds per group on held-out rows.
 */
import {
  applyGroupThresholds,
  auditBias,
  biasReport,
  findReversals,
  groupThresholds,
  scanSubgroups,
  spontaneousBias,
} from '../../src/bias/index.ts';
import { exp } from '../../src/math/exp.ts';
import { logBinomialProbability } from '../../src/math/log-binomial-probability.ts';
import { binomial } from '../../src/random/binomial.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { permutation } from '../../src/random/permutation.ts';
import { uniform } from '../../src/random/uniform.ts';
import { uniformInt } from '../../src/random/uniform-int.ts';
import { newcombeInterval } from '../../src/stats/newcombe-interval.ts';
import { quantile } from '../../src/stats/quantile.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { parseCsv } from '../../src/table/parse-csv.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Rng, Table } from '../../src/types.ts';
import { type Evidence, type Figure, within } from './types.ts';

const area = 'bias';

/** Exact coverage of Newcombe's interval: sum over all counts of their probability where the interval holds p1 - p2. */
function coverage(p1: number, n1: number, p2: number, n2: number): number {
  const weights = [
    [p1, n1],
    [p2, n2],
  ].map(([p, n]) => Array.from({ length: n! + 1 }, (_, k) => exp(logBinomialProbability(k, n!, p!))));
  let sum = 0;
  for (let a = 0; a <= n1; a++)
    for (let b = 0; b <= n2; b++) {
      const { lower, upper } = newcombeInterval(a, n1, b, n2);
      if (lower <= p1 - p2 && p1 - p2 <= upper) sum += weights[0]![a]! * weights[1]![b]!;
    }
  return sum;
}

/** Fairlearn's interval of the greatest difference: percentiles over resamples of rows. Share of draws from equal groups that it flags. */
function percentileAlarms(draws: number): number {
  const rng = createRng('evidence percentile');
  let flagged = 0;
  for (let d = 0; d < draws; d++) {
    const counts = Array.from({ length: 5 }, () => binomial(rng, 50, 0.3));
    const resampled = Array.from({ length: 100 }, () => {
      const rates = counts.map((k) => binomial(rng, 50, k / 50) / 50);
      return Math.max(...rates) - Math.min(...rates);
    });
    if (quantile(resampled, 0.025) > 0) flagged++;
  }
  return flagged / draws;
}

/** Awkward rows: a rare group, many levels of uneven size, a heavy tail, missing values, and a column that depends on the group. */
function awkward(rows: number, rng: Rng, gap: number): Table {
  const sex: (string | null)[] = [];
  const region: string[] = [];
  const job: boolean[] = [];
  const wage: (number | null)[] = [];
  const linked: string[] = [];
  const noise: string[][] = Array.from({ length: 8 }, () => []);
  for (let i = 0; i < rows; i++) {
    const u = uniform(rng);
    const s = u < 0.02 ? null : u < 0.05 ? 'x' : u < 0.5 ? 'f' : 'm';
    sex.push(s);
    region.push(`r${Math.floor(60 * uniform(rng) * uniform(rng) * uniform(rng))}`);
    job.push(uniform(rng) < 0.3 + (s === 'f' ? gap : 0));
    wage.push(uniform(rng) < 0.2 ? null : 1 / (0.001 + uniform(rng)));
    linked.push(uniform(rng) < (s === 'm' ? 0.6 : 0.2) ? 'yes' : 'no');
    for (let c = 0; c < noise.length; c++) noise[c]!.push(`l${Math.floor((c + 2) * uniform(rng))}`);
  }
  return createTable([
    categoryColumn('sex', sex),
    categoryColumn('region', region),
    booleanColumn('job', job),
    numberColumn('wage', wage),
    categoryColumn('linked', linked),
    ...noise.map((values, c) => categoryColumn(`noise${c}`, values)),
  ]);
}

function resample(table: Table, rows: number, rng: Rng): Table {
  return takeRows(
    table,
    Int32Array.from({ length: rows }, () => uniformInt(rng, table.rowCount)),
  );
}

interface Alarms {
  /** Share of single pairs with p <= .05. */
  readonly pairs: number;
  /** Share of calls with any pair flagged after adjustment. */
  readonly calls: number;
}

function alarms(draws: number, make: (d: number) => readonly [Table, Table], sensitive: readonly string[]): Alarms {
  let pairs = 0;
  let low = 0;
  let calls = 0;
  for (let d = 0; d < draws; d++) {
    const [source, copy] = make(d);
    const found = spontaneousBias(source, copy, { sensitive, seed: `${d}`, permutations: 499 });
    pairs += found.pairs.length;
    low += found.pairs.filter((one) => one.pValue <= 0.05).length;
    if (found.changed > 0) calls++;
  }
  return { pairs: low / pairs, calls: calls / draws };
}

function* spontaneous(full: boolean, adult: string | null): Generator<Figure> {
  const rng = createRng('evidence spontaneous');
  const draws = full ? 200 : 30;
  const rows = full ? 2000 : 600;
  const fresh = alarms(draws, () => [awkward(rows, rng, 0), awkward(rows / 2, rng, 0)], ['sex']);
  yield within(area, 'spontaneousBias, same population, unequal sizes: pairs with p <= .05', fresh.pairs, 0, 0.07);
  yield within(
    area,
    'spontaneousBias, same population, unequal sizes: any pair flagged',
    fresh.calls,
    0,
    full ? 0.08 : 0.14,
  );
  const again = alarms(draws, () => {
    const source = awkward(rows, rng, 0);
    return [source, resample(source, rows, rng)];
  }, ['sex']);
  yield within(area, 'spontaneousBias, copy = resample of its source: any pair flagged', again.calls, 0, 0.07);
  if (adult !== null) {
    const table = parseCsv(adult);
    const halves = alarms(full ? 40 : 4, () => {
      const order = permutation(rng, table.rowCount).subarray(0, full ? 6000 : 2000);
      const cut = Math.floor(order.length / 3);
      return [takeRows(table, order.subarray(0, cut)), takeRows(table, order.subarray(cut))];
    }, ['sex', 'race']);
    yield within(
      area,
      'spontaneousBias, two samples of Adult, sex and race: pairs with p <= .05',
      halves.pairs,
      0,
      0.08,
    );
  }
  const replicates = full ? 200 : 25;
  let found = 0;
  let named = 0;
  let wrong = 0;
  for (let d = 0; d < replicates; d++) {
    const result = spontaneousBias(awkward(5000, rng, 0), awkward(5000, rng, 0.1), {
      sensitive: ['sex'],
      seed: `planted ${d}`,
    });
    const flagged = result.pairs.filter((one) => one.verdict !== 'unchanged');
    const planted = flagged.find((one) => one.column === 'job');
    if (planted !== undefined) found++;
    if (planted?.verdict === 'spontaneous') named++;
    wrong += flagged.length === 0 ? 0 : flagged.filter((one) => one.column !== 'job').length / flagged.length;
  }
  const planted = 'planted +10 points between a group and one of 12 columns, n = 5000, BH at .05';
  yield within(area, `${planted}: found`, found / replicates, 0.95, Infinity);
  yield within(area, `${planted}: named spontaneous`, named / replicates, 0.9, Infinity);
  yield within(area, `${planted}: share of false findings`, wrong / replicates, 0, full ? 0.05 : 0.08);
}

function* reversals(full: boolean): Generator<Figure> {
  const rng = createRng('evidence reversals');
  const draws = full ? 400 : 60;
  let reversed = 0;
  for (let d = 0; d < draws; d++) {
    const found = findReversals(awkward(800, rng, 0), { sensitive: 'sex', label: { column: 'job' } });
    if (found.checks.some((one) => one.verdict === 'reversed')) reversed++;
  }
  let risks = 0;
  let changes = 0;
  for (let d = 0; d < draws; d++) {
    const audit = auditBias(awkward(800, rng, 0), awkward(600, rng, 0), {
      sensitive: ['sex'],
      label: { column: 'job' },
      seed: `${d}`,
      permutations: 19,
    });
    if (biasReport(audit).findings.some((one) => one.level === 'risk')) risks++;
    if (
      audit.search?.reversals.some((one) => one.changes.some((two) => two.pAdjusted !== null && two.pAdjusted <= 0.05))
    )
      changes++;
  }
  yield within(
    area,
    'auditBias, two samples of one population: any finding called a risk',
    risks / draws,
    0,
    full ? 0.08 : 0.14,
  );
  yield within(area, 'the same: any change of a difference within levels (Holm)', changes / draws, 0, 0.07);
  yield within(area, 'findReversals, no difference anywhere: any reversal beyond chance', reversed / draws, 0, 0.05);
}

function* subgroups(full: boolean): Generator<Figure> {
  const rng = createRng('evidence subgroup');
  const draws = full ? 40 : 6;
  let least = 1;
  let sum = 0;
  for (let d = 0; d < draws; d++) {
    const codes = Array.from({ length: 5 }, () => Array.from({ length: 5000 }, () => Math.floor(4 * uniform(rng))));
    const inside = codes[0]!.map((a, i) => a < 2 && codes[1]![i]! > 1 && codes[2]![i]! % 2 === 0);
    // Odds of 0.3 times three.
    const hit = inside.map((one) => uniform(rng) < (one ? 9 / 16 : 0.3));
    const table = createTable([
      ...codes.map((values, c) => categoryColumn(`c${c}`, values.map(String))),
      booleanColumn('hit', hit),
      numberColumn(
        'expected',
        hit.map(() => 0.3),
      ),
    ]);
    const scan = scanSubgroups(
      table,
      {
        columns: ['c0', 'c1', 'c2', 'c3', 'c4'],
        outcome: { column: 'hit' },
        expected: 'expected',
        direction: 'positive',
      },
      { simulations: 0 },
    );
    let both = 0;
    let either = 0;
    for (let i = 0; i < 5000; i++) {
      const here = scan.subgroup.every((one) => one.levels.includes(String(codes[Number(one.column.slice(1))]![i]!)));
      if (here && inside[i]) both++;
      if (here || inside[i]) either++;
    }
    least = Math.min(least, both / either);
    sum += both / either;
  }
  yield within(
    area,
    'subgroup scan, planted 3-attribute subgroup, odds x 3, n = 5000: mean Jaccard',
    sum / draws,
    0.9,
    Infinity,
  );
}

function* thresholds(): Generator<Figure> {
  const rng = createRng('evidence thresholds');
  const make = (rows: number): Table => {
    const sex: string[] = [];
    const y: boolean[] = [];
    const score: number[] = [];
    for (let i = 0; i < rows; i++) {
      const f = uniform(rng) < 0.4;
      const label = uniform(rng) < (f ? 0.2 : 0.4);
      sex.push(f ? 'f' : 'm');
      y.push(label);
      score.push(uniform(rng) + uniform(rng) + (label ? (f ? 0.4 : 0.7) : f ? 0 : 0.2));
    }
    return createTable([categoryColumn('sex', sex), booleanColumn('y', y), numberColumn('score', score)]);
  };
  const fitted = groupThresholds(make(20_000), { sensitive: ['sex'], label: { column: 'y' }, score: 'score' });
  const held = make(20_000);
  const { table } = applyGroupThresholds(held, fitted, { rng });
  const [sex, y, , decision] = table.columns;
  if (sex?.kind !== 'category' || y?.kind !== 'boolean' || decision?.kind !== 'boolean')
    throw new Error('unexpected columns');
  const rate = (code: number, label: number): number => {
    let n = 0;
    let k = 0;
    for (let i = 0; i < table.rowCount; i++)
      if (sex.codes[i] === code && y.values[i] === label) {
        n++;
        k += decision.values[i]!;
      }
    return k / n;
  };
  const gap = Math.max(Math.abs(rate(0, 1) - rate(1, 1)), Math.abs(rate(0, 0) - rate(1, 0)));
  yield within(area, 'groupThresholds, equalized odds, 20,000 held-out rows: equalized odds difference', gap, 0, 0.03);
}

/** The evidence of the bias area's searches. */
export const evidence: Evidence = async function* (options) {
  const sizes = options.full ? [20, 50, 200] : [20, 50];
  let least = 1;
  for (const p1 of [0.05, 0.3, 0.5])
    for (const p2 of [0.05, 0.3, 0.5])
      for (const n1 of sizes) for (const n2 of sizes) least = Math.min(least, coverage(p1, n1, p2, n2));
  yield within(
    area,
    `Newcombe's interval, exact, p in {.05, .3, .5}, n in {${sizes.join(', ')}}: least coverage`,
    least,
    0.94,
    Infinity,
  );
  const theirs = percentileAlarms(options.full ? 1000 : 200);
  yield within(
    area,
    "5 equal groups of 50, Fairlearn's percentile interval, for comparison: flagged",
    theirs,
    0.99,
    Infinity,
  );
  yield* spontaneous(options.full, options.data('adult.csv'));
  yield* reversals(options.full);
  yield* subgroups(options.full);
  yield* thresholds();
};
