import { fitCopula, sampleCopula, sampleCopulaConditional } from '../../src/generators/copula/index.ts';
import { fitIndependent, sampleIndependent } from '../../src/generators/index.ts';
import { readAdult } from '../adult.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'generators';

/** Fitting and sampling Adult, against columns drawn independently of each other. */
export const bench: Bench = async function* ({ data }) {
  const csv = data('adult.csv');
  if (csv === null) return;
  const { train } = readAdult(csv);
  const rows = train.rowCount;
  const model = fitCopula(train);
  const independent = fitIndependent(train);
  yield {
    area: AREA,
    job: 'fitCopula, Adult 26,048 x 15',
    ours: medianMs(() => fitCopula(train)),
    peer: 'fitIndependent',
    theirs: medianMs(() => fitIndependent(train)),
  };
  const theirs = medianMs(() => sampleIndependent(independent, { rows, seed: 'bench' }));
  yield {
    area: AREA,
    job: 'sampleCopula, 26,048 rows',
    ours: medianMs(() => sampleCopula(model, { rows, seed: 'bench' })),
    peer: 'sampleIndependent',
    theirs,
  };
  const conditions = { education: 'Bachelors', 'capital-gain': 0 };
  yield {
    area: AREA,
    job: 'sampleCopulaConditional, 10,000 rows given 2 columns',
    ours: medianMs(() => sampleCopulaConditional(model, { given: conditions, rows: 10_000, seed: 'bench' }), 3),
    peer: 'sampleIndependent, 26,048 rows',
    theirs,
  };
};
