import { arfLogDensity, fitArf, sampleArf, sampleArfConditional } from '../../src/generators/forest/index.ts';
import { fitSmote, sampleSmote } from '../../src/generators/smote/index.ts';
import { sliceRows } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { readAdult } from '../adult.ts';
import { fastest, meanQ0, NO_SCORER, scoreAdult, shardHash } from '../score-adult.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'generators';
const SEEDS = ['seed 1', 'seed 2', 'seed 3', 'seed 4', 'seed 5'];

/** Measures what the adversarial random forest and SMOTE promise on Adult; `--full` adds the scores of scikit-learn. */
export const evidence: Evidence = async function* ({ full, data }) {
  const csv = data('adult.csv');
  if (csv === null) {
    yield skipped('ARF on Adult', 'adult.csv is not on this machine');
    return;
  }
  const { train, holdout } = readAdult(csv);
  const rows = train.rowCount;
  const [model, fitSeconds] = fastest(full ? 3 : 1, () => fitArf(train));
  yield within(AREA, 'ARF on Adult, 26,048 x 15: fit, seconds', fitSeconds, 0, 15);
  const draw = (seed: string): Table => sampleArf(model, { rows, seed });
  const [, sampleSeconds] = fastest(full ? 5 : 3, () => draw(SEEDS[0]!));
  yield within(AREA, 'ARF on Adult: 26,048 rows sampled, seconds', sampleSeconds, 0, 0.5);
  const shardRows = full ? rows : 2000;
  yield shards(`ARF on Adult: SHA-256 of ${shardRows} rows in 1, 2, 7 and 64 shards`, shardRows, (offset, n) =>
    sampleArf(model, { rows: n, seed: 'shards', offset }),
  );
  const seeds = full ? SEEDS : SEEDS.slice(0, 1);
  yield within(AREA, `ARF on Adult: q0, mean of ${seeds.length} seeds`, meanQ0(train, draw, seeds), 0.983, 1);
  const smallest = Math.min(...model.report.trees.map((tree) => tree.smallestLeaf));
  yield within(AREA, 'ARF on Adult: fewest training rows in a leaf', smallest, 5, Infinity);
  const given = { sex: 'Female', 'income-per-year': '>50K' } as const;
  const [, givenSeconds] = fastest(3, () => sampleArfConditional(model, { rows: 10_000, seed: 'given', given }));
  yield within(AREA, 'ARF on Adult: 10,000 rows given two columns, no rejection, seconds', givenSeconds, 0, 1);
  yield within(
    AREA,
    'ARF on Adult: log density of hold-out rows less that of independent ones, mean',
    gain(model, holdout),
    0.5,
    Infinity,
  );
  const options = { target: 'income-per-year', label: '>50K' };
  const rich = sliceRows(train, 0, full ? rows : 6000);
  const [smote, smoteSeconds] = fastest(1, () => fitSmote(rich, options));
  yield within(
    AREA,
    `SMOTE-NC on Adult: fit of ${smote.report.classRows} rows of a class, seconds`,
    smoteSeconds,
    0,
    15,
  );
  yield shards('SMOTE-NC on Adult: SHA-256 of 2,000 rows in 1, 2, 7 and 64 shards', 2000, (offset, n) =>
    sampleSmote(smote, { rows: n, seed: 'shards', offset }),
  );
  if (!full) return;
  yield* scores('leaf 5', draw, [0.915, 0.7, 0.01]);
  const wide = fitArf(train, { minLeaf: 20 });
  yield* scores('leaf 20', (seed) => sampleArf(wide, { rows, seed }), [0.9, 0.8, 0.001]);
};

/** How much likelier hold-out rows are under the forest than rows whose columns are shuffled apart. */
function gain(model: Parameters<typeof arfLogDensity>[0], holdout: Table): number {
  const one = sliceRows(holdout, 0, 2000);
  const apart = {
    rowCount: 2000,
    columns: holdout.columns.map((column, c) => sliceRows(holdout, 40 * c, 2000 + 40 * c).columns[c] ?? column),
  };
  return meanLog(model, one) - meanLog(model, apart);
}

function meanLog(model: Parameters<typeof arfLogDensity>[0], table: Table): number {
  const known = arfLogDensity(model, table).logDensity.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function shards(figure: string, rows: number, draw: (offset: number, n: number) => Table): Figure {
  const hashes = [1, 2, 7, 64].map((count) => shardHash(rows, count, draw));
  return { area: AREA, figure, value: hashes[0]!.slice(0, 16), bound: 'all equal', ok: new Set(hashes).size === 1 };
}

function* scores(
  name: string,
  draw: (seed: string) => Table,
  [tstr, c2st, exact]: readonly [number, number, number],
): Generator<Figure> {
  const score = scoreAdult(draw, SEEDS);
  if (score === null) {
    yield skipped(`ARF (${name}) on Adult: TSTR AUC and C2ST`, NO_SCORER);
    return;
  }
  yield within(AREA, `ARF (${name}) on Adult: TSTR AUC, mean of 5 seeds (real .930)`, score.tstr_auc, tstr, Infinity);
  yield within(AREA, `ARF (${name}) on Adult: C2ST AUC, mean of 5 seeds (real .509)`, score.c2st_auc, 0, c2st);
  yield within(AREA, `ARF (${name}) on Adult: exact copies, mean of 5 seeds`, score.exact, 0, exact);
}

function skipped(figure: string, why: string): Figure {
  return { area: AREA, figure, value: null, bound: `skipped: ${why}`, ok: true };
}
