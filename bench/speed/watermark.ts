/** The table mark against the plain way of writing it, at 10 number columns. */
import { fromHex } from '../../src/hash/from-hex.ts';
import { hmacSha256 } from '../../src/hash/hmac-sha256.ts';
import { utf8 } from '../../src/hash/utf8.ts';
import { createRng } from '../../src/random/create-rng.ts';
import { normal } from '../../src/random/normal.ts';
import { createTable } from '../../src/table/create-table.ts';
import { numberColumn } from '../../src/table/number-column.ts';
import { sliceRows } from '../../src/table/slice-rows.ts';
import type { Table } from '../../src/types.ts';
import { detectTableMark } from '../../src/watermark/detect-table-mark.ts';
import { binOf } from '../../src/watermark/internal-bins.ts';
import { createLabelPrf } from '../../src/watermark/internal-prf.ts';
import { planTableMark } from '../../src/watermark/plan-table-mark.ts';
import { selectMarkedRows } from '../../src/watermark/select-marked-rows.ts';
import { type Bench, medianMs } from './types.ts';

const ROWS = 200_000;
const COLUMNS = 10;

/** The least that either job must do: the bin of every cell, by plain search. */
function binEveryCell(table: Table, edges: Float64Array): number {
  let sum = 0;
  for (const column of table.columns)
    if (column.kind === 'number') for (let i = 0; i < ROWS; i++) sum += binOf(column.values[i]!, edges);
  return sum;
}

export const bench: Bench = async function* () {
  const rng = createRng('bench/watermark');
  const latent = Float64Array.from({ length: ROWS }, () => normal(rng));
  const columns = Array.from({ length: COLUMNS }, (_, k) =>
    numberColumn(
      `c${k}`,
      latent.map((z) => Math.round(1000 * (0.05 * k * z + normal(rng))) / 1000),
    ),
  );
  const table = createTable(columns);
  const plan = planTableMark(sliceRows(table, 0, 4000), { tableId: 'bench', rows: ROWS / 2 });
  const key = fromHex('000102030405060708090a0b0c0d0e0f');
  const edges = Float64Array.from(plan.columns[0]!.edges!);

  const select = medianMs(() => selectMarkedRows(table, plan, { key, candidates: 2 }));
  // The goals are rates; as times of this many rows.
  yield {
    area: 'watermark',
    job: `select among ${ROWS} candidate rows x ${COLUMNS} columns`,
    ours: select,
    peer: '400,000 rows/s',
    theirs: ROWS / 400,
    goal: 1,
  };
  const detect = medianMs(() => detectTableMark(table, plan, { key }));
  yield {
    area: 'watermark',
    job: `detect in ${ROWS} rows x ${COLUMNS} columns`,
    ours: detect,
    peer: '500,000 rows/s',
    theirs: ROWS / 500,
    goal: 1,
  };
  const plain = medianMs(() => binEveryCell(table, edges));
  yield {
    area: 'watermark',
    job: `detect in ${ROWS} rows x ${COLUMNS} columns`,
    ours: detect,
    peer: 'plain loop: bins only',
    theirs: plain,
  };

  const labels = Array.from({ length: 20_000 }, (_, i) => `ctx|3|1|2|${i},${i % 7}|0`);
  const digest = new Uint8Array(32);
  const ours = medianMs(() => {
    const prf = createLabelPrf(key);
    for (const label of labels) prf.fillDigest(digest, label);
  });
  const theirs = medianMs(() => {
    for (const label of labels) hmacSha256(key, utf8(label));
  });
  yield { area: 'watermark', job: '20,000 keyed labels', ours, peer: 'noble hmac', theirs, goal: 0.7 };
};
