import { type CartModel, fitCart, fitIndependent, sampleCart, sampleIndependent } from '../../src/generators/index.ts';
import { sha256Hex } from '../../src/hash/index.ts';
import { concatRows, parseCsv } from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { adultCsv, readAdult } from '../adult.ts';
import { meanQ0, NO_SCORER, scoreAdult } from '../score-adult.ts';
import { type Evidence, type Figure, within } from './types.ts';

const AREA = 'generators';
const SEEDS = ['seed 1', 'seed 2', 'seed 3', 'seed 4', 'seed 5'];

/** Measures what the generators promise on Adult; `--full` adds the scores of scikit-learn and a table of a million rows. */
export const evidence: Evidence = async function* ({ full, data }) {
  const csv = data('adult.csv');
  if (csv === null) {
    yield skipped('Adult', 'adult.csv is not on this machine');
    return;
  }
  const { train } = readAdult(csv);
  const rows = train.rowCount;
  const [model, fitSeconds] = fastest(3, () => fitCart(train));
  yield within(AREA, 'CART on Adult, 26,048 x 15: fit, seconds (best of 3)', fitSeconds, 0, 6);
  const [sample, sampleSeconds] = fastest(5, () => sampleCart(model, { rows, seed: SEEDS[0]! }));
  yield within(AREA, 'CART on Adult: 26,048 rows sampled, seconds (best of 5)', sampleSeconds, 0, 0.3);
  const q0 = meanQ0(train, (seed) => sampleCart(model, { rows, seed }), SEEDS);
  yield within(AREA, 'CART on Adult: q0, mean of 5 seeds', q0, 0.988, 1);
  for (const [name, draw] of [
    ['CART', (offset: number, n: number) => sampleCart(model, { rows: n, seed: 'shards', offset })],
    ['independent', independentDraw(train)],
  ] as const) {
    const hashes = [1, 2, 7, 64].map((count) => shardHash(draw, rows, count));
    yield {
      area: AREA,
      figure: `${name} on Adult: SHA-256 of the sample in 1, 2, 7 and 64 shards`,
      value: hashes[0]!.slice(0, 16),
      bound: 'all equal',
      ok: new Set(hashes).size === 1,
    };
  }
  yield within(AREA, 'CART on Adult: share of rows that equal a training row', exactShare(train, sample), 0, 0.005);
  yield within(AREA, 'CART on Adult: fewest training rows in a leaf', smallestLeaf(model), 20, Infinity);
  yield modelBits(model);
  const german = data('german_credit.csv');
  if (german !== null) {
    const table = parseCsv(german);
    const drawn = sampleCart(fitCart(table), { rows: 1000, seed: SEEDS[0]! });
    yield within(AREA, 'CART on German credit (1,000 rows): share of exact copies', exactShare(table, drawn), 0, 0.005);
  }
  if (!full) return;
  yield* scores(model, rows);
  yield* million(model);
};

/** TSTR, C2ST and copies of the written CSV, by scikit-learn, averaged over five seeds. */
function* scores(model: CartModel, rows: number): Generator<Figure> {
  const score = scoreAdult((seed) => sampleCart(model, { rows, seed }), SEEDS);
  if (score === null) {
    yield skipped('CART on Adult: TSTR AUC and C2ST', NO_SCORER);
    return;
  }
  yield within(AREA, 'CART on Adult: TSTR AUC, mean of 5 seeds (real .930)', score.tstr_auc, 0.912, Infinity);
  yield within(AREA, 'CART on Adult: C2ST AUC, mean of 5 seeds (real .509)', score.c2st_auc, 0, 0.56);
  yield within(AREA, 'CART on Adult: exact copies, mean of 5 seeds', score.exact, 0, 0.005);
}

/** A million rows: what CART costs there. */
function* million(model: CartModel): Generator<Figure> {
  const big = sampleCart(model, { rows: 1_000_000, seed: 'million' });
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const fitted = fitCart(big);
  yield within(AREA, 'CART on 1,000,000 x 15: fit, seconds', (performance.now() - start) / 1000, 0, 300);
  const memory = Math.max(0, process.memoryUsage().rss - before) / 1_048_576;
  yield within(AREA, 'CART on 1,000,000 x 15: growth of resident memory after the fit, MiB', memory, 0, 4096);
  const from = performance.now();
  sampleCart(fitted, { rows: 100_000, seed: 'million' });
  yield within(AREA, 'CART on 1,000,000 x 15: 100,000 rows sampled, seconds', (performance.now() - from) / 1000, 0, 5);
}

function independentDraw(train: Table): (offset: number, n: number) => Table {
  const model = fitIndependent(train);
  return (offset, n) => sampleIndependent(model, { rows: n, seed: 'shards', offset });
}

function shardHash(draw: (offset: number, n: number) => Table, rows: number, count: number): string {
  const parts: Table[] = [];
  for (let shard = 0; shard < count; shard++) {
    const start = Math.floor((rows * shard) / count);
    parts.push(draw(start, Math.floor((rows * (shard + 1)) / count) - start));
  }
  return sha256Hex(adultCsv(concatRows(parts)));
}

function exactShare(train: Table, drawn: Table): number {
  const known = new Set(adultCsv(train).split('\n').slice(1, -1));
  const lines = adultCsv(drawn).split('\n').slice(1, -1);
  return lines.filter((line) => known.has(line)).length / lines.length;
}

function smallestLeaf(model: CartModel): number {
  return Math.min(...model.report.trees.map((tree) => tree.smallestLeaf));
}

function modelBits(model: CartModel): Figure {
  const size = JSON.stringify(model).length;
  return within(AREA, 'CART on Adult: size of the model as JSON, MiB', size / 1_048_576, 0, 8);
}

function fastest<T>(runs: number, run: () => T): [T, number] {
  let best = Number.POSITIVE_INFINITY;
  let result = run();
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    result = run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return [result, best];
}

function skipped(figure: string, why: string): Figure {
  return { area: AREA, figure, value: null, bound: `skipped: ${why}`, ok: true };
}
