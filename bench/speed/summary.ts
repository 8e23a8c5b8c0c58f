import {
  coMomentsSummary,
  distinctSummary,
  groupCountsSummary,
  histogramSummary,
  momentsSummary,
  quantileSummary,
  summarize,
} from '../../src/summary/index.ts';
import { createTable, integerColumn, numberColumn } from '../../src/table/index.ts';
import type { CategoryColumn, Table } from '../../src/types.ts';
import { type Bench, medianMs } from './types.ts';

const AREA = 'summary';
const ROWS = 10_000_000;
const RUNS = 3;

/** What is used of DuckDB's Node client. */
interface Duck {
  DuckDBInstance: {
    create(path: string): Promise<{
      connect(): Promise<{ run(sql: string): Promise<unknown>; closeSync?(): void }>;
      closeSync?(): void;
    }>;
  };
}

async function load<T>(name: string): Promise<T | null> {
  try {
    const path = name;
    return (await import(path)) as T;
  } catch {
    return null;
  }
}

/** A category column of made-up codes. */
function coded(name: string, labels: readonly string[], salt: number): CategoryColumn {
  const codes = new Int32Array(ROWS);
  for (let i = 0; i < ROWS; i++) codes[i] = (Math.imul(i ^ salt, 0x9e3779b1) >>> 7) % labels.length;
  return { kind: 'category', name, codes, labels };
}

/** The report of our summarizer as SQL: rows and the four cells of label by prediction for each group. */
const ANSWER = `select sex, race, count(*),
  count(*) filter (label = 'no' and decision = 'no'), count(*) filter (label = 'no' and decision = 'yes'),
  count(*) filter (label = 'yes' and decision = 'no'), count(*) filter (label = 'yes' and decision = 'yes')
  from rows group by sex, race order by sex, race`;

/** The least that DuckDB can be asked for: the cells, from which the caller makes the report. Its quickest form we found. */
const CELLS = 'select sex, race, label, decision, count(*) from rows group by all';

/** Milliseconds of DuckDB's GROUP BY over the same rows as ENUM columns in memory, or null when it is not installed. */
async function duckMs(threads: number, query: string): Promise<number | null> {
  const duck = await load<Duck>('@duckdb/node-api');
  if (duck === null) return null;
  const instance = await duck.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`set threads = ${threads}`);
  await connection.run(`create type sex as enum ('f', 'm', 'x')`);
  await connection.run(`create type race as enum ('a', 'b', 'c', 'd', 'e')`);
  await connection.run(`create type yes as enum ('no', 'yes')`);
  await connection.run(`create table rows as select
    (['f', 'm', 'x'])[(1 + hash(i) % 3)::bigint]::sex as sex,
    (['a', 'b', 'c', 'd', 'e'])[(1 + hash(i + 1) % 5)::bigint]::race as race,
    (['no', 'yes'])[(1 + hash(i + 2) % 2)::bigint]::yes as label,
    (['no', 'yes'])[(1 + hash(i + 3) % 2)::bigint]::yes as decision
    from range(${ROWS}) as t(i)`);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    await connection.run(query);
    if (run > 0) times.push(performance.now() - start);
  }
  connection.closeSync?.();
  instance.closeSync?.();
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}

/** What a program for just this case would do: 3 x 5 x 2 x 2 cells. */
function plainCounts(sex: Int32Array, race: Int32Array, outcomes: readonly Int32Array[]): Int32Array {
  const [label, decision] = outcomes as [Int32Array, Int32Array];
  const counts = new Int32Array(60);
  for (let i = 0; i < sex.length; i++) counts[((sex[i]! * 5 + race[i]!) * 2 + label[i]!) * 2 + decision[i]!]!++;
  return counts;
}

/** Group counts, sums and sketches beside the plain loop over the same arrays. */
export const bench: Bench = async function* () {
  const columns = [
    coded('sex', ['f', 'm', 'x'], 1),
    coded('race', ['a', 'b', 'c', 'd', 'e'], 77),
    coded('label', ['no', 'yes'], 991),
    coded('decision', ['no', 'yes'], 12345),
  ];
  const [sex, race, label, decision] = columns.map((column) => column.codes) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const people = createTable(columns);
  const groups = groupCountsSummary({
    columns: ['sex', 'race'],
    label: { column: 'label', positive: 'yes' },
    prediction: { column: 'decision', positive: 'yes' },
  });
  const counted = medianMs(() => summarize(groups, [people]), RUNS);
  // In turn, or the engine compiles the loop for these very arrays: a loop that nobody could call for others.
  let turn = 0;
  const loop = medianMs(() => plainCounts(sex, race, turn++ & 1 ? [label, decision] : [decision, label]), RUNS);
  const job = 'group counts, 10M coded rows x 4 columns';
  yield { area: AREA, job, ours: counted, peer: 'plain loop', theirs: loop, goal: 1.5 };
  for (const threads of [1, 2])
    for (const [query, name] of [
      [ANSWER, 'the same answer'],
      [CELLS, 'only the cells'],
    ] as const)
      yield {
        area: AREA,
        job,
        ours: counted,
        peer: `DuckDB, ENUM columns, ${name}, threads: ${threads}`,
        theirs: await duckMs(threads, query),
        goal: 0.5,
      };

  const values = new Float64Array(ROWS);
  for (let i = 0; i < ROWS; i++) values[i] = ((Math.imul(i + 1, 0x9e3779b1) >>> 0) - 1e9) / 1.7e5;
  const numbers = createTable([numberColumn('x', values)]);
  const naive = medianMs(() => {
    let sum = 0;
    for (let i = 0; i < ROWS; i++) sum += values[i]!;
    return sum;
  }, RUNS);
  const sums = momentsSummary({ columns: ['x'], order: 1 });
  yield {
    area: AREA,
    job: 'exact sum and extremes, 10M doubles',
    ours: medianMs(() => summarize(sums, [numbers]), RUNS),
    peer: 'naive sum',
    theirs: naive,
    goal: 8,
  };
  const small = createTable([numberColumn('x', values.subarray(0, ROWS / 10))]);
  const pair = createTable([
    numberColumn('x', values.subarray(0, ROWS / 10)),
    integerColumn('y', Float64Array.from(values.subarray(0, ROWS / 10), Math.round)),
  ]);
  const loopMs = (table: Table, make: (x: number) => number): number => {
    const { values: x } = table.columns[0] as { values: Float64Array };
    return medianMs(() => {
      let total = 0;
      for (let i = 0; i < x.length; i++) total += make(x[i]!);
      return total;
    }, RUNS);
  };
  const moments = momentsSummary({ columns: ['x'] });
  const squares = loopMs(small, (x) => x * x);
  yield {
    area: AREA,
    job: 'exact variance, 1M doubles',
    ours: medianMs(() => summarize(moments, [small]), RUNS),
    peer: 'naive sum of squares',
    theirs: squares,
  };
  const both = coMomentsSummary({ columns: ['x', 'y'] });
  yield {
    area: AREA,
    job: 'exact 2 x 2 co-moments, 1M rows',
    ours: medianMs(() => summarize(both, [pair]), RUNS),
    peer: 'naive sum of squares',
    theirs: squares,
  };
  const edges = Array.from({ length: 257 }, (_, k) => -6000 + 100 * k);
  const histogram = histogramSummary({ column: 'x', edges });
  yield {
    area: AREA,
    job: 'histogram on 256 bins, 1M doubles',
    ours: medianMs(() => summarize(histogram, [small]), RUNS),
    peer: 'equal-width division (cannot take free edges)',
    theirs: medianMs(() => {
      const counts = new Int32Array(257);
      for (let i = 0; i < ROWS / 10; i++) counts[Math.min(256, Math.max(0, Math.floor((values[i]! + 6000) / 100)))]!++;
      return counts;
    }, RUNS),
  };
  const quantiles = quantileSummary({ column: 'x' });
  yield {
    area: AREA,
    job: 'quantile sketch, 1M doubles',
    ours: medianMs(() => summarize(quantiles, [small]), RUNS),
    peer: 'sorting a copy',
    theirs: medianMs(() => Float64Array.from(values.subarray(0, ROWS / 10)).sort(), RUNS),
  };
  const distinct = distinctSummary({ columns: ['x'] });
  yield {
    area: AREA,
    job: 'distinct count, 1M doubles',
    ours: medianMs(() => summarize(distinct, [small]), RUNS),
    peer: 'Set',
    theirs: medianMs(() => new Set(values.subarray(0, ROWS / 10)).size, RUNS),
  };
};
