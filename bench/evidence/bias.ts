/**
 * Figures that the bias area promises: false alarms of the permutation test under equality, coverage of intervals of
 * amplification when the copy is a resample of its source, power against a planted association.
 */
import {
  biasAmplification,
  demographicParityDifference,
  type GroupTable,
  pairwiseDisparities,
} from '../../src/bias/index.ts';
import { binomial } from '../../src/random/binomial.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { uniform } from '../../src/random/uniform.ts';
import { uniformInt } from '../../src/random/uniform-int.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { takeRows } from '../../src/table/take-rows.ts';
import type { Rng, Table } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

/** A cell table with the given group sizes and positives. */
function cellTable(sizes: readonly number[], positives: readonly number[]): GroupTable {
  const labels = sizes.map((_, g) => `g${String(g).padStart(3, '0')}`);
  return {
    kind: 'group-table',
    version: 1,
    sensitive: ['group'],
    control: [],
    levels: [labels],
    controlLevels: [],
    wholeLevels: [false],
    hasLabel: true,
    hasPrediction: false,
    weighted: false,
    cells: sizes.map((n, g) => {
      const counts = [n - positives[g]!, 0, positives[g]!, 0];
      return { stratum: [], group: [labels[g]!], n: counts, w: counts, w2: counts };
    }),
    rows: sizes.reduce((a, b) => a + b, 0),
    leftOut: { missingLabel: 0, missingPrediction: 0, missingWeight: 0 },
  };
}

function nullDraw(groups: number, n: number, p: number, rng: Rng): GroupTable {
  const sizes = new Array<number>(groups).fill(n);
  return cellTable(
    sizes,
    sizes.map(() => binomial(rng, n, p)),
  );
}

/** Rows with a sensitive column of uneven groups and an outcome whose rate depends on the group. */
function population(rows: number, rates: readonly number[], rng: Rng): Table {
  const sex: string[] = [];
  const outcome: boolean[] = [];
  for (let i = 0; i < rows; i++) {
    const g = Math.min(rates.length - 1, Math.floor(uniform(rng) * uniform(rng) * rates.length * 1.5));
    sex.push(`g${g}`);
    outcome.push(uniform(rng) < rates[g]!);
  }
  return createTable([categoryColumn('sex', sex), booleanColumn('outcome', outcome)]);
}

function resample(table: Table, rng: Rng): Table {
  return takeRows(
    table,
    Int32Array.from({ length: table.rowCount }, () => uniformInt(rng, table.rowCount)),
  );
}

/** The bias area's evidence. */
export const evidence: Evidence = async function* (options) {
  const area = 'bias';
  const draws = options.full ? 4000 : 1000;
  for (const [groups, n, p] of [
    [2, 100, 0.3],
    [5, 50, 0.3],
    [10, 100, 0.1],
  ] as const) {
    const rng = createRng(`evidence bias null ${groups} x ${n}`);
    let rejected = 0;
    let covered = 0;
    let pairwise = 0;
    for (let d = 0; d < draws; d++) {
      const cells = nullDraw(groups, n, p, rng);
      const found = demographicParityDifference(cells, { rng, permutations: options.full ? 999 : 199 });
      if (found.pValue! <= 0.05) rejected++;
      if (found.interval!.lower <= 0) covered++;
      if (
        pairwiseDisparities(cells, { metric: 'baseRate' }).pairs.some(
          (pair) => pair.pAdjusted !== null && pair.pAdjusted <= 0.05,
        )
      )
        pairwise++;
    }
    const setting = `${groups} equal groups of ${n}, p = ${p}`;
    yield within(area, `${setting}: type I of the permutation test`, rejected / draws, 0.03, 0.07);
    yield within(area, `${setting}: interval of the difference covers 0`, covered / draws, 0.94, Infinity);
    yield within(area, `${setting}: any pair flagged (Holm)`, pairwise / draws, -Infinity, 0.07);
  }
  {
    const rng = createRng('evidence bias flagged');
    let flagged = 0;
    for (let d = 0; d < 1000; d++)
      if (demographicParityDifference(nullDraw(5, 50, 0.3, rng), { rng, permutations: 199 }).pValue! <= 0.05) flagged++;
    yield within(area, '5 equal groups of 50: flagged in 1000 draws', flagged / 1000, -Infinity, 0.07);
  }
  for (const [name, rates] of [
    ['unequal groups', [0.2, 0.3, 0.45]],
    ['equal groups', [0.3, 0.3, 0.3, 0.3, 0.3]],
  ] as const) {
    const rng = createRng(`evidence bias amplification ${name}`);
    const replicates = 200;
    let difference = 0;
    let ratio = 0;
    let gap = 0;
    let zhao = 0;
    let directional = 0;
    let rates_ = 0;
    let shares = 0;
    let rateCount = 0;
    let shareCount = 0;
    let alarms = 0;
    const holds = (interval: { readonly lower: number; readonly upper: number } | null | undefined): number =>
      interval !== null && interval !== undefined && interval.lower <= 0 && interval.upper >= 0 ? 1 : 0;
    for (let d = 0; d < replicates; d++) {
      const source = population(options.full ? 5000 : 1500, rates, rng);
      const found = biasAmplification(source, resample(source, rng), {
        sensitive: ['sex'],
        label: { column: 'outcome' },
        seed: `${name} ${d}`,
        permutations: 199,
      });
      difference += holds(found.parity[0]?.interval);
      ratio += holds(found.parity[1]?.interval);
      gap += holds(found.gap?.interval);
      zhao += holds(found.zhao?.interval);
      directional += holds(found.directional?.outcomeGivenGroup.interval);
      directional += holds(found.directional?.groupGivenOutcome.interval);
      for (const one of found.rates) {
        rateCount++;
        rates_ += holds(one.interval);
      }
      for (const one of found.shares.groups) {
        shareCount++;
        shares += holds(one.differenceInterval);
      }
      if ([...found.sharesAdjusted, ...found.rates.map((one) => one.pAdjusted)].some((p) => p !== null && p <= 0.05))
        alarms++;
    }
    const what = `copy = resample of its source, ${name}`;
    yield within(area, `${what}: change of parity difference covers 0`, difference / replicates, 0.93, Infinity);
    yield within(area, `${what}: change of parity ratio covers 0`, ratio / replicates, 0.93, Infinity);
    yield within(area, `${what}: change of the widest gap covers 0`, gap / replicates, 0.93, Infinity);
    yield within(area, `${what}: Zhao's amplification covers 0`, zhao / replicates, 0.93, Infinity);
    yield within(area, `${what}: directional amplification covers 0`, directional / (2 * replicates), 0.93, Infinity);
    yield within(area, `${what}: change of group rates covers 0`, rates_ / rateCount, 0.93, Infinity);
    yield within(area, `${what}: change of group shares covers 0`, shares / shareCount, 0.93, Infinity);
    yield within(area, `${what}: any group change flagged (Holm)`, alarms / replicates, -Infinity, 0.07);
  }
  {
    const rng = createRng('evidence bias planted');
    const replicates = options.full ? 200 : 100;
    let found = 0;
    for (let d = 0; d < replicates; d++) {
      const source = population(5000, [0.3, 0.3, 0.3], rng);
      const planted = population(5000, [0.3, 0.4, 0.3], rng);
      const change = biasAmplification(source, planted, {
        sensitive: ['sex'],
        label: { column: 'outcome' },
        seed: `planted ${d}`,
        permutations: 19,
        adjust: 'benjamini-hochberg',
      });
      const one = change.rates.find((rate) => rate.group === 'g1');
      if (one?.pAdjusted !== null && one?.pAdjusted !== undefined && one.pAdjusted <= 0.05) found++;
    }
    yield within(
      area,
      'planted +10 points in one group, n = 5000: found (BH at .05)',
      found / replicates,
      0.95,
      Infinity,
    );
  }
};
