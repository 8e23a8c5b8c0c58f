/**
 * Speed of the bias area: group metrics over a million rows, against a plain loop that counts with a Map of objects
 * (the obvious way). Goals in milliseconds on the development machine: 30 typed, 150 from strings, 40 for one disparity;
 * Fairlearn 0.12 took 8.1 s for the first job there.
 */
import { auditBias, demographicParityDifference, groupTable, metricFrame } from '../../src/bias/index.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { booleanColumn } from '../../src/table/boolean-column.ts';
import { categoryColumn } from '../../src/table/category-column.ts';
import { createTable } from '../../src/table/create-table.ts';
import { textColumn } from '../../src/table/text-column.ts';
import type { Table } from '../../src/types.ts';
import { TEN } from '../ten-metrics.ts';
import { type Bench, medianMs } from './types.ts';

function frame(table: Table): unknown {
  const cells = groupTable(table, { sensitive: ['sex', 'race'], label: { column: 'y' }, prediction: { column: 'p' } });
  return metricFrame(cells, { metrics: TEN });
}

/** The plain loop: one object per group in a Map keyed by joined strings, ten rates at the end. */
function plainFrame(
  sex: readonly string[],
  race: readonly string[],
  y: readonly boolean[],
  p: readonly boolean[],
): unknown {
  const groups = new Map<string, { tn: number; fp: number; fn: number; tp: number }>();
  for (let i = 0; i < y.length; i++) {
    const key = `${sex[i]}|${race[i]}`;
    let cell = groups.get(key);
    if (cell === undefined) {
      cell = { tn: 0, fp: 0, fn: 0, tp: 0 };
      groups.set(key, cell);
    }
    if (y[i]) {
      if (p[i]) cell.tp++;
      else cell.fn++;
    } else if (p[i]) cell.fp++;
    else cell.tn++;
  }
  return [...groups].map(([key, { tn, fp, fn, tp }]) => {
    const n = tn + fp + fn + tp;
    const tpr = tp / (tp + fn);
    const tnr = tn / (tn + fp);
    return [
      key,
      n,
      (tp + fp) / n,
      tpr,
      tnr,
      1 - tnr,
      1 - tpr,
      (tp + tn) / n,
      tp / (tp + fp),
      (2 * tp) / (2 * tp + fp + fn),
      (tpr + tnr) / 2,
    ];
  });
}

/** The bias area's benchmark. */
export const bench: Bench = async function* () {
  const rows = 1_000_000;
  const rng = createRng('bench bias');
  const words = rng.fill(new Uint32Array(rows));
  const sexes = ['female', 'male'];
  const races = ['Black', 'White', 'Asian', 'Other', 'Unknown'];
  const sex = Array.from(words, (word) => sexes[word & 1]!);
  const race = Array.from(words, (word) => races[(word >>> 1) % 5]!);
  const y = Array.from(words, (word) => ((word >>> 8) & 7) < 3);
  const p = Array.from(words, (word) => ((word >>> 11) & 7) < 3);
  const typed = createTable([
    categoryColumn('sex', sex),
    categoryColumn('race', race),
    booleanColumn('y', y),
    booleanColumn('p', p),
  ]);
  const text = createTable([
    textColumn('sex', sex),
    textColumn('race', race),
    booleanColumn('y', y),
    booleanColumn('p', p),
  ]);
  const theirs = medianMs(() => plainFrame(sex, race, y, p), 3);
  const area = 'bias';
  yield {
    area,
    job: '10 metrics x 2 features, 1e6 rows, typed',
    ours: medianMs(() => frame(typed)),
    peer: 'plain loop',
    theirs,
    goal: 0.2,
  };
  yield {
    area,
    job: '10 metrics x 2 features, 1e6 rows, string columns',
    ours: medianMs(() => frame(text)),
    peer: 'plain loop',
    theirs,
    goal: 1,
  };
  const parity = (): unknown =>
    demographicParityDifference(groupTable(typed, { sensitive: ['sex'], prediction: { column: 'p' } }));
  yield {
    area,
    job: 'demographicParityDifference, 1e6 rows, typed',
    ours: medianMs(parity),
    peer: 'none',
    theirs: null,
  };
  const cells = groupTable(typed, { sensitive: ['sex', 'race'], prediction: { column: 'p' } });
  const permuted = (): unknown => demographicParityDifference(cells, { rng: createRng('x'), permutations: 999 });
  yield { area, job: '999 permutations of a disparity, any n', ours: medianMs(permuted), peer: 'none', theirs: null };
  const audit = (): unknown =>
    auditBias(typed, typed, { sensitive: ['sex', 'race'], label: { column: 'y' }, seed: 'x' });
  yield { area, job: 'auditBias, 2 x 1e6 rows, sex, race, both', ours: medianMs(audit, 3), peer: 'none', theirs: null };
};
