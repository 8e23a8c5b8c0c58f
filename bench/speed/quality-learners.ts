import { fitIndependent, sampleIndependent } from '../../src/generators/index.ts';
import { encodeFeatures, fitBoostedTrees, fitLogistic, predictBoostedTrees } from '../../src/learners/index.ts';
import {
  kWayMarginals,
  measureDetectability,
  pmse,
  subgroupFidelity,
  tableEnergyDistance,
} from '../../src/quality/index.ts';
import type { Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { type Bench, type BenchRow, medianMs } from './types.ts';

const LABEL = 'income-per-year';

/** Times of the learners and of the scores built on them, on Adult. */
export const bench: Bench = async function* ({ data }) {
  const text = data('adult.csv');
  if (text === null) return;
  const { train, holdout } = readAdult(text);
  const synthetic = sampleIndependent(fitIndependent(train), { rows: train.rowCount, seed: 'bench' });
  const row = (job: string, run: () => unknown, runs: number): BenchRow => ({
    area: 'quality',
    job,
    ours: medianMs(run, runs),
    peer: 'none',
    theirs: null,
  });
  const columns = train.columns.map((column) => column.name).filter((name) => name !== LABEL);
  const labels = labelsOf(train);
  const ordinal = encodeFeatures(train, { columns }).columns;
  const oneHot = encodeFeatures(train, { columns, form: 'one-hot' }).columns;
  const tested = encodeFeatures(holdout, { reference: train, columns }).columns;
  const model = fitBoostedTrees(ordinal, labels);
  yield row('boosted trees, fit 26,048 x 14, ms (goal 3,000)', () => fitBoostedTrees(ordinal, labels), 3);
  yield row('boosted trees, predict 6,513 rows, ms', () => predictBoostedTrees(model, tested), 5);
  yield row('logistic regression, fit 26,048 x 108 one-hot, ms', () => fitLogistic(oneHot, labels), 3);
  const none = { seed: 'bench', noiseFloor: { repeats: 0 } };
  for (const learner of ['boosted', 'logistic'] as const)
    yield row(
      `C2ST ${learner}, 13,026 rows, 3 folds, ms (goal 5,000)`,
      () => measureDetectability(holdout, synthetic, { ...none, learners: [learner] }),
      1,
    );
  yield row('pMSE logistic, 26,048 + 26,048 rows, ms', () => pmse(train, synthetic, none), 1);
  yield row('3-way marginals, 200 sets, 3 splits, ms', () => kWayMarginals(train, synthetic, { seed: 'bench' }), 1);
  yield row(
    'energy distance, 1,000 + 1,000 rows, 99 rearrangements, ms',
    () => tableEnergyDistance(train, synthetic, none),
    1,
  );
  yield row(
    'fidelity within groups of sex and race, 5 splits, ms',
    () => subgroupFidelity(train, synthetic, { groupBy: ['sex', 'race'], seed: 'bench' }),
    1,
  );
};

function labelsOf(table: Table): Uint8Array {
  const column = table.columns.find((one) => one.name === LABEL)!;
  if (column.kind !== 'category') throw new Error(`${LABEL} is no category`);
  return Uint8Array.from(column.codes, (code) => (column.labels[code] === '>50K' ? 1 : 0));
}
