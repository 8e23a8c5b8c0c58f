import { canonicalJson, sha256Hex } from '../../src/hash/index.ts';
import { createRng, normal, uniform, uniformInt } from '../../src/random/index.ts';
import {
  bottomKJaccard,
  bottomKSummary,
  coMomentsSummary,
  contingencySummary,
  distinctSummary,
  groupCountsSummary,
  histogramSummary,
  momentsSummary,
  multisetDigestSummary,
  quantileSummary,
  summarize,
  summarizeAll,
  topValuesSummary,
} from '../../src/summary/index.ts';
import {
  booleanColumn,
  categoryColumn,
  createTable,
  integerColumn,
  numberColumn,
  sliceRows,
  takeRows,
} from '../../src/table/index.ts';
import type { Table } from '../../src/types.ts';
import { type Evidence, within } from './types.ts';

const AREA = 'summary';

/** A made-up table of people. */
function people(rows: number): Table {
  const rng = createRng('summary/evidence');
  const sex: (string | null)[] = [];
  const hired: (boolean | null)[] = [];
  const income = new Float64Array(rows);
  const age = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const u = uniformInt(rng, 100);
    sex.push(u === 0 ? null : u % 2 === 0 ? 'f' : 'm');
    hired.push(u === 7 ? null : uniform(rng) < 0.3);
    income[i] = normal(rng) * 1e4 + 3e4;
    age[i] = 18 + uniformInt(rng, 60);
  }
  return createTable([
    categoryColumn('sex', sex),
    booleanColumn('hired', hired),
    numberColumn('income', income),
    integerColumn('age', age),
  ]);
}

function ids(from: number, to: number): Table {
  return createTable([
    integerColumn(
      'id',
      Float64Array.from({ length: to - from }, (_, i) => from + i),
    ),
  ]);
}

/** Partition independence at size, and the accuracy of the sketches over many independent sets. */
export const evidence: Evidence = async function* ({ full }) {
  const rows = full ? 1_000_000 : 100_000;
  const table = people(rows);
  const key = new Uint8Array(32).fill(1);
  const all = summarizeAll({
    moments: momentsSummary({ columns: ['income', 'age'] }),
    coMoments: coMomentsSummary({ columns: ['income', 'age'] }),
    groups: groupCountsSummary({ columns: ['sex', 'age'], prediction: { column: 'hired' } }),
    pairs: contingencySummary({ columns: ['sex', 'hired'] }),
    histogram: histogramSummary({ column: 'income', edges: [0, 1e4, 2e4, 3e4, 4e4, 5e4], by: ['sex'] }),
    quantiles: quantileSummary({ column: 'income' }),
    bottomK: bottomKSummary({ columns: ['income'], key }),
    distinct: distinctSummary({ columns: ['income', 'age'] }),
    top: topValuesSummary({ column: 'age', cap: 40 }),
    digest: multisetDigestSummary({ columns: ['sex', 'age'], key }),
  });
  const hashes = new Set<string>();
  for (const parts of [1, 2, 7, 64]) {
    const chunks = Array.from({ length: parts }, (_, p) =>
      sliceRows(table, Math.floor((rows * p) / parts), Math.floor((rows * (p + 1)) / parts)),
    );
    const states = chunks.map((chunk) => summarize(all, [chunk]));
    for (const state of [states.reduce(all.merge), [...states].reverse().reduce(all.merge)])
      hashes.add(sha256Hex(canonicalJson(all.encode(state))) + sha256Hex(canonicalJson(all.report(state))));
  }
  const reversed = takeRows(
    table,
    Int32Array.from({ length: rows }, (_, i) => rows - 1 - i),
  );
  const backwards = summarize(all, [reversed]);
  hashes.add(sha256Hex(canonicalJson(all.encode(backwards))) + sha256Hex(canonicalJson(all.report(backwards))));
  yield within(AREA, `distinct SHA-256 of ten summaries over 1, 2, 7, 64 partitions, ${rows} rows`, hashes.size, 1, 1);

  const { income } = { income: (table.columns[2] as { values: Float64Array }).values };
  const sorted = Float64Array.from(income).sort();
  const probabilities = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
  const quantiles = quantileSummary({ column: 'income', probabilities });
  let worst = 0;
  for (const { probability, value } of quantiles.report(summarize(quantiles, [table])).quantiles) {
    const exact = sorted[Math.floor(probability * (rows - 1))]!;
    worst = Math.max(worst, Math.abs(value! - exact) / Math.abs(exact));
  }
  yield within(AREA, 'largest relative error of 999 quantiles, promised 0.01', worst, 0, 0.01 + 1e-12);

  // HyperLogLog: error over independent sets, in units of its stated standard error.
  const sets = full ? 400 : 100;
  for (const size of [100, 5_000, 50_000]) {
    const counter = distinctSummary({ columns: ['id'], precision: 10 });
    let squares = 0;
    let total = 0;
    const repeats = size === 50_000 ? sets / 4 : sets;
    for (let s = 0; s < repeats; s++) {
      const report = counter.report(summarize(counter, [ids(s * 1e6, s * 1e6 + size)]));
      const error = (report.distinct / size - 1) / report.relativeError;
      squares += error * error;
      total += error;
    }
    yield within(
      AREA,
      `distinct count of ${size}: root mean square error in stated standard errors`,
      Math.sqrt(squares / repeats),
      0,
      1.3,
    );
    yield within(
      AREA,
      `distinct count of ${size}: bias in standard errors of the mean`,
      (total / repeats) * Math.sqrt(repeats),
      -4,
      4,
    );
  }

  // Coordinated samples: coverage of the 95 % interval of the Jaccard similarity.
  const draws = full ? 300 : 60;
  let covered = 0;
  for (let d = 0; d < draws; d++) {
    const sample = bottomKSummary({
      columns: ['id'],
      k: 128,
      key: new Uint8Array(32).fill(d % 256, 0, 16).fill(d >> 8, 16),
    });
    const a = sample.report(summarize(sample, [ids(0, 1500)]));
    const b = sample.report(summarize(sample, [ids(500, 2000)]));
    const { interval } = bottomKJaccard(a, b);
    if (interval!.lower <= 0.5 && interval!.upper >= 0.5) covered++;
  }
  yield within(AREA, 'coverage of the 95 % interval of the Jaccard similarity', covered / draws, 0.88, 1);
};
