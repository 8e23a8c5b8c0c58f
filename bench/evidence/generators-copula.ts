import {
  type CopulaModel,
  fitCopula,
  sampleCopula,
  sampleCopulaConditional,
} from '../../src/generators/copula/index.ts';
import { createTable, integerColumn, numberColumn, selectColumns, sliceRows } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { fastest, meanQ0, NO_SCORER, scoreAdult, shardHash } from '../score-adult.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'generators';
const SEEDS = ['seed 1', 'seed 2', 'seed 3', 'seed 4', 'seed 5'];
const TARGET = 'income-per-year';

/** Measures what the Gaussian copula promises on Adult; `--full` adds the scores of scikit-learn. */
export const evidence: Evidence = async function* ({ full, data }) {
  const five = fiveColumns();
  const [wide, wideSeconds] = fastest(5, () => sampleCopula(five, { rows: 1_000_000, seed: 'wide' }));
  yield within(
    AREA,
    'copula, 5 columns: rows sampled per second (best of 5)',
    wide.rowCount / wideSeconds,
    1e6,
    Infinity,
  );
  const csv = data('adult.csv');
  if (csv === null) {
    yield {
      area: AREA,
      figure: 'copula on Adult',
      value: null,
      bound: 'skipped: adult.csv is not on this machine',
      ok: true,
    };
    return;
  }
  const { train } = readAdult(csv);
  const rows = train.rowCount;
  const [model, fitSeconds] = fastest(5, () => fitCopula(train, { target: TARGET }));
  yield within(AREA, 'copula on Adult, 26,048 x 15: fit, seconds (best of 5)', fitSeconds, 0, 0.3);
  const draw = (seed: string): Table => sampleCopula(model, { rows, seed });
  const [, sampleSeconds] = fastest(5, () => draw(SEEDS[0]!));
  yield within(AREA, 'copula on Adult: 26,048 rows sampled, seconds (best of 5)', sampleSeconds, 0, 0.15);
  const hashes = [1, 2, 7, 64].map((count) =>
    shardHash(rows, count, (offset, n) => sampleCopula(model, { rows: n, seed: 'shards', offset })),
  );
  yield {
    area: AREA,
    figure: 'copula on Adult: SHA-256 of the sample in 1, 2, 7 and 64 shards',
    value: hashes[0]!.slice(0, 16),
    bound: 'all equal',
    ok: new Set(hashes).size === 1,
  };
  const record = { education: 'Bachelors', 'capital-gain': 0 };
  const [, recordSeconds] = fastest(4, () =>
    sampleCopulaConditional(model, { given: record, rows: 10_000, seed: 'given' }),
  );
  yield within(AREA, 'copula on Adult: 10,000 rows given education and capital-gain, seconds', recordSeconds, 0, 1);
  const pairs = sliceRows(selectColumns(train, ['occupation', 'hours-per-week']), 0, 10_000);
  const [, tableSeconds] = fastest(4, () => sampleCopulaConditional(model, { given: pairs, seed: 'given' }));
  yield within(AREA, 'copula on Adult: 10,000 rows given a table of 2 columns, seconds', tableSeconds, 0, 1);
  const seeds = full ? SEEDS : SEEDS.slice(0, 1);
  yield within(AREA, `copula on Adult: q0, mean of ${seeds.length} seeds`, meanQ0(train, draw, seeds), 0.968, 1);
  const plain = fitCopula(train);
  const plainDraw = (seed: string): Table => sampleCopula(plain, { rows, seed });
  yield within(
    AREA,
    `copula without a target: q0, mean of ${seeds.length} seeds`,
    meanQ0(train, plainDraw, seeds),
    0.968,
    1,
  );
  if (!full) return;
  for (const [name, one, least] of [
    ['copula on Adult', draw, 0.88],
    ['copula without a target', plainDraw, 0.87],
  ] as const) {
    const score = scoreAdult(one, SEEDS);
    if (score === null) {
      yield { area: AREA, figure: `${name}: TSTR AUC and C2ST`, value: null, bound: `skipped: ${NO_SCORER}`, ok: true };
      return;
    }
    yield within(AREA, `${name}: TSTR AUC, mean of 5 seeds (real .930)`, score.tstr_auc, least, Infinity);
    yield within(AREA, `${name}: C2ST AUC, mean of 5 seeds (real .509)`, score.c2st_auc, 0, 0.93);
    yield within(AREA, `${name}: exact copies, mean of 5 seeds`, score.exact, 0, 0.005);
  }
};

/** A model of five numeric columns. */
function fiveColumns(): CopulaModel {
  const names = ['a', 'b', 'c', 'd'];
  const columns = names.map((name, k) =>
    numberColumn(
      name,
      Float64Array.from({ length: 5000 }, (_, i) => ((i * (2 * k + 7919)) % 5003) / 100),
    ),
  );
  const whole = integerColumn(
    'e',
    Float64Array.from({ length: 5000 }, (_, i) => (i * 31) % 40),
  );
  return fitCopula(createTable([...columns, whole]));
}
